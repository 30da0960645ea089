import Big from 'big.js'
import { describe, expect, it } from 'vitest'
import { randomOf } from '../chaos/random'
import { type Office, openOffice } from '../support/office'
import { invoicesOf, type Quarter } from '../support/quarter'
import { booksOfBoth } from '../support/quarter-books'
import { compare, itemsOf, reconciled } from '../support/reconciliation'
import { passTime } from '../support/time'
import { poll, writesTo } from '../support/wave-cin7'
import { booksOf, FLOWS, map, mapBank } from '../support/wave-cin7-books'

const DAY_MS = 24 * 3_600_000
const SEED = 20260331
const COUNT = 200

const open = async (quarter: Quarter): Promise<Office> => {
  const office = await openOffice({
    mapped: false,
    settings: { deleted: 'void', rounding: { account: '404', limit: '0.05' } },
    wave: { ...quarter.business, invoices: quarter.invoices },
  })
  const { accounts, salesTaxes } = office.wave.business
  const of = (name: string) => accounts.find((account) => account.name === name)?.graphId
  await map(office, 'account', [
    { code: of('Sales'), target: '200' },
    { code: of('Consulting income'), target: '201' },
  ])
  const ids = salesTaxes.map(({ graphId }) => graphId).sort()
  await map(
    office,
    'tax',
    [...ids, ids.join('+')].map((code) => ({ code, target: 'Tax on Sales' })),
  )
  await mapBank(office)
  const path = `/v1/tenants/${office.tenant}/integrations/${office.integration}`
  const flows = Object.fromEntries(Object.values(FLOWS).map((flow) => [flow, { enabled: true, onFailure: 'continue' }]))
  await office.admin.call('PATCH', path, { flows })
  return office
}

const pollAll = async (office: Office): Promise<void> => {
  for (const flow of [FLOWS.customer, FLOWS.sale, FLOWS.payment]) await poll(office, flow)
}

describe(`a quarter of ${COUNT} invoices in mixed states`, () => {
  it('ends with Cin7 equal to Wave to the cent, every other invoice listed with its reason, and nothing left to do', {
    timeout: 120_000,
  }, async () => {
    const random = randomOf(SEED, 'quarter')
    const quarter = invoicesOf(random, COUNT)
    const office = await open(quarter)
    await pollAll(office)
    const changes = await quarter.change(office, random)
    await pollAll(office)
    await passTime(DAY_MS)
    await pollAll(office)

    const { wave, cin7 } = await booksOfBoth(office)
    expect(cin7.customers).toEqual(wave.customers)
    expect(cin7.accounts).toEqual(wave.accounts)
    expect(cin7.paid).toEqual(wave.paid)
    expect(wave.posted).toBeGreaterThan(100)
    expect(Math.min(wave.drafts, wave.unmapped, wave.tooFine)).toBeGreaterThan(4)

    await compare(office)
    const items = await itemsOf(office)
    const found = await reconciled(office)
    expect(found.counts).toMatchObject({ matched: wave.posted, differs: 0, changed: 0, only_target: 0 })
    expect(cin7.posted).toBe(wave.posted)
    const standing = found.customers.map(({ name, target }) => [name, new Big(target).toFixed(3)])
    expect(Object.fromEntries(standing)).toEqual(cin7.customers)
    const because = (code: string) => items.filter((item) => item.code === code).length
    expect(because('not_booked')).toBe(wave.drafts)
    expect(because('deleted')).toBe(changes.deleted)
    expect(because('unmapped')).toBe(wave.unmapped)
    expect(because('totals_differ')).toBe(wave.tooFine)
    expect(items).toHaveLength(COUNT)
    expect(items.filter(({ status, reason }) => status !== 'matched' && reason === '')).toEqual([])

    const before = await booksOf(office)
    await office.world.forgetCalls()
    await pollAll(office)
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/integrations/${office.integration}/sweep`, {})
    await pollAll(office)
    await compare(office)
    expect(await writesTo(office, 'cin7')).toEqual([])
    expect(await booksOf(office)).toEqual(before)
    expect(await itemsOf(office)).toEqual(items)
  })
})
