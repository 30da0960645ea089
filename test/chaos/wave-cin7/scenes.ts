import type { Random } from '../random'
import type { Found, Look, Scene } from '../scene'
import { CIN7, WAVE } from '../sides'
import { booksOf, partyOf, paymentsOf, productOf, saleOf, strays } from './books'
import { customerForm, invoiceForm, invoiceOf, type Named, openWaveCin7, paymentForms, type WaveCin7 } from './office'

type Books = Awaited<ReturnType<typeof booksOf>>

/** What is different from flow to flow. */
interface Telling {
  flow: string
  settings?: object
  /** Answers the source's id as the connector has it, and Wave's own of what Wave tells of. */
  make(office: WaveCin7, random: Random, number: number): Promise<{ source: string; bare: string }>
  tell(office: WaveCin7, bare: string): Promise<void>
  look(books: Books, source: string, bare: string): Found
  strays?(books: Books): number
}

const scene = ({ flow, settings, ...telling }: Telling): Scene => ({
  flow,
  review: false,
  // An invoice is told to invoice-to-sale and payment-to-payment, a customer to both flows of customers.
  jobs: 2,
  source: WAVE,
  target: CIN7,
  async open(stage, name) {
    const office = await openWaveCin7(stage, name, settings)
    const bare = new Map<string, string>()
    const bareOf = (source: string) => bare.get(source) ?? ''
    return {
      office,
      async make(random) {
        const made = await telling.make(office, random, bare.size + 1)
        bare.set(made.source, made.bare)
        return made.source
      },
      tell: (source) => telling.tell(office, bareOf(source)),
      async look(): Promise<Look> {
        const books = await booksOf(office)
        return {
          of: (source) => telling.look(books, source, bareOf(source)),
          strays: telling.strays?.(books) ?? 0,
        }
      },
    }
  },
})

const tellOfInvoice = ({ world }: WaveCin7, bare: string): Promise<void> =>
  world.act('wave', 'emit', { event: 'invoice.viewed', invoice: bare })

const approved = async ({ world }: WaveCin7, form: object): Promise<{ source: string; bare: string }> => {
  const { bareId, graphId } = await world.act<Named>('wave', 'create-invoice', form)
  await world.act('wave', 'approve-invoice', { id: bareId })
  return { source: graphId, bare: bareId }
}

const party = (flow: string, role: 'customer' | 'supplier', list: 'customers' | 'suppliers') =>
  scene({
    flow,
    settings: { role, suppliers: { accountPayable: '800', taxRule: 'Tax on Purchases' } },
    async make({ world }, random, number) {
      const { bareId, graphId } = await world.act<Named>('wave', 'create-customer', customerForm(random, number))
      return { source: graphId, bare: bareId }
    },
    tell: ({ world }, bare) => world.act('wave', 'emit', { event: 'customer.created', data: { customer_id: bare } }),
    look: (books, source, bare) => partyOf(flow, books[list], source, books.customer(bare)),
  })

const invoiceToSale = scene({
  flow: 'wave-cin7/invoice-to-sale',
  make: (office, random) => approved(office, invoiceForm(random, office.business)),
  tell: tellOfInvoice,
  look: (books, source, bare) => saleOf(books.sales, source, books.invoice(bare)),
  strays: ({ customers }) => strays(customers),
})

/** Each product with an invoice that needs it: Wave tells of no products. */
const productToProduct = scene({
  flow: 'wave-cin7/product-to-product',
  settings: { lines: 'stock' },
  async make(office, random, number) {
    const { bareId, graphId } = await office.world.act<Named>('wave', 'create-product', { name: `Product ${number}` })
    const { bare } = await approved(office, invoiceOf(office.business, bareId, random.between(1, 9)))
    return { source: graphId, bare: `${bareId} ${bare}` }
  },
  tell: (office, bare) => tellOfInvoice(office, bare.split(' ')[1] ?? ''),
  look: ({ products }, _source, bare) => productOf(products, bare.split(' ')[0] ?? ''),
  strays: ({ customers }) => strays(customers),
})

const paymentToPayment = scene({
  flow: 'wave-cin7/payment-to-payment',
  async make(office, random) {
    const product = office.business.products[0]?.bareId ?? ''
    const made = await approved(office, invoiceOf(office.business, product, 8))
    for (const form of paymentForms(random)) await office.world.act('wave', 'pay-invoice', { id: made.bare, ...form })
    return made
  },
  tell: tellOfInvoice,
  look: ({ sales, payments, paid }, source, bare) => paymentsOf(sales, payments, source, paid(bare)),
  strays: ({ customers }) => strays(customers),
})

export const waveCin7: Scene[] = [
  party('wave-cin7/customer-to-customer', 'customer', 'customers'),
  party('wave-cin7/customer-to-supplier', 'supplier', 'suppliers'),
  productToProduct,
  invoiceToSale,
  paymentToPayment,
]
