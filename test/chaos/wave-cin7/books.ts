import { z } from 'zod'
import type { Found } from '../scene'
import type { WaveCin7 } from './office'

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

const Party = z.object({ Name: z.string(), Currency: z.string(), Comments: z.string().nullish() })
type Party = z.infer<typeof Party>

const Payment = z.object({ SaleID: z.string(), Reference: z.string(), Amount: z.number() })
type Payment = z.infer<typeof Payment>

const Product = z.object({ SKU: z.string(), Name: z.string(), Type: z.string() })
type Product = z.infer<typeof Product>

const WaveInvoice = z.object({
  id: z.string(),
  number: z.string(),
  currency: z.string(),
  total: z.string(),
  payments: z.array(z.string()),
})
type WaveInvoice = z.infer<typeof WaveInvoice>
const WaveCustomer = z.object({ id: z.string(), name: z.string(), currency: z.string().nullable() })
type WaveCustomer = z.infer<typeof WaveCustomer>
const WavePayment = z.object({ id: z.string(), amount: z.string() })

const Dump = z.object({
  wave: z.object({
    invoices: z.array(WaveInvoice),
    customers: z.array(WaveCustomer),
    payments: z.array(WavePayment),
  }),
  cin7: z.object({
    customers: z.array(Party),
    suppliers: z.array(Party),
    products: z.array(Product),
    sales: z.array(Sale),
    payments: z.array(Payment),
  }),
})

export const booksOf = async ({ world }: WaveCin7) => {
  const { wave, cin7 } = Dump.parse(await world.dump())
  return {
    invoice: (id: string) => wave.invoices.find((invoice) => invoice.id === id),
    customer: (id: string) => wave.customers.find((customer) => customer.id === id),
    sales: cin7.sales.filter(({ Status }) => Status !== 'VOIDED'),
    customers: cin7.customers,
    suppliers: cin7.suppliers,
    products: cin7.products,
    payments: cin7.payments,
    /** Amounts that were paid on an invoice. */
    paid: (id: string) => {
      const own = wave.invoices.find((invoice) => invoice.id === id)?.payments ?? []
      return wave.payments.filter((payment) => own.includes(payment.id)).map(({ amount }) => amount)
    },
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

/** The Cin7 customers, or suppliers, of a Wave customer, by our mark or by its name. */
export const partyOf = (flow: string, parties: Party[], source: string, customer: WaveCustomer | undefined): Found => {
  if (!customer) return NONE
  const mark = `mlc:${flow}:${source}:`
  const own = parties.filter(({ Comments, Name }) => Comments?.includes(mark) || Name === customer.name)
  const [one] = own
  const posted = one?.Name === customer.name && one.Currency === (customer.currency ?? BASE)
  return {
    posted,
    extra: beyondOne(own),
    words: `${customer.name} ↔ ${own.map(partyWords).join(' + ') || 'nobody'}`,
  }
}

const partyWords = ({ Name, Currency }: Party): string => `${Name} in ${Currency}`

/** Parties that an invoice needed: no mark and no name may be there twice. */
export const strays = (parties: Party[]): number => {
  const marks = Map.groupBy(parties, ({ Comments }) => Comments ?? '')
  const names = Map.groupBy(parties, ({ Name }) => Name)
  return Math.max(...[marks, names].map((groups) => parties.length - groups.size))
}

/** The payments of the sale of an invoice: as many, over the same amounts. */
export const paymentsOf = (sales: Sale[], payments: Payment[], source: string, paid: string[]): Found => {
  const mark = `mlc:wave-cin7/invoice-to-sale:${source}:`
  const own = sales.filter(({ ExternalID }) => ExternalID?.startsWith(mark)).map(({ ID }) => ID)
  const amounts = payments.filter(({ SaleID }) => own.includes(SaleID)).map(({ Amount }) => cents(Amount))
  const wanted = paid.map(cents)
  const listed = (list: number[]) => list.toSorted((a, b) => a - b).join(' ')
  return {
    posted: listed(amounts) === listed(wanted),
    extra: Math.max(0, amounts.length - wanted.length),
    words: `payments ${listed(wanted)} ↔ ${listed(amounts) || 'none'}`,
  }
}

/** Its SKU is made of Wave's number; a name may be there more often. */
export const productOf = (products: Product[], number: string): Found => {
  const own = products.filter(({ SKU }) => SKU === `WAVE-${number}`)
  const posted = own.some(({ Type }) => Type === 'Service')
  return { posted, extra: beyondOne(own), words: `product ${number} ↔ ${own.map(({ Name }) => Name).join(' + ')}` }
}
