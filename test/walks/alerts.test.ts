import { describe, expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { alertsOf, carry, draftInvoice, only, poll } from '../support/wave-cin7'

const mapSales = async ({ admin, tenant, integration, wave }: Office): Promise<void> => {
  const base = `/v1/tenants/${tenant}/integrations/${integration}/mappings`
  const entries = wave.business.accounts.map(({ graphId }) => ({ code: graphId, target: '200' }))
  await admin.call('PUT', `${base}/account`, { entries })
  const rules = wave.business.salesTaxes.map(({ graphId }) => ({ code: graphId, target: 'Tax on Sales' }))
  await admin.call('PUT', `${base}/tax`, { entries: rules })
}

describe('a list that cannot be read', () => {
  it('for some rounds of its schedule raises one alert, which is over once it was read again', async () => {
    const office = await openOffice()
    const flow = 'wave-cin7/invoice-to-sale'
    await office.world.fault({ vendor: 'wave', kind: 'status', status: 503, times: 100_000 })
    await poll(office, flow)
    const stalled = async () => (await alertsOf(office)).filter(({ kind }) => kind === 'stream_stalled')
    expect(only(await stalled())).toMatchObject({
      resolved_at: null,
      text: expect.stringContaining(`${flow} has not been read`),
    })

    await office.world.clearFaults()
    await poll(office, flow)
    expect(only(await stalled()).resolved_at).toEqual(expect.any(Number))
  })
})

describe('records that came by webhook and failed', () => {
  it('raise one alert for their common cause, which is over when the last of them has gone through', async () => {
    const office = await openOffice({ mapped: false })
    await carry(office, await draftInvoice(office))
    await carry(office, await draftInvoice(office))
    const raised = only(await alertsOf(office))
    expect(raised).toMatchObject({ kind: 'record_failed', count: 1, resolved_at: null })
    expect(raised.text).toContain('invoice-to-sale')
    expect(raised.remedy).toContain('unmapped')

    await mapSales(office)
    const [first, second] = await recordsOf(office, 'flow=wave-cin7/invoice-to-sale')
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/records/${first?.id}/replay`, {})
    await settle(office.tenant)
    expect(only(await alertsOf(office)).resolved_at).toBeNull()
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/records/${second?.id}/replay`, {})
    await settle(office.tenant)
    expect(only(await alertsOf(office)).resolved_at).not.toBeNull()
  })
})
