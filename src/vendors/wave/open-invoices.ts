import { gql } from 'graphql-request'
import { z } from 'zod'
import type { Candidate, Terms } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { atMost, fromMinor } from '../../lib/money'
import { askList, below } from './client'
import { Currency, Money } from './shapes'
import { PAGE_SIZE } from './walk'

const OPEN = gql`
  query OpenInvoices(
    $businessId: ID!, $page: Int!, $pageSize: Int!, $currency: CurrencyCode, $amountDue: Decimal, $invoiceNumber: String
  ) {
    business(id: $businessId) {
      invoices(
        page: $page, pageSize: $pageSize, currency: $currency, amountDue: $amountDue, invoiceNumber: $invoiceNumber,
        sort: [CREATED_AT_DESC]
      ) {
        edges { node { id status invoiceNumber invoiceDate currency { code exponent } amountDue { minorUnitValue } customer { name } } }
      }
    }
  }
`

const Node = z.lazy(() =>
  z.object({
    id: z.string(),
    status: z.string(),
    invoiceNumber: z.string(),
    invoiceDate: z.string(),
    currency: Currency,
    amountDue: Money,
    customer: z.object({ name: z.string() }),
  }),
)
const Rows = below(() => z.object({ invoices: z.object({ edges: z.array(z.object({ node: Node })) }) }))

type Dated = Extract<Terms, { kind: 'dated' }>

/** Numbers that are looked for in a payer's words, at most; shorter ones stand in too many invoices. */
const MOST_NUMBERS = 2
const NUMBER = /\d{3,}/g

/**
 * Open invoices that a payment could be for: those over exactly its amount, and where none of them has a number that its words hold,
 * those that have one. One read, else one more for each number; the newest of each.
 */
export const searchOpenInvoices = async (api: ReadApi, { number, total, currency }: Dated): Promise<Candidate[]> => {
  const numbers = [...new Set(number.match(NUMBER) ?? [])].slice(0, MOST_NUMBERS)
  const over = await listed(api, { currency, amountDue: total })
  if (over.some((one) => numbers.some((named) => one.number.includes(named)))) return over
  const found = new Map(over.map((one) => [one.id, one]))
  for (const invoiceNumber of numbers)
    for (const one of await listed(api, { currency, invoiceNumber })) found.set(one.id, one)
  return [...found.values()]
}

const listed = async (api: ReadApi, filter: Record<string, string>): Promise<Candidate[]> => {
  const { edges } = (await askList(api, OPEN, { page: 1, pageSize: PAGE_SIZE, ...filter }, Rows)).invoices
  return edges.flatMap(({ node }) => (isOpen(node) ? [candidateOf(node)] : []))
}

const isOpen = ({ status, amountDue }: z.infer<typeof Node>): boolean =>
  status !== 'DRAFT' && !atMost(amountDue.minorUnitValue, '0')

const candidateOf = ({
  id,
  invoiceNumber,
  invoiceDate,
  currency,
  amountDue,
  customer,
}: z.infer<typeof Node>): Candidate => ({
  id,
  number: invoiceNumber,
  terms: {
    kind: 'dated',
    number: invoiceNumber,
    date: invoiceDate,
    total: fromMinor(amountDue.minorUnitValue, currency.exponent),
    currency: currency.code,
    party: customer.name,
  },
})
