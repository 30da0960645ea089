import { z } from 'zod'
import type { Found } from './scene'
import type { WaveCin7 } from './wave-cin7'

const Invoice = z.object({ Status: z.string(), Total: z.number() })

const Sale = z.object({
  ID: z.string(),
  ExternalID: z.string().nullable(),
  CustomerReference: z.string(),
  CustomerCurrency: z.string(),
  Status: z.string(),
  Order: z.object({ Status: z.string() }),
  Invoices: z.array(Invoice),
})
type Sale = z.infer<typeof Sale>

const Customer = z.object({ Name: z.string(), Currency: z.string(), Comments: z.string().nullish() })
type Customer = z.infer<typeof Customer>

const WaveInvoice = z.object({ id: z.string(), number: z.string(), currency: z.string(), total: z.string() })
type WaveInvoice = z.infer<typeof WaveInvoice>
const WaveCustomer = z.object({ id: z.string(), name: z.string(), currency: z.string().nullable() })
type WaveCustomer = z.infer<typeof WaveCustomer>

const Dump = z.object({
  wave: z.object({ invoices: z.array(WaveInvoice), customers: z.array(WaveCustomer) }),
  cin7: z.object({ customers: z.array(Customer), sales: z.array(Sale) }),
})

export const booksOf = async ({ world }: WaveCin7) => {
  const { wave, cin7 } = Dump.parse(await world.dump())
  return {
    invoice: (id: string) => wave.invoices.find((invoice) => invoice.id === id),
    customer: (id: string) => wave.customers.find((customer) => customer.id === id),
    sales: cin7.sales.filter(({ Status }) => Status !== 'VOIDED'),
    customers: cin7.customers,
  }
}

const NONE: Found = { posted: false, extra: 0, words: 'the source has no such record' }

const isLive = ({ Status }: { Status: string }): boolean => !['VOIDED', 'NOT AVAILABLE'].includes(Status)

const beyondOne = (list: unknown[]): number => Math.max(0, list.length - 1)

const cents = (amount: string | number): number => Math.round(Number(amount) * 100)

/** The sales of an invoice, by our mark or by its number. */
export const saleOf = (sales: Sale[], source: string, invoice: WaveInvoice | undefined): Found => {
  if (!invoice) return NONE
  const mark = `mlc:wave-cin7/invoice-to-sale:${source}:`
  const own = sales.filter(
    ({ ExternalID, CustomerReference }) => ExternalID?.startsWith(mark) || CustomerReference === invoice.number,
  )
  const [sale] = own
  const [booked] = (sale?.Invoices ?? []).filter(isLive)
  const posted =
    sale?.Order.Status === 'AUTHORISED' &&
    sale.CustomerCurrency === invoice.currency &&
    booked?.Status === 'AUTHORISED' &&
    cents(booked.Total) === cents(invoice.total)
  const extra = beyondOne(own) + own.reduce((sum, { Invoices }) => sum + beyondOne(Invoices.filter(isLive)), 0)
  return {
    posted,
    extra,
    words: `${invoice.currency} ${invoice.total} ↔ ${own.map(saleWords).join(' + ') || 'no sale'}`,
  }
}

const saleWords = ({ ID, Status, Order, Invoices, CustomerCurrency }: Sale): string =>
  `sale ${ID} ${Status}, order ${Order.Status}, ${CustomerCurrency} ${Invoices.map((one) => `${one.Status} ${one.Total}`).join(', ')}`

const BASE = 'USD'

/** The Cin7 customers of a Wave customer, by our mark or by its name. */
export const customerOf = (customers: Customer[], source: string, customer: WaveCustomer | undefined): Found => {
  if (!customer) return NONE
  const mark = `mlc:wave-cin7/customer-to-customer:${source}:`
  const own = customers.filter(({ Comments, Name }) => Comments?.includes(mark) || Name === customer.name)
  const [one] = own
  const posted = one?.Name === customer.name && one.Currency === (customer.currency ?? BASE)
  return {
    posted,
    extra: beyondOne(own),
    words: `${customer.name} ↔ ${own.map(customerWords).join(' + ') || 'nobody'}`,
  }
}

const customerWords = ({ Name, Currency }: Customer): string => `${Name} in ${Currency}`

/** Customers that an invoice needed: no mark and no name may be there twice. */
export const strayCustomers = (customers: Customer[]): number => {
  const marks = Map.groupBy(customers, ({ Comments }) => Comments ?? '')
  const names = Map.groupBy(customers, ({ Name }) => Name)
  return Math.max(...[marks, names].map((groups) => customers.length - groups.size))
}
