import { order } from '../office'
import type { Random } from '../random'
import type { Found, Scene } from '../scene'
import { CIN7, QUICKBOOKS } from '../sides'
import { again, until } from '../waiting'
import { type Books, billsOf, booksOf, carriedBack, creditsOf, orderOf, rowsOf, strays, vendorOf } from './books'
import { buy, credit, newSupplier, openQuickbooksCin7, type QuickbooksCin7 } from './office'

/** What is different from flow to flow of those that Cin7's records go through. */
interface Telling {
  flow: string
  jobs: number
  make(office: QuickbooksCin7, random: Random, number: number): Promise<string>
  tell(office: QuickbooksCin7, source: string): Promise<unknown>
  look(books: Books, source: string): Found
}

const fromCin7 = ({ flow, jobs, ...telling }: Telling): Scene => ({
  flow,
  review: false,
  jobs,
  source: CIN7,
  target: QUICKBOOKS,
  async open(stage, name) {
    const office = await openQuickbooksCin7(stage, name)
    let made = 0
    return {
      office,
      make(random) {
        made += 1
        return telling.make(office, random, made)
      },
      async tell(source) {
        await telling.tell(office, source)
      },
      async look() {
        const books = await booksOf(office)
        return { of: (source) => telling.look(books, source), strays: strays(books) }
      },
    }
  },
})

const tellOfPurchase = ({ world }: QuickbooksCin7, purchase: string) =>
  world.act('cin7', 'edit-purchase', { purchase, changes: {} })

/** A purchase is told to all three flows that read it. */
const ofPurchase = (name: string, telling: Pick<Telling, 'make' | 'look'>): Scene =>
  fromCin7({ flow: `quickbooks-cin7/${name}`, jobs: 3, tell: tellOfPurchase, ...telling })

const supplierToVendor = fromCin7({
  flow: 'quickbooks-cin7/supplier-to-vendor',
  jobs: 1,
  make: newSupplier,
  tell: ({ world }, id) => world.act('cin7', 'edit-supplier', { id, changes: {} }),
  look: vendorOf,
})

const purchaseToBill = ofPurchase('purchase-to-bill', {
  make: (office, random, number) => buy(office, random, number, 'invoice'),
  look: billsOf,
})

const creditNoteToVendorCredit = ofPurchase('credit-note-to-vendor-credit', {
  async make(office, random, number) {
    const purchase = await buy(office, random, number, 'invoice')
    await credit(office, random, number, purchase)
    return purchase
  },
  look: creditsOf,
})

const purchaseToOrder = ofPurchase('purchase-to-order', {
  make: (office, random, number) => buy(office, random, number, 'order'),
  look: orderOf,
})

const CARRIED_LIMIT_MS = 120_000

/** Orders that stand on both sides before anything goes wrong. Answers QuickBooks' ids. */
const carriedOrders = async (office: QuickbooksCin7, random: Random, records: number): Promise<string[]> => {
  for (let n = 1; n <= records; n += 1) await buy(office, random, n, 'order')
  await again(() => order(office, 'poll'))
  const found = async () => (await booksOf(office)).company.PurchaseOrder.map(({ Id }) => Id)
  const done = await until(async () => (await found()).length === records, CARRIED_LIMIT_MS)
  if (!done) throw new Error('the orders were not carried')
  return found()
}

/** What people change in QuickBooks: the price of the first line. */
const reprice = async ({ world, realm }: QuickbooksCin7, books: Books, id: string, price: number): Promise<number> => {
  const txn = books.company.PurchaseOrder.find(({ Id }) => Id === id)
  const purchase = books.purchases.find(({ OrderNumber }) => OrderNumber === txn?.DocNumber)
  const [first, ...rest] = txn?.Line ?? []
  const amount = price * (purchase ? (rowsOf(purchase.Order)[0]?.Quantity ?? 0) : 0)
  const changes = { Line: [{ ...first, Amount: amount / 100 }, ...rest] }
  await world.act('quickbooks', 'edit', { realmId: realm, entity: 'PurchaseOrder', id, changes })
  return amount
}

const orderToPurchase: Scene = {
  flow: 'quickbooks-cin7/order-to-purchase',
  review: false,
  jobs: 1,
  source: QUICKBOOKS,
  target: CIN7,
  async open(stage, name, { random, records }) {
    const office = await openQuickbooksCin7(stage, name)
    const left = await carriedOrders(office, random, records)
    const wanted = new Map<string, number>()
    return {
      office,
      async make(random) {
        const id = left.shift() ?? ''
        wanted.set(id, await reprice(office, await booksOf(office), id, random.between(100, 99_999)))
        return id
      },
      async tell(id) {
        await office.world.act('quickbooks', 'emit', { realmId: office.realm, entity: 'PurchaseOrder', id })
      },
      async look() {
        const books = await booksOf(office)
        return { of: (source) => carriedBack(books, source, wanted.get(source) ?? 0), strays: strays(books) }
      },
    }
  },
}

export const quickbooksCin7: Scene[] = [
  supplierToVendor,
  purchaseToBill,
  creditNoteToVendorCredit,
  purchaseToOrder,
  orderToPurchase,
]
