import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { notThere } from './absence'
import { read } from './client'
import { decimal, Ref, text } from './shapes'

const Link = z.object({ TxnId: text, TxnType: text, TxnLineId: text })
export type Link = z.infer<typeof Link>

/** What may be linked to other transactions: a whole one, or a line. */
export const Linked = z.lazy(() => z.object({ LinkedTxn: z.array(Link).nullish() }))

const Detail = z.object({
  AccountRef: Ref.nullish(),
  ItemRef: Ref.nullish(),
  Qty: decimal.nullish(),
  UnitPrice: decimal.nullish(),
  ClassRef: Ref.nullish(),
  TaxCodeRef: Ref.nullish(),
})

const Line = z.lazy(() =>
  z.object({
    Id: text,
    Description: text,
    Amount: decimal.nullish(),
    DetailType: text,
    LinkedTxn: z.array(Link).nullish(),
    AccountBasedExpenseLineDetail: Detail.nullish(),
    ItemBasedExpenseLineDetail: Detail.nullish(),
  }),
)
export type TxnLine = z.infer<typeof Line>

/** A bill, purchase order or vendor credit as far as we look at it. `Balance` = what is open; orders have none. */
export const Txn = z.lazy(() =>
  z.object({
    Id: z.string().min(1),
    SyncToken: z.string(),
    DocNumber: text,
    TxnDate: text,
    DueDate: text,
    PrivateNote: text,
    TotalAmt: decimal,
    Balance: decimal.nullish(),
    CurrencyRef: Ref.nullish(),
    ExchangeRate: decimal.nullish(),
    VendorRef: Ref,
    APAccountRef: Ref.nullish(),
    DepartmentRef: Ref.nullish(),
    TxnTaxDetail: z.object({ TotalTax: decimal.nullish() }).nullish(),
    POStatus: text,
    LinkedTxn: z.array(Link).nullish(),
    Line: z.array(Line).nullish(),
    MetaData: z.object({ LastUpdatedTime: z.string() }),
  }),
)
export type Txn = z.infer<typeof Txn>

/** What tells the three apart. */
export interface TxnKind {
  entity: 'Bill' | 'PurchaseOrder' | 'VendorCredit'
  /** Kind of record, and the middle part of codes. */
  type: 'bill' | 'purchase-order' | 'vendor-credit'
  /** For people. */
  words: string
}

export const BILL: TxnKind = { entity: 'Bill', type: 'bill', words: 'bill' }
export const ORDER: TxnKind = { entity: 'PurchaseOrder', type: 'purchase-order', words: 'purchase order' }
export const CREDIT: TxnKind = { entity: 'VendorCredit', type: 'vendor-credit', words: 'vendor credit' }

/** The last part of a path. */
export const pathOf = ({ entity }: TxnKind): string => entity.toLowerCase()

/** Stable codes: `quickbooks_bill_paid`. */
export const codeOf = ({ type }: TxnKind, what: string): string => `quickbooks_${type.replace('-', '_')}_${what}`

/** Answers nest the object under its name; what a step answered is kept without the name and parsed again. */
export const answerOf = ({ entity }: TxnKind) =>
  z.preprocess(
    (answer) => {
      const { [entity]: txn, txn: kept } = Object(answer)
      return { txn: txn ?? kept }
    },
    z.object({ txn: Txn }),
  )

/** As it is, with all that we do not know of: an update repeats the whole (sheet 6). */
export interface Known {
  raw: Record<string, unknown>
  txn: Txn
}

const Raw = z.record(z.string(), z.unknown())

export const knownFrom = (value: unknown): Known => ({ raw: Raw.parse(value), txn: Txn.parse(value) })

/** Null where QuickBooks has no such transaction. */
export const readTxn = (api: ReadApi, kind: TxnKind, id: string): Promise<Known | null> =>
  notThere(async () => {
    const shape = z.object({
      [kind.entity]: Raw.refine((value) => Txn.safeParse(value).success, 'not as the sheet says'),
    })
    return knownFrom((await api.read(read(api, pathOf(kind), id), shape))[kind.entity])
  })

export const linesOf = ({ Line }: Txn): TxnLine[] => Line ?? []

/** Purchase orders that a bill, or a line of it, is linked to. */
export const orderLinks = ({ LinkedTxn }: z.infer<typeof Linked>): Link[] =>
  (LinkedTxn ?? []).filter(({ TxnType }) => TxnType === 'PurchaseOrder')

export const nameOf = (kind: TxnKind, { DocNumber, Id }: Pick<Txn, 'DocNumber' | 'Id'>): string =>
  `${kind.words} ${DocNumber || Id}`
