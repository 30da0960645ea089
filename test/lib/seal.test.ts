import { describe, expect, it } from 'vitest'
import {
  newDataKey,
  parseKeyring,
  seal,
  sealDocument,
  unseal,
  unsealDocument,
  unwrapKey,
  wrapKey,
} from '../../src/lib/seal'

const master = (letter: string) => btoa(letter.repeat(32)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const old = `k1:${master('a')}`
const both = `k2:${master('b')},${old}`

const refused = async (work: () => Promise<unknown>): Promise<string> =>
  work().then(
    () => 'opened',
    (error: Error) => error.message || error.name,
  )

describe('sealing', () => {
  it('opens what it sealed, and shows nothing of it', async () => {
    const key = newDataKey()
    const sealed = await seal(key, 'connection/c_1/credentials', 'the secret')
    expect(sealed).not.toContain('secret')
    expect(await unseal(key, 'connection/c_1/credentials', sealed)).toBe('the secret')
  })

  it('does not open in another row, with another key, or changed by one character', async () => {
    const key = newDataKey()
    const sealed = await seal(key, 'row/a', 'x')
    expect(await refused(() => unseal(key, 'row/b', sealed))).toBe('a sealed text of another row')
    expect(await refused(() => unseal(newDataKey(), 'row/a', sealed))).not.toBe('opened')
    const at = sealed.length - 3
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    expect(await refused(() => unseal(key, 'row/a', changed))).not.toBe('opened')
  })

  it('compresses documents', async () => {
    const key = newDataKey()
    const text = JSON.stringify(
      Array.from({ length: 2000 }, (_, n) => ({ line: n, description: 'the same words again' })),
    )
    const sealed = await sealDocument(key, 'doc/1', text)
    expect(sealed.length).toBeLessThan(text.length / 4)
    expect(await unsealDocument(key, 'doc/1', sealed)).toBe(text)
  })
})

describe('the keyring', () => {
  it('wraps with the newest key and opens with any known one', async () => {
    const key = newDataKey()
    const wrapped = await wrapKey(parseKeyring(old), 't_1', key)
    expect(await unwrapKey(parseKeyring(both), 't_1', wrapped)).toEqual(key)
    const again = await wrapKey(parseKeyring(both), 't_1', key)
    expect(await refused(() => unwrapKey(parseKeyring(old), 't_1', again))).toContain('MASTER_KEYS has no key k2')
  })

  it('does not give one tenant the key of another', async () => {
    const ring = parseKeyring(old)
    const wrapped = await wrapKey(ring, 't_1', newDataKey())
    expect(await refused(() => unwrapKey(ring, 't_2', wrapped))).toBe('a data key of another owner')
  })

  it('refuses a key of the wrong length', () => {
    expect(() => parseKeyring('k1:c2hvcnQ')).toThrow('32 bytes')
  })
})
