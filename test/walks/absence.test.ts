import { describe, expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { runOnce, settle } from '../support/settle'
import { apiOf } from '../support/tenant'
import { passTime } from '../support/time'
import { carry, cin7Of, draftInvoice, type Invoice, only, writesTo } from '../support/wave-cin7'

const FLOW = 'wave-cin7/invoice-to-sale'

const lookAgain = async (office: Office, invoice: Invoice): Promise<void> => {
  const job = { kind: 'carry', integration: office.integration, flow: FLOW, actor: { by: 'webhook' } } as const
  await apiOf(office.tenant).accept([{ ...job, sourceId: invoice.graphId, correlation: crypto.randomUUID() }])
}

const carried = async (settings: Record<string, unknown>): Promise<[Office, Invoice]> => {
  const office = await openOffice({ settings })
  const invoice = await draftInvoice(office)
  await carry(office, invoice)
  await office.world.act('wave', 'delete-invoice', { id: invoice.bareId, force: true })
  return [office, invoice]
}

describe('an invoice that Wave no longer shows', () => {
  it('is voided in Cin7 only after a second read ten minutes later, with the account proven readable', async () => {
    const [office, invoice] = await carried({ deleted: 'void' })
    await lookAgain(office, invoice)
    await runOnce(office.tenant)
    expect(only(await recordsOf(office, `flow=${FLOW}`))).toMatchObject({ state: 'waiting', reason: 'absence' })
    await lookAgain(office, invoice)
    await runOnce(office.tenant)
    expect(only((await cin7Of(office)).sales).Status).not.toBe('VOIDED')

    await office.world.forgetCalls()
    await settle(office.tenant)
    expect(only((await cin7Of(office)).sales).Status).toBe('VOIDED')
    expect(only(await recordsOf(office, `flow=${FLOW}`))).toMatchObject({ state: 'done', reason: 'removed' })
    expect((await office.world.calls('wave')).map(({ operation }) => operation)).toContain('Business')
  })

  it('is left, and said so, unless the setting says void', async () => {
    const [office, invoice] = await carried({})
    await office.world.forgetCalls()
    await lookAgain(office, invoice)
    await settle(office.tenant)
    expect(await writesTo(office, 'cin7')).toEqual([])
    const record = only(await recordsOf(office, `flow=${FLOW}`))
    expect(record).toMatchObject({ state: 'skipped', reason: expect.stringContaining('SO-00001 is left as it is') })
  })

  it('is not taken for deleted while Wave shows nothing at all', async () => {
    const [office, invoice] = await carried({ deleted: 'void' })
    await lookAgain(office, invoice)
    await runOnce(office.tenant)
    await office.world.switches({ 'wave.auth.status': 401 })
    await office.world.fault({ vendor: 'wave', body: 'query Business', kind: 'status', status: 500, times: 1_000 })
    await passTime(11 * 60_000)
    await runOnce(office.tenant)
    expect(only((await cin7Of(office)).sales).Status).not.toBe('VOIDED')
  })

  it('is a conflict where somebody works on the sale', async () => {
    const [office, invoice] = await carried({ deleted: 'void' })
    await office.world.act('cin7', 'pick-sale', { sale: (await cin7Of(office)).sales[0]?.ID })
    await lookAgain(office, invoice)
    await settle(office.tenant)
    const record = only(await recordsOf(office, `flow=${FLOW}`))
    expect(record).toMatchObject({ state: 'waiting', reason: 'conflict', code: 'cin7_sale_changed' })
  })
})
