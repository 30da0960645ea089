import { deliver } from './deliver'
import { connected, type Firm, openFirm, receive } from './freshbooks'
import {
  BUSINESS,
  type Chart,
  chartOf,
  map,
  mapAll,
  type Row,
  type Switched,
  settings,
  usd,
} from './freshbooks-cin7-set-up'
import { CIN7_KEY, type RecordView } from './office'
import { settle } from './settle'
import { apiOf } from './tenant'
import type { TestWorld } from './world'

export { map, type Row, usd }

/** One business with FreshBooks and Cin7 connected and the pair switched on, all through the front door. */
export interface Shop extends Switched, Chart {
  world: TestWorld
  firm: Firm
}

export interface Opening {
  /** Of the FreshBooks business, beside what a shop has. */
  business?: Row
  cin7?: Row
  settings?: Row
  startDate?: string
  /** Also map what a plain document needs. */
  mapped?: boolean
}

export const FLOWS = {
  customer: 'freshbooks-cin7/client-to-customer',
  supplier: 'freshbooks-cin7/vendor-to-supplier',
  sale: 'freshbooks-cin7/invoice-to-sale',
  payment: 'freshbooks-cin7/payment-to-payment',
  purchase: 'freshbooks-cin7/bill-to-purchase',
  billPayment: 'freshbooks-cin7/bill-payment-to-payment',
  expense: 'freshbooks-cin7/expense-to-purchase',
  journal: 'freshbooks-cin7/journal-to-journal',
}
export type FlowKey = keyof typeof FLOWS

export const openShop = async (opening: Opening = {}): Promise<Shop> => {
  const firm = await openFirm([{ ...BUSINESS, ...opening.business }])
  const { admin, world } = firm
  const seat = await connected(firm)
  await world.seed({ cin7: { applicationKeys: [CIN7_KEY], accountId: crypto.randomUUID(), ...opening.cin7 } })
  const { tenant } = seat
  const cin7 = await connectCin7(firm, tenant)
  const { id: integration } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'freshbooks-cin7',
    sourceConnection: seat.connection,
    targetConnection: cin7,
    settings: settings(opening.settings),
    startDate: opening.startDate ?? '2020-01-01',
  })
  const shop: Shop = { admin, world, firm, tenant, integration, ...(await chartOf(world)) }
  if (opening.mapped ?? true) await mapAll(shop)
  await admin.call('POST', seat.path('/webhooks'))
  for (const handshake of await world.deliveries()) await receive(handshake)
  return shop
}

const connectCin7 = async ({ admin, world }: Firm, tenant: string): Promise<string> => {
  const { id } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, {
    vendor: 'cin7',
    environment: 'sandbox',
    name: 'cin7',
    settings: { baseUrl: world.baseUrl('cin7') },
  })
  const { accountId } = (await world.dump<{ cin7: { accountId: string } }>()).cin7
  const credentials = { accountId, applicationKey: CIN7_KEY }
  await admin.call('PUT', `/v1/tenants/${tenant}/connections/${id}/credentials`, credentials)
  return id
}

/** What a person does in FreshBooks. */
export const act = <T = { id: number }>({ world }: Shop, action: string, input: Row): Promise<T> =>
  world.act<T>('freshbooks', action, input)

/** Hands over what FreshBooks has sent, and lets everything run that is due. */
export const tell = async (shop: Shop): Promise<number> => {
  const requests = await shop.world.deliveries()
  for (const request of requests) {
    const status = await deliver(request, 'freshbooks-cin7')
    if (status !== 200) throw new Error(`a webhook was answered ${status}`)
  }
  await settle(shop.tenant)
  return requests.length
}

/** FreshBooks' webhooks get lost. */
export const lose = async ({ world }: Shop): Promise<void> => {
  await world.deliveries()
}

/** Done in FreshBooks, told by webhook, carried. */
export const done = async <T = { id: number }>(shop: Shop, action: string, input: Row): Promise<T> => {
  const answered = await act<T>(shop, action, input)
  await tell(shop)
  return answered
}

/** Polls through the tenant's door, as the consumer does. */
export const poll = async (shop: Shop, flow: FlowKey, kind: 'poll' | 'sweep' = 'poll'): Promise<void> => {
  const job = { kind, integration: shop.integration, flow: FLOWS[flow], actor: { by: 'poll' } } as const
  await apiOf(shop.tenant).accept([{ ...job, correlation: `x_${crypto.randomUUID()}` }])
  await settle(shop.tenant)
}

export const recordsOf = async ({ admin, tenant }: Shop, flow: FlowKey): Promise<RecordView[]> =>
  (await admin.call<{ items: RecordView[] }>('GET', `/v1/tenants/${tenant}/records?flow=${FLOWS[flow]}`)).items

export const recordOf = async (shop: Shop, flow: FlowKey): Promise<RecordView> => {
  const [record, ...more] = await recordsOf(shop, flow)
  if (!record || more.length > 0) throw new Error(`${more.length + (record ? 1 : 0)} records`)
  return record
}

export const replay = async (shop: Shop, { id }: RecordView, how: Row = {}): Promise<void> => {
  await shop.admin.call('POST', `/v1/tenants/${shop.tenant}/records/${id}/replay`, how)
  await settle(shop.tenant)
}

export const writesTo = async ({ world }: Shop, vendor: 'cin7' | 'freshbooks') =>
  (await world.calls(vendor)).filter(({ method }) => method !== 'GET')

/** Calls since they were forgotten, e.g. `POST /sale`. */
export const callsTo = async ({ world }: Shop, vendor: 'cin7' | 'freshbooks'): Promise<string[]> =>
  (await world.calls(vendor)).map(({ method, path }) => `${method} ${path.replace(/^.*?(\/v2|\/account\/\w+)/, '')}`)

interface DocumentRow {
  SKU?: string
  Description?: string
  Comment: string
  Quantity: number
  Price: number
  Tax: number
  Total: number
  TaxRule: string
  Account: string
}

interface Document {
  TaskID: string
  InvoiceNumber: string
  Status: string
  InvoiceDate: string
  Lines: DocumentRow[]
  AdditionalCharges: DocumentRow[]
  Total: number
}

interface Paid {
  ID: string
  Amount: number
  Account: string
  DatePaid: string
  Reference: string
  CurrencyRate: number
}

/** What stands in Cin7. */
export interface Books {
  customers: { ID: string; Name: string; Currency: string }[]
  suppliers: { ID: string; Name: string; Currency: string }[]
  sales: {
    ID: string
    CustomerID: string
    CustomerReference: string
    ExternalID: string
    Status: string
    CombinedPaymentStatus: string
    CurrencyRate: number
    Invoices: Document[]
  }[]
  payments: Paid[]
  purchases: {
    ID: string
    SupplierID: string
    Status: string
    Type: string
    Note: string
    Invoice: (Document & { CurrencyRate: number })[]
  }[]
  purchasePayments: Paid[]
  journals: {
    TaskID: string
    JournalNumber: string
    Status: string
    Currency: string
    EffectiveDate: string
    Narration: string
    Notes: string
    Lines: { Debit: string; Credit: string; Amount: number }[]
  }[]
  moneyTasks: {
    TaskID: string
    TaskType: string
    Status: string
    BankAccount: string
    Reference: string
    Date: string
    Lines: { AccountCode: string; Total: number; Tax: number; TaxRuleName: string }[]
  }[]
}

export const booksOf = async ({ world }: Shop): Promise<Books> => (await world.dump<{ cin7: Books }>()).cin7

export const LOAVES: Row = { name: 'Loaf', description: 'Rye', qty: '3', unit_cost: usd('4.00') }
export const CONSULTING: Row = {
  name: 'Consulting',
  description: 'March',
  qty: '2',
  unit_cost: usd('40.00'),
  taxName1: 'HST',
  taxAmount1: '13',
}

/** A draft over 102.40: loaves without tax, consulting with 13 %. */
export const anInvoice = (over: Row = {}): Row => ({
  client: 'Harbour Lane',
  create_date: '2026-03-02',
  due_offset_days: 30,
  currency_code: 'USD',
  lines: [LOAVES, CONSULTING],
  ...over,
})

/** Made, sent, told, carried. */
export const invoiced = async (shop: Shop, over: Row = {}): Promise<number> => {
  const { id } = await act(shop, 'create-invoice', anInvoice(over))
  await done(shop, 'send-invoice', { invoice: id })
  return id
}
