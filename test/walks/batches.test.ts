import { describe, expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { apiOf } from '../support/tenant'
import { alertsOf, cin7Of, draftInvoice, only, poll as pollFlow } from '../support/wave-cin7'

const FLOW = 'wave-cin7/invoice-to-sale'

const poll = (office: Office, flow = FLOW, correlation?: string): Promise<void> => pollFlow(office, flow, correlation)

/** Five approved invoices; the second one is on an account that is not mapped. */
const fiveInvoices = async (office: Office): Promise<void> => {
  const { accounts, products } = office.wave.business
  await office.world.act('wave', 'edit-product', {
    id: products[1]?.bareId,
    incomeAccountId: accounts.find(({ name }) => name === 'Consulting income')?.graphId,
  })
  for (let n = 0; n < 5; n += 1) {
    const product = products[n === 1 ? 1 : 0]?.bareId
    const items = [{ product, quantity: '1', unitPrice: '40', taxes: [] }]
    await draftInvoice(office, { items, status: 'SAVED' })
  }
}

const mapSalesOnly = async (office: Office): Promise<void> => {
  const sales = office.wave.business.accounts.find(({ name }) => name === 'Sales')
  const path = `/v1/tenants/${office.tenant}/integrations/${office.integration}/mappings/account`
  await office.admin.call('PUT', path, { entries: [{ code: sales?.graphId, target: '200' }] })
}

const mapConsulting = async (office: Office): Promise<void> => {
  const consulting = office.wave.business.accounts.find(({ name }) => name === 'Consulting income')
  const path = `/v1/tenants/${office.tenant}/integrations/${office.integration}/mappings/account`
  await office.admin.call('PUT', path, { entries: [{ code: consulting?.graphId, target: '201' }] })
}

const statesOf = async (office: Office): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { state } of await recordsOf(office, `flow=${FLOW}`)) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

describe('a batch', () => {
  it('stops at a record that fails for good: the rest is held, one alert is raised', async () => {
    const office = await openOffice({ mapped: false })
    await mapSalesOnly(office)
    await fiveInvoices(office)
    await poll(office)
    const states = await statesOf(office)
    expect(states.failed).toBe(1)
    expect(states.held).toBeGreaterThanOrEqual(1)
    expect((states.held ?? 0) + (states.done ?? 0)).toBe(4)
    expect(await alertsOf(office)).toMatchObject([{ kind: 'batch_stopped', count: 1, resolved_at: null }])
  })

  it('goes on by itself once the failed record is replayed with success', async () => {
    const office = await openOffice({ mapped: false })
    await mapSalesOnly(office)
    await fiveInvoices(office)
    await poll(office)
    await mapConsulting(office)
    const failed = only(await recordsOf(office, `flow=${FLOW}&status=failed`))
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/records/${failed.id}/replay`, {})
    await settle(office.tenant)
    expect(await statesOf(office)).toEqual({ done: 5 })
    expect((await cin7Of(office)).sales).toHaveLength(5)
    expect(await alertsOf(office)).toMatchObject([{ kind: 'batch_stopped', resolved_at: expect.any(Number) }])
  })

  it('goes on without the failed record when it is resumed', async () => {
    const office = await openOffice({ mapped: false })
    await mapSalesOnly(office)
    await fiveInvoices(office)
    await poll(office)
    const [alert] = await alertsOf(office)
    const batch = String(alert?.cause).replace('batch/', '')
    const held = (await statesOf(office)).held
    expect(await apiOf(office.tenant).resume(batch)).toEqual({ ok: true, value: { resumed: held } })
    await settle(office.tenant)
    expect(await statesOf(office)).toEqual({ done: 4, failed: 1 })
  })

  it('is not a new failure when the overlap finds the failed record again, and a held one stays held through an event', async () => {
    const office = await openOffice({ mapped: false })
    await mapSalesOnly(office)
    await fiveInvoices(office)
    await poll(office)
    const before = await statesOf(office)
    await poll(office)
    expect(await statesOf(office)).toEqual(before)
    const [held] = await recordsOf(office, `flow=${FLOW}&status=held`)
    const job = { kind: 'carry', integration: office.integration, flow: FLOW, actor: { by: 'webhook' } } as const
    await apiOf(office.tenant).accept([{ ...job, sourceId: held?.sourceId ?? '', correlation: 'x' }])
    await settle(office.tenant)
    expect(await statesOf(office)).toEqual(before)
    expect(await alertsOf(office)).toMatchObject([{ count: 1 }])
  })

  it('is of one flow: what the same poll found of another flow goes on', async () => {
    const office = await openOffice({ mapped: false })
    await mapSalesOnly(office)
    await fiveInvoices(office)
    await poll(office, FLOW, 'x_one')
    const [customer] = office.wave.business.customers
    await office.world.act('wave', 'edit-customer', { id: customer?.graphId, name: 'Another name' })
    await poll(office, 'wave-cin7/customer-to-customer', 'x_one')
    const names = (await cin7Of(office)).customers.map(({ Name }) => Name)
    expect(names).toContain('Another name')
  })
})
