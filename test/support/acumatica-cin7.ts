import { expect } from 'vitest'
import { type Instance, idOf, newConnection, openInstance } from './acumatica'
import { ACUMATICA_APP, ACUMATICA_USER, BOOKS, CIN7_SEED, line, SETTINGS } from './acumatica-cin7-firm'
import type { Admin } from './admin'
import { CIN7_KEY, type RecordView } from './office'
import { settle } from './settle'
import { apiOf } from './tenant'
import { passTime } from './time'
import type { TestWorld } from './world'

export { BACK, enteredBill, enteredOrder, line } from './acumatica-cin7-firm'

export const FLOWS = {
  supplier: 'acumatica-cin7/supplier-to-vendor',
  vendor: 'acumatica-cin7/vendor-to-supplier',
  order: 'acumatica-cin7/purchase-to-order',
  bill: 'acumatica-cin7/purchase-to-bill',
  credit: 'acumatica-cin7/credit-note-to-adjustment',
  orderBack: 'acumatica-cin7/order-to-purchase',
  billBack: 'acumatica-cin7/bill-to-purchase',
}
export type FlowName = keyof typeof FLOWS

/** One business with Cin7 and Acumatica connected and the pair switched on, all through the front door. */
export interface Firm {
  admin: Admin
  world: TestWorld
  tenant: string
  integration: string
  connections: { cin7: string; acumatica: string }
}

export interface Opening {
  /** Of Acumatica's tenant. */
  books?: Record<string, unknown>
  cin7?: Record<string, unknown>
  settings?: Record<string, unknown>
  connection?: Record<string, unknown>
  flows?: Record<string, unknown>
  mapped?: boolean
  paused?: boolean
  startDate?: string
}

export const openFirm = async (opening: Opening = {}): Promise<Firm> => {
  const instance = await openInstance({ ...BOOKS, ...opening.books })
  const { admin, world, tenant } = instance
  const acumatica = await connectAcumatica(instance, opening.connection ?? {})
  const cin7 = await connectCin7(instance, opening.cin7 ?? {})
  const { id: integration } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'acumatica-cin7',
    sourceConnection: cin7,
    targetConnection: acumatica,
    settings: { ...SETTINGS, ...opening.settings },
    ...(opening.flows && { flows: opening.flows }),
    startDate: opening.startDate ?? '2020-01-01',
  })
  const firm = { admin, world, tenant, integration, connections: { cin7, acumatica } }
  if (opening.paused) await admin.call('POST', pathOf(firm, '/pause'))
  if (opening.mapped ?? true) await map(firm, 'account', { 630: '12100', 400: '61000' })
  await world.forgetCalls()
  return firm
}

const connectAcumatica = async (instance: Instance, settings: object): Promise<string> => {
  const path = await newConnection(instance, settings)
  await instance.admin.call('PUT', `${path}/credentials`, { kind: 'password', ...ACUMATICA_APP, ...ACUMATICA_USER })
  return idOf(path)
}

const connectCin7 = async ({ admin, world, tenant }: Instance, seed: object): Promise<string> => {
  const accountId = crypto.randomUUID()
  await world.seed({
    cin7: {
      applicationKeys: [CIN7_KEY],
      accountId,
      ...CIN7_SEED,
      ...seed,
    },
  })
  const base = `/v1/tenants/${tenant}/connections`
  const given = { vendor: 'cin7', environment: 'sandbox', name: 'Cin7', settings: { baseUrl: world.baseUrl('cin7') } }
  const { id } = await admin.call<{ id: string }>('POST', base, given)
  await admin.call('PUT', `${base}/${id}/credentials`, { accountId, applicationKey: CIN7_KEY })
  return id
}

export const pathOf = ({ tenant, integration }: Firm, rest = ''): string =>
  `/v1/tenants/${tenant}/integrations/${integration}${rest}`

export const map = (firm: Firm, kind: string, entries: Record<string, string>) =>
  firm.admin.call('PUT', pathOf(firm, `/mappings/${kind}`), {
    entries: Object.entries(entries).map(([code, target]) => ({ code, target })),
  })

/** Both systems are polled, and everything runs that is due. */
export const polled = async (firm: Firm, ...names: FlowName[]): Promise<void> => {
  const order: FlowName[] = ['supplier', 'vendor', 'order', 'bill', 'credit', 'orderBack', 'billBack']
  for (const name of names.length > 0 ? names : order) {
    const poll = { kind: 'poll', integration: firm.integration, flow: FLOWS[name], actor: { by: 'poll' } } as const
    await apiOf(firm.tenant).accept([{ ...poll, correlation: `x_${crypto.randomUUID()}` }])
  }
  await settle(firm.tenant, 5_000)
}

/** Some time later: stamps of both vendors move, and what is within the overlap of a poll is left behind. */
export const later = (ms = 15 * 60_000): Promise<void> => passTime(ms)

export const recordsOf = async ({ admin, tenant }: Firm, name: FlowName): Promise<RecordView[]> =>
  (await admin.call<{ items: RecordView[] }>('GET', `/v1/tenants/${tenant}/records?flow=${FLOWS[name]}`)).items

export const recordsPage = async ({ admin, tenant }: Firm, query: string): Promise<RecordView[]> =>
  (await admin.call<{ items: RecordView[] }>('GET', `/v1/tenants/${tenant}/records?${query}`)).items

export const theRecord = async (firm: Firm, name: FlowName): Promise<RecordView> => {
  const all = await recordsOf(firm, name)
  expect(all, name).toHaveLength(1)
  return all[0] as RecordView
}

export const replay = async (firm: Firm, { id }: RecordView, how: object = {}): Promise<void> => {
  await firm.admin.call('POST', `/v1/tenants/${firm.tenant}/records/${id}/replay`, how)
  await settle(firm.tenant)
}

/** Calls that change something there. */
export const writesTo = async ({ world }: Firm, vendor: 'cin7' | 'acumatica'): Promise<string[]> =>
  (await world.calls(vendor))
    .filter(({ method, path }) => method !== 'GET' && !path.includes('/identity/'))
    .map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)

interface PaperLine {
  Account: string
  InventoryID: string | null
  TransactionDescription?: string
  LineDescription?: string
  Amount?: string
  ExtendedCost: string
  Qty?: string
  OrderQty?: string
  WarehouseID?: string
  Subaccount: string
  POOrderNbr?: string | null
  POLine?: number | null
}
export interface Paper {
  id: string
  Type: string
  ReferenceNbr: string
  OrderNbr: string
  Vendor: string
  VendorID: string
  VendorRef: string
  Date: string
  Status: string
  Description: string
  OrderTotal: string
  Amount: string
  Details: PaperLine[]
}
export interface VendorView {
  id: string
  VendorID: string
  VendorName: string
  Status: string
  AccountRef: string | null
  MainContact: { Email: string | null; Phone1: string | null; Address: { City: string | null } }
}

/** What stands in Acumatica. */
export const booksOf = async ({ world }: Firm) => {
  const { acumatica } = await world.dump<{
    acumatica: { tenants: { Vendor: VendorView[]; Bill: Paper[]; PurchaseOrder: Paper[] }[] }
  }>()
  const [books] = acumatica.tenants
  if (!books) throw new Error('no tenant')
  return books
}

export interface SupplierView {
  ID: string
  Name: string
  Status: string
  AdditionalAttribute1: string | null
  Contacts: { Email: string; Phone: string; MobilePhone: string }[]
}

/** What stands in Cin7. */
export const suppliersOf = async ({ world }: Firm): Promise<SupplierView[]> => {
  const { cin7 } = await world.dump<{ cin7: { companies: { suppliers: SupplierView[] }[] } }>()
  return cin7.companies[0]?.suppliers ?? []
}

/** Purchases of Cin7. */
export const purchasesOf = async ({ world }: Firm): Promise<PurchaseView[]> => {
  const { cin7 } = await world.dump<{ cin7: { companies: { purchases: PurchaseView[] }[] } }>()
  return cin7.companies[0]?.purchases ?? []
}

/** What a person does in Acumatica's screens. */
export const inAcumatica = (firm: Firm, action: string, input: object): Promise<unknown> =>
  firm.world.act('acumatica', action, input)

export interface PurchaseView {
  ID: string
  OrderNumber: string
  Status: string
  Type: string
  Note: string
  Supplier: string
  Order: { Status: string; Lines: { SKU: string; Quantity: number; Total: number }[]; Total: number }
  Invoice: { TaskID: string; Status: string; InvoiceNumber: string }[]
}

/** What a person does in Cin7's screens. */
export const inCin7 = (firm: Firm, action: string, input: object): Promise<PurchaseView> =>
  firm.world.act<PurchaseView>('cin7', action, input)

/** As far as `upTo`: an order, or an invoice. */
export const buy = (firm: Firm, over: Record<string, unknown> = {}): Promise<PurchaseView> =>
  inCin7(firm, 'create-purchase', {
    supplier: 'Bayside',
    type: 'Advanced',
    upTo: 'invoice',
    date: '2026-11-02',
    dueDate: '2026-12-02',
    invoiceNumber: 'INV-88121',
    lines: [line('WIDGET', 10, 2.5, 5)],
    ...over,
  })
