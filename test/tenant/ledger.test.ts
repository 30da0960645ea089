import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toFailure } from '../../src/core/failure'
import type { StepPlan } from '../../src/core/flow'
import type { Link, OpenWrite } from '../../src/core/ledger'
import { content, type LedgerWorld, type MadeBill, openLedgerWorld, ownerOf, planOf } from '../support/ledger'

let world: LedgerWorld
let tenant: string
beforeEach(async () => {
  world = await openLedgerWorld()
  tenant = `t-${crypto.randomUUID()}`
})

const Bills = z.array(z.object({ Id: z.string() }))

/** Of a bill that can be looked up: the first that stands there. */
const foundable = (name: string): StepPlan<MadeBill> => ({
  ...planOf('7', name),
  find: async () => {
    const [bill] = Bills.parse(await world.bills())
    return bill ? { Bill: bill } : null
  },
  born: ({ Bill }) => ({ id: Bill.Id, number: '', facts: {} }),
})

const blind = (name: string): StepPlan<MadeBill> => {
  const { find: _, ...plan } = planOf('7', name)
  return plan
}

const began = (work: (write: OpenWrite) => Promise<unknown>, mirrored = false) =>
  world.attempt(tenant, async (ledger) => void (await work(await ledger.open(content('7')))), { mirrored })

const wentOn = <T>(work: (write: OpenWrite | undefined) => Promise<T>) =>
  world.attempt(tenant, async (ledger) => work((await ledger.pending())[0]))

const linked = () => world.attempt(tenant, async (_, links) => links.get(ownerOf(), ''))

const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown) => toFailure(thrown).code,
  )

describe('a write that dies', () => {
  it('before its first step has left no trace: nothing was sent', async () => {
    await began(async () => {})
    expect(await wentOn(async (write) => write)).toBeUndefined()
    expect(await linked()).toBeUndefined()
  })

  it('behind the answer of a step that can be looked up finds what it made, and sends nothing again', async () => {
    await began((write) => write.api.step(foundable('bill')))
    const again = await wentOn(async (write) => {
      const before = write?.api.stepState('bill')
      const made = await write?.api.step(foundable('bill'))
      return { before, made, adopted: write?.adopted() }
    })
    expect(again).toEqual({ before: 'sent', made: { Bill: { Id: expect.any(String) } }, adopted: true })
    expect(await world.requestIds()).toHaveLength(1)
  })

  it('behind the answer of a step that nobody can look up knows the answer', async () => {
    await began((write) => write.api.step(blind('bill')))
    const again = await wentOn(async (write) => [write?.api.stepState('bill'), await write?.api.step(blind('bill'))])
    expect(again).toEqual(['done', { Bill: { Id: expect.any(String) } }])
    expect(await world.requestIds()).toHaveLength(1)
  })

  it('at the next step knows the answer of the one before: both were stored before that left', async () => {
    await world.fault({ vendor: 'quickbooks', method: 'POST', kind: 'drop-after', times: 1, skip: 1 })
    const codes: string[] = []
    await began(async (write) => {
      await write.api.step(foundable('first'))
      codes.push(await kindOf(write.api.step(blind('second'))))
    })
    const states = await wentOn(async (write) => ['first', 'second'].map((name) => write?.api.stepState(name)))
    expect(codes).toEqual(['quickbooks_outcome_unknown'])
    expect(states).toEqual(['done', 'sent'])
    expect((await linked())?.target).not.toBeNull()
  })

  it('of itself, for another time, has stored what happened and what stands in the target', async () => {
    await began(async (write) => {
      await write.api.step(foundable('bill'))
      write.save()
    })
    expect(await wentOn(async (write) => write?.api.stepState('bill'))).toBe('done')
    expect(await linked()).toMatchObject({ state: 'open', target: { id: expect.any(String) } })
  })

  it('is given up with what happened and what stands in the target', async () => {
    await began(async (write) => {
      await write.api.step(foundable('bill'))
      write.failed({ kind: 'rejected', code: 'no', message: '', remedy: '' })
    })
    expect(await linked()).toMatchObject({ state: 'open', target: { id: expect.any(String) } })
    const anew = await world.attempt(tenant, async (ledger) => (await ledger.open(content('7'))).api.stepState('bill'))
    expect(anew).toBe('done')
  })

  it('has named at once what a flow that goes back will read', async () => {
    await began((write) => write.api.step(foundable('bill')), true)
    expect((await linked())?.target).toMatchObject({ id: expect.any(String) })
    expect(await wentOn(async (write) => write?.api.stepState('bill'))).toBe('done')
  })
})

describe('a link that somebody changes while its write is made ready', () => {
  const other: Link = {
    variant: '',
    generation: 1,
    revision: 0,
    state: 'matched',
    target: { id: '77', number: '', facts: {} },
    fingerprint: '',
    version: '',
  }

  it('stops it before anything is sent, and stays as it is', async () => {
    const codes = await world.attempt(tenant, async (ledger, links) => {
      const write = await ledger.open(content('7'))
      links.put(ownerOf(), other)
      return [await kindOf(write.api.step(foundable('bill'))), await kindOf(write.api.step(foundable('another')))]
    })
    expect(codes).toEqual(['link_changed', 'link_changed'])
    expect(await world.requestIds()).toEqual([])
    expect(await linked()).toEqual(other)
    expect(await wentOn(async (write) => write)).toBeUndefined()
  })
})

describe('an attempt that has lost its turn', () => {
  it('stores nothing any more: another one may be at work', async () => {
    const turn = new AbortController()
    const work = async (write: OpenWrite) => {
      await write.api.step(foundable('bill'))
      turn.abort(new Error('lost'))
      expect(() => write.save()).toThrow('lost')
      expect(() => write.failed({ kind: 'bug', code: 'bug', message: '', remedy: '' })).toThrow('lost')
    }
    await world.attempt(tenant, async (ledger) => work(await ledger.open(content('7'))), { signal: turn.signal })
    expect(await wentOn(async (write) => write?.api.stepState('bill'))).toBe('sent')
  })
})
