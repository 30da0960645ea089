import { describe, expect, it } from 'vitest'
import { uuidOf } from '../../src/lib/ids'

describe('a UUID of a text', () => {
  it('is the head of its SHA-256, marked as version 8', async () => {
    // SHA-256 of `abc`, of the standard: ba7816bf 8f01cfea 414140de 5dae2223 …
    expect(await uuidOf('abc')).toBe('ba7816bf-8f01-8fea-8141-40de5dae2223')
  })
})
