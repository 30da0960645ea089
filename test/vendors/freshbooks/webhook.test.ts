import { describe, expect, it } from 'vitest'
import { webhook } from '../../../src/vendors/freshbooks/webhook'

/** The vendor's own example, and two made with its scheme outside the project. */
const LITERAL = {
  verifier: 'UWQfd9zCzxmVwFZWKqqKwLxqz8gvzGdAn',
  body: 'name=client.update&object_id=177864&user_id=1&account_id=FrEsHb',
  signature: 'uQL7Cy82JtV4RlsEowUZ+hm4cziC6LYjxuKj1cqLqHM=',
}
const CREATED = {
  verifier: 'scADVVi5QuKuj5qTjVkbJNYQe7V7USpGd',
  body: 'name=invoice.create&object_id=1234567&account_id=6BApk&business_id=6543&identity_id=1234&user_id=1',
  signature: '/S03vyYmI7CekM4YXBHUhs9o5rnMtqGLrW3aA8S9gPc=',
}
const DELETED = {
  verifier: 'scADVVi5QuKuj5qTjVkbJNYQe7V7USpGd',
  body: 'name=payment.delete&object_id=235435&account_id=6BApk&business_id=6543&identity_id=1234&user_id=1',
  signature: 'uzPv/k85DB1+Bfb3gbOBDoGDsUExPWjpdED7Cj9mTJI=',
}

type Signed = typeof LITERAL

const delivery = (body: string, signature?: string) => ({
  headers: new Headers(signature === undefined ? {} : { 'x-freshbooks-hmac-sha256': signature }),
  body,
})
const verify = ({ body, signature, verifier }: Signed, now = 0) =>
  webhook.verify(delivery(body, signature), verifier, now)

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Every spelling that differs in the lowest bit of one letter. */
const flipped = (signature: string): string[] =>
  [...signature].flatMap((letter, at) => {
    const other = ALPHABET[ALPHABET.indexOf(letter) ^ 1]
    return letter === '=' || other === undefined ? [] : [`${signature.slice(0, at)}${other}${signature.slice(at + 1)}`]
  })

/** Every text that differs in one bit; the highest bit of a letter would make it none. */
const bitFlipped = (text: string, bits: number): string[] =>
  [...text].flatMap((letter, at) =>
    Array.from({ length: bits }, (_, bit) => {
      const other = String.fromCharCode(letter.charCodeAt(0) ^ (1 << bit))
      return `${text.slice(0, at)}${other}${text.slice(at + 1)}`
    }),
  )

/** Signs any text, for what the published examples do not show. */
const signed = async (verifier: string, body: string, text: string): Promise<Signed> => {
  const utf8 = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', utf8.encode(verifier), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(text)))
  return { verifier, body, signature: btoa(String.fromCharCode(...bytes)) }
}

describe.each([
  ['the vendor’s example', LITERAL],
  ['invoice.create', CREATED],
  ['payment.delete', DELETED],
])('a FreshBooks delivery (%s)', (_name, good) => {
  it('is believed with its signature, at any time: none is signed', async () => {
    expect(await verify(good)).toBe(true)
    expect(await verify(good, 2_000_000_000_000)).toBe(true)
  })

  it('is not believed with one bit of the signature changed, nor with another spelling of the same', async () => {
    const spelt = await Promise.all(flipped(good.signature).map((signature) => verify({ ...good, signature })))
    expect(spelt).toHaveLength(43)
    expect(spelt).not.toContain(true)
    const signatures = bitFlipped(atob(good.signature), 8).map(btoa)
    const results = await Promise.all(signatures.map((signature) => verify({ ...good, signature })))
    expect(results).toEqual(Array(256).fill(false))
  })

  it('is not believed with one bit of the body or of the verifier changed', async () => {
    const bodies = bitFlipped(good.body, 7).map((body) => verify({ ...good, body }))
    const verifiers = bitFlipped(good.verifier, 7).map((verifier) => verify({ ...good, verifier }))
    expect(await Promise.all([...bodies, ...verifiers])).not.toContain(true)
  })

  it('is not believed with one byte of the body changed', async () => {
    const bodies = [...good.body].map(
      (byte, at) => `${good.body.slice(0, at)}${byte === '7' ? '8' : '7'}${good.body.slice(at + 1)}`,
    )
    const results = await Promise.all(bodies.map((body) => verify({ ...good, body })))
    expect(results).not.toContain(true)
  })

  it('is not believed with another verifier, half a signature or none', async () => {
    expect(await verify({ ...good, verifier: `${good.verifier}x` })).toBe(false)
    expect(await verify({ ...good, signature: good.signature.slice(0, 40) })).toBe(false)
    expect(await verify({ ...good, signature: '' })).toBe(false)
    expect(await verify({ ...good, signature: 'not base64!' })).toBe(false)
    expect(await webhook.verify(delivery(good.body), good.verifier, 0)).toBe(false)
  })
})

describe('the signed text', () => {
  it('keeps the order of the body, also of keys that look like numbers', async () => {
    expect(await verify(await signed('v', 'b=1&7=2&a=3', '{"b": "1", "7": "2", "a": "3"}'))).toBe(true)
    expect(await verify(await signed('v', 'b=1&7=2&a=3', '{"7": "2", "b": "1", "a": "3"}'))).toBe(false)
  })

  it('is escaped as Python does it', async () => {
    const body = 'system=https%3A%2F%2Fa.b%2Fc%2Cd&note=%22caf%C3%A9%22+%F0%9F%98%80%5C%0A%7F&empty='
    const text = String.raw`{"system": "https://a.b/c,d", "note": "\"caf\u00e9\" \ud83d\ude00\\\n\u007f", "empty": ""}`
    expect(await verify(await signed('v', body, text))).toBe(true)
  })

  it('is neither the raw body nor compact JSON', async () => {
    const { body, verifier } = LITERAL
    expect(await verify(await signed(verifier, body, body))).toBe(false)
    const compact = JSON.stringify(Object.fromEntries(new URLSearchParams(body)))
    expect(await verify(await signed(verifier, body, compact))).toBe(false)
  })
})

describe('the handshake of a callback', () => {
  const body = 'name=callback.verify&object_id=2001&account_id=6BApk&user_id=1&verifier=scADVVi5QuKuj5'

  it('brings the verifier, which is the secret from then on', () => {
    expect(webhook.handshake?.(delivery(body))).toEqual({ remoteId: '2001', secret: 'scADVVi5QuKuj5' })
    expect(webhook.handshake?.(delivery(`${body}&system=https%3A%2F%2Fx.freshbooks.com`))?.remoteId).toBe('2001')
  })

  it('is nothing else: not a delivery, not half of it, and no news in itself', () => {
    expect(webhook.handshake?.(delivery(CREATED.body))).toBeUndefined()
    expect(webhook.handshake?.(delivery(`${CREATED.body}&verifier=mine`))).toBeUndefined()
    expect(webhook.handshake?.(delivery('name=callback.verify&object_id=2001&verifier='))).toBeUndefined()
    expect(webhook.handshake?.(delivery('name=callback.verify&verifier=abc'))).toBeUndefined()
    expect(webhook.changes(delivery(body), '6BApk')).toEqual([])
  })
})

describe('what a delivery says', () => {
  it.each([
    ['invoice.create', 'invoice'],
    ['invoice.sendByEmail', 'invoice'],
    ['payment.delete', 'payment'],
    ['client.update', 'client'],
    ['bill.create', 'bill'],
    ['bill_vendor.update', 'vendor'],
    ['expense.delete', 'expense'],
    ['item.update', 'item'],
    ['category.create', 'expense-category'],
    ['tax.delete', 'tax'],
  ])('%s means that the %s is read again', (event, type) => {
    const told = delivery(`name=${event}&object_id=77&account_id=6BApk`)
    expect(webhook.changes(told, '6BApk')).toEqual([{ type, id: '77', event }])
    expect(webhook.accounts(told)).toEqual(['6BApk'])
  })

  it('concerns nobody where the noun is unknown or the account another', () => {
    expect(webhook.changes(delivery('name=estimate.create&object_id=1&account_id=6BApk'), '6BApk')).toEqual([])
    expect(webhook.changes(delivery('name=constructor.create&object_id=1&account_id=6BApk'), '6BApk')).toEqual([])
    expect(webhook.changes(delivery(CREATED.body), 'other')).toEqual([])
  })

  it('is not understood where it is not the form', () => {
    expect(webhook.changes(delivery('{"name":"invoice.create","object_id":1}'), '6BApk')).toBeUndefined()
    expect(webhook.changes(delivery('name=invoice.create&account_id=6BApk'), '6BApk')).toBeUndefined()
    expect(webhook.changes(delivery('name=invoice.create&object_id=x1&account_id=6BApk'), '6BApk')).toBeUndefined()
    expect(webhook.changes(delivery(''), '6BApk')).toBeUndefined()
  })

  it('is never a probe: FreshBooks sends none', () => {
    expect(webhook.probe(delivery(''))).toBe(false)
  })
})
