import { gql } from 'graphql-request'
import { z } from 'zod'
import type { Listed, Source } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { fromMinor } from '../../lib/money'
import { askBusiness, askList, below } from './client'
import { Currency, decimal, Money, Named } from './shapes'
import { PAGE_SIZE, pageOf, step } from './walk'

const text = z.string().nullable()

const Item = z.lazy(() =>
  z.object({
    id: z.string(),
    description: text,
    quantity: decimal,
    unitPrice: decimal,
    product: Named,
    /** Income account. */
    account: Named,
    /** Before tax. */
    subtotal: Money,
    /** With tax. */
    total: Money,
    taxes: z.array(
      z.object({
        amount: Money.nullable(),
        salesTax: z.object({ id: z.string(), name: z.string(), abbreviation: z.string() }),
      }),
    ),
  }),
)
export type InvoiceItem = z.infer<typeof Item>

const Payment = z.lazy(() =>
  z.object({
    id: z.string(),
    /** Decimal text in major units of the invoice's currency, unlike all other amounts. */
    amount: text,
    paymentDate: text,
    paymentMethod: text,
    /** Currency of the account per unit of the invoice's. */
    exchangeRate: decimal,
    memo: text,
    /** Null where Wave does not say; false = it never became a payment. */
    active: z.boolean().nullish(),
    /** Where the money went. */
    account: z.object({
      id: z.string(),
      name: z.string().nullish(),
      currency: z.object({ code: z.string() }).nullish(),
    }),
    modifiedAt: z.string(),
  }),
)
export type InvoicePayment = z.infer<typeof Payment>

/** A Wave invoice as it was read. Money in minor units of `currency`; `exchangeRate` = business currency per invoice currency. */
export const Invoice = z.lazy(() =>
  z.object({
    id: z.string(),
    status: z.string(),
    invoiceNumber: z.string(),
    invoiceDate: z.string(),
    dueDate: z.string(),
    poNumber: text,
    memo: text,
    createdAt: z.string(),
    modifiedAt: z.string(),
    exchangeRate: decimal,
    currency: Currency,
    customer: Named,
    subtotal: Money,
    taxTotal: Money,
    discountTotal: Money,
    total: Money,
    amountDue: Money,
    amountPaid: Money,
    items: z.array(Item).nullable(),
    payments: z.array(Payment.nullable()).nullable(),
  }),
)
export type Invoice = z.infer<typeof Invoice>

/** `viewUrl` and `pdfUrl` are never asked: they hold a token (sheet section 9). */
const ONE = gql`
  query Invoice($businessId: ID!, $id: ID!) {
    business(id: $businessId) {
      invoice(id: $id) {
        id status invoiceNumber invoiceDate dueDate poNumber memo createdAt modifiedAt exchangeRate
        currency { code exponent }
        customer { id name }
        subtotal { minorUnitValue } taxTotal { minorUnitValue } discountTotal { minorUnitValue } total { minorUnitValue }
        amountDue { minorUnitValue } amountPaid { minorUnitValue }
        items {
          id description quantity unitPrice
          product { id name } account { id name }
          subtotal { minorUnitValue } total { minorUnitValue }
          taxes { amount { minorUnitValue } salesTax { id name abbreviation } }
        }
        payments {
          id amount paymentDate paymentMethod exchangeRate memo active modifiedAt
          account { id name currency { code } }
        }
      }
    }
  }
`

const LIST = gql`
  query Invoices($businessId: ID!, $page: Int!, $pageSize: Int!, $after: DateTime, $sort: [InvoiceSort!]!) {
    business(id: $businessId) {
      invoices(page: $page, pageSize: $pageSize, modifiedAtAfter: $after, sort: $sort) {
        pageInfo { totalPages }
        edges {
          node {
            id modifiedAt invoiceNumber invoiceDate status amountDue { minorUnitValue } amountPaid { minorUnitValue }
            total { minorUnitValue } currency { code exponent } customer { name }
          }
        }
      }
    }
  }
`

const OneInvoice = below(() => z.object({ invoice: Invoice.nullable() }))
const Rows = below(() =>
  z.object({
    invoices: z.object({
      pageInfo: z.object({ totalPages: z.number().nullable() }),
      edges: z.array(
        z.object({
          node: z.object({
            id: z.string(),
            modifiedAt: z.string(),
            invoiceNumber: z.string(),
            invoiceDate: z.string(),
            status: z.string(),
            amountDue: Money,
            amountPaid: Money,
            total: Money,
            currency: Currency,
            customer: z.object({ name: z.string() }),
          }),
        }),
      ),
    }),
  }),
)

/** A payment may leave the stamp as it is (not verified): the amounts show it. */
const rowOf = ({ status, amountDue, amountPaid }: Pick<Invoice, 'status' | 'amountDue' | 'amountPaid'>): string =>
  `${status} ${amountPaid.minorUnitValue} ${amountDue.minorUnitValue}`

/** Invoices of one business, drafts too. Payments come with the single read only (sheet section 5). */
export const invoices: Source<Invoice> = {
  vendor: 'wave',
  type: 'invoice',
  record: Invoice,
  async read(api, id) {
    const business = await askBusiness(api, ONE, { id }, OneInvoice)
    return business?.invoice ?? null
  },
  changes: (api, cursor, since) =>
    step(cursor, since, ({ after, page }) => listed(api, { after, page, sort: ['MODIFIED_AT_ASC'] })),
  all: (api, cursor) => pageOf(cursor, (page) => listed(api, { after: null, page, sort: ['CREATED_AT_ASC'] })),
  version: ({ modifiedAt }) => modifiedAt,
  number: ({ invoiceNumber }) => invoiceNumber,
  date: ({ invoiceDate }) => invoiceDate,
  row: rowOf,
}

const listed = async (
  api: ReadApi,
  asked: { after: string | null; page: number; sort: string[] },
): Promise<{ rows: Listed[]; totalPages: number | null }> => {
  const { pageInfo, edges } = (await askList(api, LIST, { ...asked, pageSize: PAGE_SIZE }, Rows)).invoices
  const rows = edges.map(
    ({ node }): Listed => ({
      change: { type: 'invoice', id: node.id, event: 'listed' },
      version: node.modifiedAt,
      date: node.invoiceDate,
      number: node.invoiceNumber,
      row: rowOf(node),
      terms: {
        kind: 'dated',
        number: node.invoiceNumber,
        date: node.invoiceDate,
        total: fromMinor(node.total.minorUnitValue, node.currency.exponent),
        currency: node.currency.code,
        party: node.customer.name,
      },
    }),
  )
  return { rows, totalPages: pageInfo.totalPages }
}
