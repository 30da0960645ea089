import { beforeEach, describe, expect, it } from 'vitest'
import { Failed } from '../../src/core/failure'
import type { OpenWrite, WriteContent } from '../../src/core/ledger'
import { content, type LedgerWorld, openLedgerWorld, ownerOf, planOf } from '../support/ledger'
import { passTime } from '../support/time'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

let world: LedgerWorld
beforeEach(async () => {
  world = await openLedgerWorld()
})

/** Answers what went wrong, or the id of the bill. */
const tried = async (write: OpenWrite, name?: string): Promise<string> => {
  try {
    const { Bill } = await write.api.step(planOf(write.content.draft, name))
    write.done({ id: Bill.Id, number: '', facts: {} })
    return Bill.Id
  } catch (thrown) {
    if (!(thrown instanceof Failed)) throw thrown
    return thrown.failure.kind
  }
}

const opened = (tenant: string, draft: string, over: Partial<WriteContent> = {}, name?: string, of = ownerOf()) =>
  world.attempt(tenant, async (ledger) => tried(await ledger.open(content(draft, over)), name), { owner: of })

const goneOn = (tenant: string) =>
  world.attempt(tenant, async (ledger) => {
    const [write] = await ledger.pending()
    return write ? tried(write) : 'nothing'
  })

const GIVEN_UP = { kind: 'rejected', code: 'no', message: '', remedy: '' } as const

const givenUp = (tenant: string) =>
  world.attempt(tenant, async (ledger) => {
    for (const write of await ledger.pending()) write.failed(GIVEN_UP)
  })

const newTenant = () => `t-${crypto.randomUUID()}`

describe('the request id of a call to QuickBooks', () => {
  it('stays the same until the outcome is known, so that a bill that nothing shows is not posted twice', async () => {
    const tenant = newTenant()
    await world.fault({ vendor: 'quickbooks', method: 'POST', kind: 'drop-after', times: 1 })
    const ends = [await opened(tenant, '7')]
    while (ends.at(-1) === 'uncertain' && ends.length < 9) {
      await passTime(601_000)
      ends.push(await goneOn(tenant))
    }
    expect(ends.slice(0, -1)).toEqual(Array(4).fill('uncertain'))
    expect(await world.bills()).toMatchObject([{ Id: ends.at(-1) }])
    const ids = await world.requestIds()
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('stays the same where QuickBooks asks for patience', async () => {
    const tenant = newTenant()
    await world.fault({ vendor: 'quickbooks', method: 'POST', kind: 'throttled', times: 2 })
    expect([await opened(tenant, '7'), await goneOn(tenant), await goneOn(tenant)]).toEqual([
      'throttled',
      'throttled',
      expect.stringMatching(/^\d+$/),
    ])
    expect(new Set(await world.requestIds()).size).toBe(1)
    expect(await world.bills()).toHaveLength(1)
  })

  it('changes after each refusal, which QuickBooks may keep', async () => {
    await world.switches({ 'quickbooks.requestId.keepsRefusals': true })
    const tenant = newTenant()
    expect(await opened(tenant, '999')).toBe('rejected')
    expect(await goneOn(tenant)).toBe('rejected')
    await world.act('quickbooks', 'create', {
      entity: 'Account',
      fields: {
        Id: '999',
        Name: 'Postage',
        AccountType: 'Expense',
        AccountSubType: 'OfficeGeneralAdministrativeExpenses',
      },
    })
    expect(await goneOn(tenant)).toMatch(/^\d+$/)
    expect(new Set(await world.requestIds()).size).toBe(3)
    expect(await world.bills()).toHaveLength(1)
  })

  it('changes with the content, where a write was given up and begins anew', async () => {
    const tenant = newTenant()
    await world.fault({ vendor: 'quickbooks', method: 'POST', kind: 'throttled', times: 1 })
    expect(await opened(tenant, '7')).toBe('throttled')
    await givenUp(tenant)
    expect(await opened(tenant, '82')).toMatch(/^\d+$/)
    expect(new Set(await world.requestIds()).size).toBe(2)
  })

  it('is a UUID of 36 characters, of its own for each record, variant, generation, revision and step', async () => {
    const tenant = newTenant()
    const update = { op: 'update' } as const
    await opened(tenant, '7')
    await opened(tenant, '7', { variant: 'EUR' })
    await opened(tenant, '7', {}, 'bill', ownerOf('p2'))
    await opened(tenant, '7', update)
    await opened(tenant, '7', update)
    await opened(tenant, '7', update, 'another')
    await opened(tenant, '7', { op: 'remove' })
    await opened(tenant, '7')
    const ids = await world.requestIds()
    expect(ids).toHaveLength(8)
    expect(new Set(ids).size).toBe(8)
    for (const id of ids) expect(id).toMatch(UUID)
  })
})
