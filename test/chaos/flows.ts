import type { Scene } from './scene'
import type { Named } from './wave-cin7'
import { CIN7, customerForm, invoiceForm, openWaveCin7, WAVE } from './wave-cin7'
import { booksOf, customerOf, saleOf, strayCustomers } from './wave-cin7-books'

const invoiceToSale: Scene = {
  flow: 'wave-cin7/invoice-to-sale',
  review: false,
  source: WAVE,
  target: CIN7,
  async open(stage, name) {
    const office = await openWaveCin7(stage, name)
    const bare = new Map<string, string>()
    return {
      office,
      async make(random) {
        const form = invoiceForm(random, office.business)
        const { bareId, graphId } = await office.world.act<Named>('wave', 'create-invoice', form)
        bare.set(graphId, bareId)
        await office.world.act('wave', 'approve-invoice', { id: bareId })
        return graphId
      },
      tell: (source) => office.world.act('wave', 'emit', { event: 'invoice.viewed', invoice: bare.get(source) }),
      async look() {
        const { sales, customers, invoice } = await booksOf(office)
        return {
          of: (source) => saleOf(sales, source, invoice(bare.get(source) ?? '')),
          strays: strayCustomers(customers),
        }
      },
    }
  },
}

const customerToCustomer: Scene = {
  flow: 'wave-cin7/customer-to-customer',
  review: false,
  source: WAVE,
  target: CIN7,
  async open(stage, name) {
    const office = await openWaveCin7(stage, name)
    const bare = new Map<string, string>()
    return {
      office,
      async make(random) {
        const form = customerForm(random, bare.size + 1)
        const { bareId, graphId } = await office.world.act<Named>('wave', 'create-customer', form)
        bare.set(graphId, bareId)
        return graphId
      },
      tell(source) {
        const data = { customer_id: bare.get(source) }
        return office.world.act('wave', 'emit', { event: 'customer.created', data })
      },
      async look() {
        const { customers, customer } = await booksOf(office)
        return { of: (source) => customerOf(customers, source, customer(bare.get(source) ?? '')), strays: 0 }
      },
    }
  },
}

/** The rows of the matrix. A new pair adds its flows here. */
export const flows: Scene[] = [customerToCustomer, invoiceToSale]
