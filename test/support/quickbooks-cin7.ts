import { expect } from 'vitest'
import type { Admin } from './admin'
import { deliver } from './deliver'
import { CIN7_KEY, type RecordView } from './office'
import { type Client, connect, openClient } from './quickbooks'
import { ACCOUNTS, CIN7, line, REALM, SETTINGS } from './quickbooks-cin7-firm'
import { settle } from './settle'
import { apiOf } from './tenant'
import { passTime } from './time'
import type { TestWorld } from './world'

export { line }

export const FLOWS = {
  supplier: 'quickbooks-cin7/supplier-to-vendor',
  bill: 'quickbooks-cin7/purchase-to-bill',
  credit: 'quickbooks-cin7/credit-note-to-vendor-credit',
  order: 'quickbooks-cin7/purchase-to-order',
  back: 'quickbooks-cin7/order-to-purchase',
}
export type FlowName = keyof typeof FLOWS

/** One business with Cin7 and QuickBooks connected and the pair switched on, all through the front door. */
export interface Shop {
  admin: Admin
  world: TestWorld
  tenant: string
  integration: string
  realm: string
  connections: { cin7: string; quickbooks: string }
}

export interface Opening {
  realm?: Record<string, unknown>
  /** Beside those of every shop. */
  accounts?: object[]
  cin7?: Record<string, unknown>
  settings?: Record<string, unknown>
  startDate?: string
  mapped?: boolean
}

export const openShop = async (opening: Opening = {}): Promise<Shop> => {
  const accounts = [...ACCOUNTS, ...(opening.accounts ?? [])]
  const client = await openClient({ ...REALM, accounts, ...opening.realm })
  await connect(client)
  const { admin, world, tenant } = client
  const cin7 = await connectCin7(client, opening.cin7 ?? {})
  const { id: integration } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'quickbooks-cin7',
    sourceConnection: cin7,
    targetConnection: client.connection,
    settings: { ...SETTINGS, ...opening.settings },
    startDate: opening.startDate ?? '2020-01-01',
  })
  const connections = { cin7, quickbooks: client.connection }
  const shop = { admin, world, tenant, integration, realm: client.realm, connections }
  if (opening.mapped ?? true) await mapAll(shop)
  await world.forgetCalls()
  return shop
}

const connectCin7 = async ({ admin, world, tenant }: Client, seed: object): Promise<string> => {
  const accountId = crypto.randomUUID()
  await world.seed({
    cin7: {
      applicationKeys: [CIN7_KEY],
      accountId,
      ...CIN7,
      ...seed,
    },
  })
  const base = `/v1/tenants/${tenant}/connections`
  const { id } = await admin.call<{ id: string }>('POST', base, {
    vendor: 'cin7',
    environment: 'sandbox',
    name: 'Cin7',
    settings: { baseUrl: world.baseUrl('cin7') },
  })
  await admin.call('PUT', `${base}/${id}/credentials`, { accountId, applicationKey: CIN7_KEY })
  return id
}

export const map = ({ admin, tenant, integration }: Shop, kind: string, entries: Record<string, string>) =>
  admin.call('PUT', `/v1/tenants/${tenant}/integrations/${integration}/mappings/${kind}`, {
    entries: Object.entries(entries).map(([code, target]) => ({ code, target })),
  })

const mapAll = (shop: Shop) => map(shop, 'account', { 630: '81', 400: '7' })

const poll = async (shop: Shop, name: FlowName): Promise<void> => {
  const flow = FLOWS[name]
  const correlation = `x_${crypto.randomUUID()}`
  await apiOf(shop.tenant).accept([
    { kind: 'poll', integration: shop.integration, flow, actor: { by: 'poll' }, correlation },
  ])
}

/** Both systems are polled, and everything runs that is due. */
export const polled = async (shop: Shop, ...names: FlowName[]): Promise<void> => {
  const order: FlowName[] = ['supplier', 'bill', 'credit', 'order', 'back']
  for (const name of names.length > 0 ? names : order) await poll(shop, name)
  await settle(shop.tenant)
}

/** Some time later: stamps of both vendors move, and what is within the overlap of a poll is left behind. */
export const later = (ms = 10 * 60_000): Promise<void> => passTime(ms)

/** Intuit's and Cin7's webhooks that are on their way arrive. */
export const arrive = async (shop: Shop): Promise<number[]> => {
  const statuses: number[] = []
  for (const request of await shop.world.deliveries()) statuses.push(await deliver(request, 'quickbooks-cin7'))
  await settle(shop.tenant)
  return statuses
}

export const recordsOf = async ({ admin, tenant }: Shop, name: FlowName, query = ''): Promise<RecordView[]> =>
  (await admin.call<{ items: RecordView[] }>('GET', `/v1/tenants/${tenant}/records?flow=${FLOWS[name]}&${query}`)).items

export const theRecord = async (shop: Shop, name: FlowName): Promise<RecordView> => {
  const all = await recordsOf(shop, name)
  expect(all, name).toHaveLength(1)
  return all[0] as RecordView
}

export const replay = async (shop: Shop, { id }: RecordView, how: object = {}): Promise<void> => {
  await shop.admin.call('POST', `/v1/tenants/${shop.tenant}/records/${id}/replay`, how)
  await settle(shop.tenant)
}

/** Calls that change something there. */
export const writesTo = async ({ world }: Shop, vendor: 'cin7' | 'quickbooks'): Promise<string[]> =>
  (await world.calls(vendor))
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`)

export interface Line {
  Id: string
  Amount: number
  Description: string
  LinkedTxn?: { TxnId: string; TxnLineId: string }[]
  AccountBasedExpenseLineDetail?: { AccountRef: { value: string }; ClassRef?: { value: string } }
  ItemBasedExpenseLineDetail?: { ItemRef: { value: string }; Qty: number; UnitPrice: number }
}
export interface Txn {
  Id: string
  SyncToken: string
  DocNumber: string
  TxnDate: string
  DueDate: string
  PrivateNote: string
  TotalAmt: number
  Balance: number
  POStatus?: string
  CurrencyRef: { value: string }
  ExchangeRate?: number
  VendorRef: { value: string }
  DepartmentRef?: { value: string }
  LinkedTxn?: { TxnId: string; TxnType: string }[]
  Line: Line[]
}
export interface Vendor {
  Id: string
  DisplayName: string
  Active: boolean
  CurrencyRef: { value: string }
}
export interface Company {
  Vendor: Vendor[]
  Bill: Txn[]
  VendorCredit: Txn[]
  PurchaseOrder: Txn[]
}

/** What stands in QuickBooks. */
export const companyOf = async ({ world, realm }: Shop): Promise<Company> => {
  const { quickbooks } = await world.dump<{ quickbooks: { realms: ({ realmId: string } & Company)[] } }>()
  const found = quickbooks.realms.find(({ realmId }) => realmId === realm)
  if (!found) throw new Error('no such company')
  return found
}

/** What a person does in QuickBooks' screens. */
export const inQuickbooks = (shop: Shop, action: string, input: object): Promise<unknown> =>
  shop.world.act('quickbooks', action, { realmId: shop.realm, ...input })

export interface PurchaseView {
  ID: string
  OrderNumber: string
  Status: string
  Order: { Status: string; Lines: { SKU: string; Quantity: number; Price: number; Total: number }[]; Total: number }
  Invoice: { TaskID: string; Status: string; InvoiceNumber: string }[]
}

/** What a person does with a purchase in Cin7's screens. */
export const inCin7 = (shop: Shop, action: string, input: object): Promise<PurchaseView> =>
  shop.world.act<PurchaseView>('cin7', action, input)

/** As far as `upTo`: an order, or an invoice. */
export const buy = (shop: Shop, over: Record<string, unknown> = {}): Promise<PurchaseView> =>
  inCin7(shop, 'create-purchase', {
    supplier: 'Bayside',
    type: 'Advanced',
    upTo: 'invoice',
    date: '2026-11-02',
    dueDate: '2026-12-02',
    invoiceNumber: 'INV-88121',
    lines: [line('WIDGET', 10, 2.5, 5)],
    ...over,
  })
