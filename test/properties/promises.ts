import { expect } from 'vitest'
import { same } from '../../src/lib/money'
import { deliver } from '../support/deliver'
import { type RecordView, recordsOf } from '../support/office'
import { apiOf } from '../support/tenant'
import { cin7Of, writesTo } from '../support/wave-cin7'
import { type Known, type Play, SALES } from './play'
import { bookedAccount, liveInvoices, salesOf, waveOf } from './sight'

/** The faults are over, one poll, and all that is due runs: now each promise has to hold. */
export const keepsItsPromises = async (play: Play): Promise<void> => {
  await calmDown(play)
  const records = await recordsOf(play.office)
  for (const known of play.known) await isKept(play, known, recordOf(records, known))
  await isKeptOnceMapped(play)
  await writesNothingForRepeats(play)
  await isWrittenDown(play)
}

const calmDown = async (play: Play): Promise<void> => {
  const { office } = play
  play.calm()
  await office.world.clearFaults()
  await office.world.switches({ 'cin7.listLagMs': 0 })
  await play.run({ do: 'resume' })
  await play.poll()
  await play.settle()
}

const recordOf = (records: RecordView[], { invoice }: Known): RecordView | undefined =>
  records.find(({ sourceId, flow }) => flow === SALES && sourceId === invoice.graphId)

/** Drafts: nothing. Approved ones: one sale, unless an account has no counterpart and somebody is told so. */
const isKept = async (play: Play, known: Known, record: RecordView | undefined): Promise<void> => {
  const sales = await salesOf(play.office, known.invoice)
  if (!known.approved) {
    expect(sales).toEqual([])
    // One that is held behind a failed record was not read yet.
    expect(['skipped', 'held']).toContain(record?.state ?? 'skipped')
    return
  }
  expect(sales.length).toBeLessThanOrEqual(1)
  if (record?.state === 'done') return isPosted(play, known)
  expect(play.wasUnmapped && play.known.some(({ line }) => line === 1)).toBe(true)
  expect(record).toMatchObject(record?.state === 'failed' ? { code: 'unmapped' } : { state: 'held' })
  expect(record?.remedy || record?.reason).not.toBe('')
}

const isPosted = async (play: Play, known: Known): Promise<void> => {
  const { office } = play
  const [sale, ...others] = await salesOf(office, known.invoice)
  if (!sale) throw new Error(`no sale for ${known.invoice.graphId}`)
  expect(others).toEqual([])
  const shown = (await waveOf(office)).invoices.find(({ id }) => id === known.invoice.bareId)
  const [invoice, ...more] = liveInvoices(sale)
  expect(more).toEqual([])
  expect(invoice?.Status).toBe('AUTHORISED')
  expect(sale.Order.Status).toBe('AUTHORISED')
  if (!same(String(invoice?.Total), shown?.total ?? '')) expect(invoice?.Total).toBe(shown?.total)
  const account = await bookedAccount(office, known)
  if (known.pinned) expect(account).toBe(known.pinned)
  if (known.remapped) expect(known.remapped).toContain(account)
}

/** Nothing stays behind for good: with the account mapped, a replay of what failed carries all of it. */
const isKeptOnceMapped = async (play: Play): Promise<void> => {
  if (play.mapped[1] === null) await play.map(1, '201')
  for (const { id } of await recordsOf(play.office, 'status=failed'))
    await apiOf(play.office.tenant).replay(id, { reread: false, remap: false }, 'k')
  await play.settle()
  const records = await recordsOf(play.office)
  for (const known of play.known.filter(({ approved }) => approved)) {
    expect(recordOf(records, known)).toMatchObject({ state: 'done' })
    await isPosted(play, known)
  }
  const { customers } = await cin7Of(play.office)
  expect(customers.map(({ Name }) => Name).sort()).toEqual((await customersWanted(play)).sort())
}

/** Each Wave customer under its name, and once more for each other currency that it was billed in. */
const customersWanted = async (play: Play): Promise<string[]> => {
  const { customers, invoices } = await waveOf(play.office)
  const approved = play.known.filter((known) => known.approved).map(({ invoice }) => invoice.bareId)
  return customers.flatMap(({ id, name }) => {
    const mine = invoices.filter((invoice) => invoice.customer === id && approved.includes(invoice.id))
    return [name, ...(mine.some(({ currency }) => currency === 'EUR') ? [`${name} (EUR)`] : [])]
  })
}

const writesNothingForRepeats = async (play: Play): Promise<void> => {
  const { office } = play
  await office.world.forgetCalls()
  for (const { invoice, approved } of play.known)
    if (approved) await office.world.act('wave', 'emit', { event: 'invoice.viewed', invoice: invoice.bareId })
  for (const webhook of await office.world.deliveries()) {
    await deliver(webhook.clone())
    await deliver(webhook)
  }
  for (const { id } of await recordsOf(office))
    await apiOf(office.tenant).replay(id, { reread: true, remap: false }, 'k')
  await play.poll()
  await play.settle()
  expect(await writesTo(office, 'cin7')).toEqual([])
}

const FINAL = ['done', 'skipped']

/** D1 shows each record at its end, and the audit is whole. */
const isWrittenDown = async ({ office }: Play): Promise<void> => {
  const states = (await recordsOf(office)).map(({ state }) => state)
  expect(states.filter((state) => !FINAL.includes(state))).toEqual([])
  expect(await apiOf(office.tenant).verify()).toMatchObject({ ok: true })
  expect(await apiOf(office.tenant).health()).toMatchObject({ waiting: 0, failed: 0, outbox: 0 })
}
