import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { Target, TargetApi } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { sha256 } from '../../lib/bytes'
import { canonical } from '../../lib/json'
import { add, type Decimal } from '../../lib/money'
import { notThere } from './absence'
import { get } from './client'
import { readAll } from './lists'
import { figuresOf, operationPage } from './money-books'
import { LIST, LIST_KEY, ListRow, nameIn, Operation, sums } from './money-shapes'
import { cut, dateOf, number, sameWord, text } from './shapes'
import { stampedLine, stampIn } from './stamp'
import { isStatus } from './task-conflict'
import { taskTarget } from './task-target'
import { compare } from './totals'

/** Money that was spent from, or received on, a bank account, in its currency; decimals as text, at most two. */
export const MoneyDraft = z.lazy(() =>
  z.object({
    kind: z.enum(['Spend Money', 'Receive Money']),
    /** Code of a bank account. */
    bank: z.string(),
    currency: z.string(),
    /** Base currency per unit of it; the base currency itself has none in Cin7's chart. */
    rate: z.string(),
    isBase: z.boolean(),
    date: z.string(),
    /** '' = nobody. */
    supplierId: z.string(),
    /** For people; our stamp is put behind it. */
    reference: z.string(),
    note: z.string(),
    lines: z.array(
      z.object({
        name: z.string(),
        comment: z.string(),
        /** Before tax. */
        amount: z.string(),
        tax: z.string(),
        taxRule: z.string(),
        account: z.string(),
      }),
    ),
  }),
)
export type MoneyDraft = z.infer<typeof MoneyDraft>

const readOperation = (api: ReadApi, id: string): Promise<Operation | null> =>
  notThere(() => api.read(get('/moneyOperation', { TaskID: id }), Operation))

/** Spend money and receive money. Our marker stands at the end of `Reference`, cut short, where `Search` looks (sheet section 12). */
export const moneyOperations: Target<MoneyDraft> = taskTarget({
  type: 'money-operation',
  label: 'money operation',
  path: '/moneyOperation',
  draft: MoneyDraft,
  answer: Operation,

  async body({ kind, bank, rate, date, supplierId, reference, note, lines }, marker) {
    return {
      TaskType: kind,
      BankAccount: bank,
      CurrencyConversionRate: number(rate),
      ...(supplierId !== '' && { SupplierID: supplierId }),
      Reference: stampedLine(reference, await stampOf(marker)),
      Date: dateOf(date),
      TaxInclusive: false,
      Note: note,
      Lines: lines.map(({ name, comment, amount, tax, taxRule, account }) => ({
        Name: cut(name, 256),
        Comment: cut(comment, 256),
        Quantity: 1,
        Price: number(amount),
        Discount: 0,
        Tax: number(tax),
        TaxRuleName: taxRule,
        AccountCode: account,
        Total: number(amount),
      })),
    }
  },

  read: readOperation,

  async ours(api) {
    const stamp = await stampOf(api.marker)
    const rows = await readAll(api, LIST, LIST_KEY, ListRow, { Search: stamp })
    const marked = rows.filter((row) => !isStatus(row, 'VOIDED') && stampIn(row.Reference) === stamp)
    const read = await Promise.all(marked.map(({ TaskID }) => readOperation(api, TaskID)))
    return read.flatMap((operation) => operation ?? [])
  },

  refuse: refuseOtherCurrency,

  differences(operation, { lines, currency }) {
    const [shown, wanted] = [sums(operation), { net: sum(lines, 'amount'), tax: sum(lines, 'tax') }]
    return [
      ...compare('money operation before tax', wanted.net, shown.net, currency),
      ...compare('money operation tax', wanted.tax, shown.tax, currency),
    ]
  },

  number: ({ Reference, TaskID }) => nameIn(Reference) || TaskID,
  date: ({ Date: date }) => date.slice(0, 10),
  shown: ({ TaskType, BankAccount, CurrencyConversionRate, SupplierID, Date: date, Lines }) => [
    TaskType.toLowerCase(),
    BankAccount,
    CurrencyConversionRate ?? '',
    SupplierID.toLowerCase(),
    date.slice(0, 10),
    (Lines ?? []).map(canonical).sort(),
  ],
  facts: ({ currency }) => ({ currency }),
  figures: figuresOf,
  list: operationPage,
})

const stampOf = async (marker: string): Promise<string> => (await sha256(marker)).slice(0, 12)

const sum = <K extends string>(rows: Record<K, Decimal>[], key: K): Decimal => add('0', ...rows.map((row) => row[key]))

const Account = z.object({ Code: z.string(), Currency: text })

/** The currency is that of the bank account and cannot be chosen: the wrong account would book other money. */
async function refuseOtherCurrency(api: TargetApi, { bank, currency, isBase }: MoneyDraft): Promise<void> {
  const rows = await readAll(api, '/ref/account', 'AccountsList', Account, { Code: bank })
  const shown = rows.find(({ Code }) => Code === bank)?.Currency ?? ''
  if (shown === '' ? isBase : sameWord(shown, currency)) return
  throw rejected(
    'cin7_bank_currency',
    `the Cin7 account ${bank} is in ${shown || 'the base currency'}, the source document in ${currency}`,
    `Choose a Cin7 bank account in ${currency} for it in the settings or the mapping, then replay.`,
  )
}
