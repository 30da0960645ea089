import { describe, expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { alertsOf, carry, draftInvoice, only } from '../support/wave-cin7'

const mapSales = async ({ admin, tenant, integration, wave }: Office): Promise<void> => {
  const base = `/v1/tenants/${tenant}/integrations/${integration}/mappings`
  const entries = wave.business.accounts.map(({ graphId }) => ({ code: graphId, target: '200' }))
  await admin.call('PUT', `${base}/account`, { entries })
  const rules = wave.business.salesTaxes.map(({ graphId }) => ({ code: graphId, target: 'Tax on Sales' }))
  await admin.call('PUT', `${base}/tax`, { entries: rules })
}

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
