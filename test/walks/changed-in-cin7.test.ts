import { beforeEach, describe, expect, it } from 'vitest'
import { deliver } from '../support/deliver'
import { type Office, type Opening, openOffice } from '../support/office'
import { settle } from '../support/settle'
import { passTime } from '../support/time'
import { carry, draftInvoice, poll, writesTo } from '../support/wave-cin7'
import { edit, FLOWS, recordOf, theSale } from '../support/wave-cin7-books'

interface Line {
  outcome: string
  text: string
  actor: { by: string }
}

const open = async (opening: Opening = {}): Promise<Office> => {
  const office = await openOffice(opening)
  await office.admin.call('POST', `/v1/tenants/${office.tenant}/connections/${office.cin7.connection}/webhooks`)
  return office
}

/** Cin7's webhooks that are on their way arrive, and everything runs that is due. */
const cin7Tells = async (office: Office): Promise<number> => {
  await passTime(120_000)
  const told = (await office.world.deliveries()).filter(({ url }) => url.includes('/webhooks/cin7/'))
  for (const webhook of told) expect(await deliver(webhook)).toBe(200)
  await settle(office.tenant)
  return told.length
}

const seen = async (office: Office): Promise<string[]> => {
  const { id } = await recordOf(office, 'sale')
  const { timeline } = await office.admin.call<{ timeline: Line[] }>(
    'GET',
    `/v1/tenants/${office.tenant}/records/${id}`,
  )
  return timeline.filter(({ outcome }) => outcome === 'changed_in_target').map(({ text }) => text)
}

describe('what Cin7 tells of a sale that we posted', () => {
  let office: Office
  beforeEach(async () => {
    office = await open()
  })

  it('is no change where we did it ourselves: posted, undone and posted anew', async () => {
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    expect(await cin7Tells(office)).toBeGreaterThan(0)
    await edit(office, invoice, { dueDate: '2026-05-01' })
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done', reason: 'updated' })
    expect(await cin7Tells(office)).toBeGreaterThan(0)
    expect(await seen(office)).toEqual([])
  })

  it('is in its timeline once where somebody voided it, and nothing is posted because of it', async () => {
    await carry(office, await draftInvoice(office))
    await cin7Tells(office)
    const sale = await theSale(office)
    await office.world.act('cin7', 'void-sale', { sale: sale.ID })
    await office.world.forgetCalls()
    await passTime(120_000)
    const told = (await office.world.deliveries()).filter(({ url }) => url.includes('/webhooks/cin7/'))
    expect(told.length).toBeGreaterThan(0)
    for (const webhook of [...told, ...told]) {
      expect(await deliver(webhook.clone())).toBe(200)
      await settle(office.tenant)
    }
    expect(await seen(office)).toEqual(['changed in cin7: it no longer stands in the books'])
    expect(await writesTo(office, 'cin7')).toEqual([])
  })

  it('costs no call where it is about a sale that is not ours', async () => {
    await office.world.act('cin7', 'edit-customer', { id: 'nobody', changes: {} }).catch(() => {})
    await office.world.forgetCalls()
    await cin7Tells(office)
    expect(await office.world.calls('cin7')).toEqual([])
  })
})

describe('what waits for a person', () => {
  it('goes on by itself once that person has changed it in Cin7', async () => {
    const office = await open({ wave: { customers: [{ name: 'Acme' }] }, cin7: { customers: [{ Name: 'ACME' }] } })
    await poll(office, FLOWS.customer)
    expect(await recordOf(office, 'customer')).toMatchObject({ state: 'waiting', code: 'cin7_customer_name_taken' })
    await office.world.act('cin7', 'edit-customer', { id: 'ACME', changes: { Name: 'Acme of old' } })
    await cin7Tells(office)
    expect(await recordOf(office, 'customer')).toMatchObject({ state: 'done', reason: 'created' })
  })
})
