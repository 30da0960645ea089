import { enteredBill, enteredOrder } from '../../support/acumatica-cin7-firm'
import type { Office } from '../office'
import type { Random } from '../random'
import type { Found, Look, Scene } from '../scene'
import { ACUMATICA, CIN7 } from '../sides'
import {
  adjustmentOf,
  type Books,
  billOf,
  billPurchaseOf,
  booksOf,
  orderOf,
  orderPurchaseOf,
  pairOf,
  strays,
} from './books'
import { creditForm, openAcumaticaCin7, partyName, purchaseForm, VENDORS } from './office'

/** What is different from flow to flow. */
interface Telling {
  flow: string
  from: 'cin7' | 'acumatica'
  jobs: number
  /** Documents of Acumatica go back. */
  back?: boolean
  /** Answers the source's id as the connector has it. */
  make(office: Office, random: Random, number: number): Promise<string>
  /** An edit that is no change for the flow: the vendor tells of the record again. */
  tell(office: Office, source: string, count: number): Promise<unknown>
  look(books: Books, source: string, number: number): Found
}

const scene = ({ flow, from, jobs, back = false, ...telling }: Telling): Scene => ({
  flow: `acumatica-cin7/${flow}`,
  review: false,
  jobs,
  source: from === 'cin7' ? CIN7 : ACUMATICA,
  target: from === 'cin7' ? ACUMATICA : CIN7,
  async open(stage, name) {
    const office = await openAcumaticaCin7(stage, name, back)
    const numbers = new Map<string, number>()
    let told = 0
    return {
      office,
      async make(random) {
        const source = await telling.make(office, random, numbers.size + 1)
        numbers.set(source, numbers.size + 1)
        return source
      },
      async tell(source) {
        told += 1
        await telling.tell(office, source, told)
      },
      async look(): Promise<Look> {
        const books = await booksOf(office)
        return { of: (source) => telling.look(books, source, numbers.get(source) ?? 0), strays: strays(books) }
      },
    }
  },
})

interface Named {
  ID: string
  id: string
}

const inCin7 = async ({ world }: Office, action: string, input: object): Promise<string> =>
  (await world.act<Named>('cin7', action, input)).ID

const inAcumatica = async ({ world }: Office, entity: string, fields: object): Promise<string> =>
  (await world.act<Named>('acumatica', 'create', { entity, fields })).id

const editIn = (entity: string, field: string) => (office: Office, key: string, count: number) =>
  office.world.act('acumatica', 'edit', { entity, key, changes: { [field]: `seen ${count}` } })

const tellOfPurchase = (office: Office, purchase: string, count: number) =>
  inCin7(office, 'edit-purchase', { purchase, changes: { Phone: `555-${count}` } })

const supplierToVendor = scene({
  flow: 'supplier-to-vendor',
  from: 'cin7',
  jobs: 1,
  make: (office, random, number) =>
    inCin7(office, 'create-supplier', {
      fields: {
        Name: partyName(random, number),
        Currency: 'USD',
        PaymentTerm: '30 days',
        AccountPayable: '800',
        TaxRule: 'Tax Exempt',
        Contacts: [{ Name: 'Ada', Email: `ap-${number}@supplier.example`, Default: true }],
      },
    }),
  tell: (office, id, count) => inCin7(office, 'edit-supplier', { id, changes: { Comments: `seen ${count}` } }),
  look: (books, source) => pairOf(books, books.suppliers.find(({ ID }) => ID === source)?.Name ?? ''),
})

const vendorToSupplier = scene({
  flow: 'vendor-to-supplier',
  from: 'acumatica',
  jobs: 1,
  make: (office, random, number) =>
    inAcumatica(office, 'Vendor', {
      VendorID: `V${number}`,
      VendorName: partyName(random, number),
      MainContact: { Email: `ap-${number}@vendor.example` },
    }),
  tell: editIn('Vendor', 'LegalName'),
  look: (books, source) => pairOf(books, books.Vendor.find(({ id }) => id === source)?.VendorName ?? ''),
})

const purchaseToOrder = scene({
  flow: 'purchase-to-order',
  from: 'cin7',
  jobs: 3,
  make: (office, random, number) => inCin7(office, 'create-purchase', purchaseForm(random, number, 'order')),
  tell: tellOfPurchase,
  look: orderOf,
})

const purchaseToBill = scene({
  flow: 'purchase-to-bill',
  from: 'cin7',
  jobs: 3,
  make: (office, random, number) => inCin7(office, 'create-purchase', purchaseForm(random, number, 'invoice')),
  tell: tellOfPurchase,
  look: billOf,
})

const creditNoteToAdjustment = scene({
  flow: 'credit-note-to-adjustment',
  from: 'cin7',
  jobs: 3,
  async make(office, random, number) {
    const purchase = await inCin7(office, 'create-purchase', purchaseForm(random, number, 'invoice'))
    await inCin7(office, 'credit-purchase', { purchase, ...creditForm(random, number) })
    return purchase
  },
  tell: tellOfPurchase,
  look: adjustmentOf,
})

const orderToPurchase = scene({
  flow: 'order-to-purchase',
  from: 'acumatica',
  jobs: 1,
  back: true,
  make: (office, random, number) =>
    inAcumatica(
      office,
      'PurchaseOrder',
      enteredOrder(random.pick(VENDORS), `Q-${number}`, '2026-03-02', String(random.between(1, 40))),
    ),
  tell: editIn('PurchaseOrder', 'Description'),
  look: orderPurchaseOf,
})

const billToPurchase = scene({
  flow: 'bill-to-purchase',
  from: 'acumatica',
  jobs: 1,
  back: true,
  make: (office, random, number) =>
    inAcumatica(
      office,
      'Bill',
      enteredBill(random.pick(VENDORS), `N-${number}`, '2026-03-02', (random.between(100, 99_999) / 100).toFixed(2)),
    ),
  tell: editIn('Bill', 'Description'),
  look: billPurchaseOf,
})

export const acumaticaCin7: Scene[] = [
  supplierToVendor,
  vendorToSupplier,
  purchaseToOrder,
  purchaseToBill,
  creditNoteToAdjustment,
  orderToPurchase,
  billToPurchase,
]
