import { beforeEach, describe, expect, it } from 'vitest'
import { deliver } from '../../support/deliver'
import { type Office, openOffice, recordsOf } from '../../support/office'
import { settle } from '../../support/settle'
import { approve, carry, cin7Of, draftInvoice, only, writesTo } from '../../support/wave-cin7'

const INVOICES = 'flow=wave-cin7/invoice-to-sale'

let office: Office
let path: string
beforeEach(async () => {
  office = await openOffice()
  path = `/v1/tenants/${office.tenant}/integrations/${office.integration}`
})

const auditOf = async () => {
  const { items } = await office.admin.call<{ items: { outcome: string }[] }>(
    'GET',
    `/v1/tenants/${office.tenant}/audit?limit=100`,
  )
  return items.map(({ outcome }) => outcome)
}

describe('an integration that is paused', () => {
  it('takes webhooks and calls nobody; resumed, it carries what came in between', async () => {
    expect(await office.admin.call('POST', `${path}/pause`)).toMatchObject({ state: 'paused' })
    await office.world.forgetCalls()
    await carry(office, await draftInvoice(office))
    expect(await office.world.calls()).toEqual([])

    expect(await office.admin.call('POST', `${path}/resume`)).toMatchObject({ state: 'active' })
    await settle(office.tenant)
    only((await cin7Of(office)).sales)
    expect(only(await recordsOf(office, INVOICES))).toMatchObject({ state: 'done' })
  })

  it('holds at once what was accepted before', async () => {
    for (const webhook of await approve(office, await draftInvoice(office))) expect(await deliver(webhook)).toBe(200)
    await office.admin.call('POST', `${path}/pause`)
    await settle(office.tenant)
    expect(await writesTo(office, 'cin7')).toEqual([])
    await office.admin.call('POST', `${path}/resume`)
    await settle(office.tenant)
    only((await cin7Of(office)).sales)
  })

  it('is in the audit with who did it, and what it was before', async () => {
    await office.admin.call('POST', `${path}/pause`)
    await office.admin.call('POST', `${path}/resume`)
    await settle(office.tenant)
    expect((await auditOf()).slice(-2)).toEqual(['integration.pause', 'integration.resume'])
  })

  it('can be changed, and stays paused', async () => {
    await office.admin.call('POST', `${path}/pause`)
    expect(await office.admin.call('PATCH', path, { schedule: '3600' })).toMatchObject({
      state: 'paused',
      schedule: '3600',
    })
    await office.world.forgetCalls()
    await carry(office, await draftInvoice(office))
    expect(await office.world.calls()).toEqual([])
  })
})
