import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { NewJob } from '../../src/core/job'
import { Inbox, jobKey } from '../../src/tenant/inbox'
import type { Standing } from '../../src/tenant/standing'
import { stubOf } from '../support/tenant'

const job = (over: { delivery?: string; sourceId?: string } = {}): NewJob => ({
  kind: 'carry',
  integration: 'i',
  flow: 'f',
  sourceId: 's',
  actor: { by: 'webhook' },
  correlation: 'x',
  ...over,
})
const KEY = jobKey('i', 'f', 's')

const standing = (over: Partial<Standing> = {}): Standing => ({
  state: 'done',
  dueAt: null,
  reason: '',
  failure: null,
  waitsFor: null,
  version: '',
  sourceNumber: '',
  targetId: '',
  targetNumber: '',
  ...over,
})

const OUTAGE = standing({ state: 'waiting', reason: 'outage', dueAt: 5_000 })
const PLAIN = { reread: false, remap: false }

/** In a fresh object; what is left due is taken away, so that its alarm has nothing to do. */
const withInbox = (work: (inbox: Inbox, storage: DurableObjectStorage) => void): Promise<void> =>
  runInDurableObject(stubOf(crypto.randomUUID()), (_, { storage }) => {
    work(new Inbox(storage.sql), storage)
    storage.sql.exec('delete from jobs')
  })

const rowOf = (inbox: Inbox) => {
  const row = inbox.get(KEY)
  if (!row) throw new Error('no job')
  return row
}

describe('what arrives while a record is in work', () => {
  it('makes it run once more, and read again', () =>
    withInbox((inbox) => {
      inbox.accept(job(), 1)
      const running = rowOf(inbox)
      inbox.start(KEY)
      inbox.accept(job(), 2)
      expect(inbox.finish(running, 3, standing(), true)).toBe(false)
      const after = rowOf(inbox)
      expect(after).toMatchObject({ state: 'queued', due_at: 3 })
      expect(after.news).toBeGreaterThan(after.read)
      inbox.start(KEY)
      expect(inbox.finish(after, 4, standing(), true)).toBe(true)
      expect(rowOf(inbox)).toMatchObject({ state: 'done', due_at: null })
    }))

  it('is kept apart from a repeat of the same delivery, which is dropped', () =>
    withInbox((inbox) => {
      expect(inbox.accept(job({ delivery: 'e1' }), 1)).toBe(true)
      expect(inbox.accept(job({ delivery: 'e1' }), 2)).toBe(false)
      expect(inbox.accept(job({ delivery: 'e2' }), 3)).toBe(true)
    }))

  it('may be a replay: it is not lost in the end of the run', () =>
    withInbox((inbox) => {
      inbox.accept(job(), 1)
      const running = rowOf(inbox)
      inbox.start(KEY)
      inbox.replay(KEY, { ...PLAIN, remap: true }, { by: 'replay' }, 'y', 2)
      inbox.finish(running, 3, standing(), true)
      expect(rowOf(inbox)).toMatchObject({ state: 'queued', remap: 1 })
    }))
})

describe('a replay with remap', () => {
  it('stays one through an outage, until it is done', () =>
    withInbox((inbox) => {
      inbox.accept(job(), 1)
      inbox.finish(rowOf(inbox), 2, standing(), true)
      inbox.replay(KEY, { ...PLAIN, remap: true }, { by: 'replay' }, 'y', 3)
      inbox.finish(rowOf(inbox), 4, OUTAGE)
      expect(rowOf(inbox)).toMatchObject({ state: 'waiting', remap: 1 })
      inbox.finish(rowOf(inbox), 5, standing())
      expect(rowOf(inbox)).toMatchObject({ state: 'done', remap: 0 })
    }))
})

describe('starts', () => {
  /** As a later life of the object finds it. */
  const storedTries = ({ sql }: DurableObjectStorage) => new Inbox(sql).get(KEY)?.tries

  it('are counted with the job itself for the first, and written from the second on', () =>
    withInbox((inbox, storage) => {
      inbox.accept(job(), 1)
      expect([rowOf(inbox).tries, storedTries(storage)]).toEqual([0, 1])
      inbox.start(KEY)
      expect([rowOf(inbox).tries, storedTries(storage)]).toEqual([1, 1])
      inbox.start(KEY)
      expect([rowOf(inbox).tries, storedTries(storage)]).toEqual([2, 2])
    }))

  it('are counted on in a later life, whether or not the first had begun', () =>
    withInbox((inbox, storage) => {
      inbox.accept(job(), 1)
      const later = new Inbox(storage.sql)
      later.start(KEY)
      expect(rowOf(later).tries).toBe(2)
      later.start(KEY)
      expect(storedTries(storage)).toBe(3)
    }))

  it.each(['begun', 'not begun'])('are written for a job that has come to an end before, %s', (how) =>
    withInbox((inbox, storage) => {
      inbox.accept(job(), 1)
      if (how === 'begun') inbox.start(KEY)
      inbox.finish(rowOf(inbox), 2, standing())
      inbox.accept(job(), 3)
      expect(storedTries(storage)).toBe(0)
      inbox.start(KEY)
      expect(storedTries(storage)).toBe(1)
    }),
  )

  it('are written for what is not remembered, because so much waits', () =>
    withInbox((inbox, storage) => {
      for (let n = 0; n < 5_000; n += 1) inbox.accept(job({ sourceId: `${n}` }), 1)
      inbox.accept(job(), 1)
      expect(storedTries(storage)).toBe(0)
      inbox.start(KEY)
      expect(storedTries(storage)).toBe(1)
    }))
})
