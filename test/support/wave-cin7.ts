import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { deliver } from './deliver'
import type { Office } from './office'
import { settle } from './settle'
import { apiOf } from './tenant'

export interface Sale {
  ID: string
  ExternalID: string | null
  CustomerReference: string
  Status: string
  Order: { Status: string; Total: number }
  Invoices: {
    TaskID: string
    Status: string
    Total: number
    Lines: unknown[]
    AdditionalCharges: { Account: string; Total: number; Tax: number }[]
  }[]
  CurrencyRate: number
  CustomerCurrency: string
}
interface Dump {
  cin7: { companies: { customers: { ID: string; Name: string; Currency: string }[]; sales: Sale[] }[] }
}
export interface Invoice {
  id: string
  graphId: string
  bareId: string
}

export const cin7Of = async ({ world }: Office) => {
  const [company] = (await world.dump<Dump>()).cin7.companies
  return company ?? { customers: [], sales: [] }
}

export const draftInvoice = (office: Office, over: Record<string, unknown> = {}): Promise<Invoice> =>
  office.world.act('wave', 'create-invoice', {
    customer: office.wave.business.customers[0]?.bareId,
    items: [{ product: office.wave.business.products[0]?.bareId, quantity: '2', unitPrice: '40', taxes: ['GST'] }],
    invoiceDate: '2026-03-02',
    dueDate: '2026-04-01',
    ...over,
  })

export const approve = async (office: Office, invoice: Invoice): Promise<Request[]> => {
  await office.world.act('wave', 'approve-invoice', { id: invoice.bareId })
  return office.world.deliveries()
}

/** Approves, delivers Wave's webhook and lets everything run that is due. */
export const carry = async (office: Office, invoice: Invoice): Promise<void> => {
  for (const webhook of await approve(office, invoice)) expect(await deliver(webhook)).toBe(200)
  await settle(office.tenant)
}

/** Polls through the tenant's door, as the consumer does. */
export const poll = async (office: Office, flow: string, correlation = `x_${crypto.randomUUID()}`): Promise<void> => {
  const job = { kind: 'poll', integration: office.integration, flow, actor: { by: 'poll' } } as const
  await apiOf(office.tenant).accept([{ ...job, correlation }])
  await settle(office.tenant)
}

export const alertsOf = async ({ tenant }: Pick<Office, 'tenant'>) =>
  (await env.DB.prepare('select * from alerts where tenant = ?').bind(tenant).all<Record<string, unknown>>()).results

export const writesTo = async (office: Office, vendor: string) =>
  (await office.world.calls(vendor)).filter(({ method }) => method !== 'GET')

export const only = <T>(list: T[]): T => {
  expect(list).toHaveLength(1)
  return list[0] as T
}

/** The admin API's poll goes through the real local queue: wait until the tenant has it, then let it run. */
export const settlePolls = async (office: Office): Promise<void> => {
  for (let round = 0; round < 40; round += 1) {
    await settle(office.tenant)
    if ((await office.world.calls('wave')).some(({ operation }) => operation === 'Invoices')) break
    await new Promise((wait) => setTimeout(wait, 100))
  }
  await settle(office.tenant)
}
