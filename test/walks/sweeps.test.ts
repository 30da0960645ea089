import { describe, expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { passTime } from '../support/time'
import { alertsOf, cin7Of, draftInvoice, type Invoice, only, poll } from '../support/wave-cin7'

const FLOW = 'wave-cin7/invoice-to-sale'
const DAY_MS = 24 * 3_600_000

/** So many approved invoices, found by a poll and carried; then a day passes. */
const carried = async (count: number, settings: Record<string, unknown> = {}): Promise<[Office, Invoice[]]> => {
  const office = await openOffice({ settings: { deleted: 'void', ...settings } })
  const invoices: Invoice[] = []
  for (let n = 0; n < count; n += 1) invoices.push(await draftInvoice(office, { status: 'SAVED' }))
  await poll(office, FLOW)
  await passTime(DAY_MS)
  return [office, invoices]
}

const remove = async (office: Office, invoices: Invoice[]): Promise<void> => {
  for (const { bareId } of invoices) await office.world.act('wave', 'delete-invoice', { id: bareId, force: true })
}

const voided = async (office: Office): Promise<number> =>
  (await cin7Of(office)).sales.filter(({ Status }) => Status === 'VOIDED').length

describe('a sweep', () => {
  it('finds an invoice that was deleted without a word, a day after the last one, and proves it before it is voided', async () => {
    const [office, invoices] = await carried(3)
    await remove(office, invoices.slice(1, 2))
    await poll(office, FLOW)
    expect(await voided(office)).toBe(1)
    const gone = only(await recordsOf(office, `flow=${FLOW}&state=done`).then((all) => all.filter(isRemoved)))
    expect(gone.sourceId).toBe(invoices[1]?.graphId)
  })

  it('is not walked again before a day has passed, and then finds nothing new', async () => {
    const [office, invoices] = await carried(2)
    await poll(office, FLOW)
    await office.world.forgetCalls()
    await remove(office, invoices.slice(0, 1))
    await passTime(DAY_MS / 2)
    await poll(office, FLOW)
    expect(await voided(office)).toBe(0)
    await passTime(DAY_MS / 2)
    await poll(office, FLOW)
    expect(await voided(office)).toBe(1)
    await office.world.forgetCalls()
    await passTime(DAY_MS)
    await poll(office, FLOW)
    expect((await office.world.calls('wave')).map(({ operation }) => operation)).toEqual(['Invoices', 'Invoices'])
  })

  it('stops and asks where more than five are gone, and goes on once a person says so', async () => {
    const [office, invoices] = await carried(7)
    await remove(office, invoices.slice(0, 6))
    await poll(office, FLOW)
    expect(await voided(office)).toBe(0)
    const alert = only((await alertsOf(office)).filter(({ kind }) => kind === 'sweep_stopped'))
    expect(alert).toMatchObject({ resolved_at: null, text: expect.stringContaining('6 of 7') })

    const path = `/v1/tenants/${office.tenant}/integrations/${office.integration}/sweep`
    await expect(office.admin.call('POST', path, { atMost: 6 })).resolves.toEqual({ flows: [FLOW] })
    await settle(office.tenant)
    expect(await voided(office)).toBe(6)
    expect(only(await alertsOf(office))).toMatchObject({ resolved_at: expect.any(Number) })
  })

  it('finds a payment that left the stamp of its invoice alone, and reads that invoice', async () => {
    const [office, invoices] = await carried(2)
    await office.world.switches({ 'wave.payment.touchesInvoice': false })
    await draftInvoice(office, { status: 'SAVED' })
    await poll(office, FLOW)
    await passTime(DAY_MS)
    await office.world.act('wave', 'pay-invoice', { id: invoices[0]?.bareId, amount: '10' })
    await office.world.forgetCalls()
    await poll(office, FLOW)
    const reads = (await office.world.calls('wave')).filter(({ operation }) => operation === 'Invoice')
    expect(reads).toHaveLength(1)
  })
})

const isRemoved = ({ reason }: { reason: string }): boolean => reason === 'removed'
