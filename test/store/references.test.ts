import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Reference } from '../../src/core/vendor'
import { openDb } from '../../src/store/config'
import { listDeadLetters, storeDeadLetter } from '../../src/store/dead-letters'
import { storedReferences, storeReferences } from '../../src/store/references'

const db = openDb(env.DB)
const entry = (n: number, over: Partial<Reference> = {}): Reference => ({
  kind: 'account',
  code: String(n).padStart(4, '0'),
  name: `Account "${n}"`,
  active: true,
  uses: ['revenue'],
  ...over,
})

describe('a reference list', () => {
  it('was never read until it is stored', async () => {
    expect(await storedReferences(db, 'c_1', 'account')).toEqual({ at: null, entries: [] })
  })

  it('replaces the one before as a whole, whatever its size', async () => {
    const many = Array.from({ length: 1_500 }, (_, n) => entry(n))
    await storeReferences(db, 'c_2', 'account', many, 7)
    expect(await storedReferences(db, 'c_2', 'account')).toEqual({ at: 7, entries: many })
    const few = [entry(1, { active: false, uses: [] }), entry(2)]
    await storeReferences(db, 'c_2', 'account', few, 8)
    expect(await storedReferences(db, 'c_2', 'account')).toEqual({ at: 8, entries: few })
  })

  it('keeps one entry where the vendor lists a code twice', async () => {
    await storeReferences(db, 'c_3', 'account', [entry(1), entry(1)], 7)
    expect((await storedReferences(db, 'c_3', 'account')).entries).toHaveLength(1)
  })
})

describe('dead letters', () => {
  it('are kept once, although the queue delivers twice', async () => {
    const letter = { id: 'm-1', queue: 'wave-cin7', reason: 'no sense', body: '{}', at: 1, replayedAt: null }
    await storeDeadLetter(db, letter)
    await storeDeadLetter(db, { ...letter, reason: 'again' })
    expect(await listDeadLetters(db, '', 10)).toMatchObject([letter])
    expect(await listDeadLetters(db, 'm-1', 10)).toEqual([])
  })
})
