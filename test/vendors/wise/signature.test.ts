import { describe, expect, it } from 'vitest'
import type { Environment } from '../../../src/core/vendor'
import { toHex } from '../../../src/lib/bytes'
import { wise } from '../../../src/vendors/wise'
import { GENUINE } from './genuine'

const keyOf = (environment: Environment, settings: object = {}) =>
  wise.webhook?.publicKey?.({ environment, settings }) ?? ''
const SANDBOX = keyOf('sandbox')

const verify = (body: string, headers: Record<string, string>, key = SANDBOX, now = Date.now()) =>
  wise.webhook?.verify({ body, headers: new Headers(headers) }, key, now)

const signed = (body: string, signature: string, key = SANDBOX) =>
  verify(body, { 'x-signature-sha256': signature }, key)

/** The same text with one bit of its `at`th byte turned. */
const turned = (text: string, at: number, bit = 0): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1)

describe('the signature of Wise', () => {
  it('of a genuine delivery is taken with the key of its environment, and of no other', async () => {
    expect(await signed(GENUINE.body, GENUINE.signature)).toBe(true)
    expect(await signed(GENUINE.body, GENUINE.signature, keyOf('production'))).toBe(false)
  })

  it('is never too old: Wise tries for two weeks', async () => {
    const headers = { 'x-signature-sha256': GENUINE.signature }
    for (const now of [0, Date.parse('2022-02-23T19:22:53Z'), Date.parse('2036-01-01')])
      expect(await verify(GENUINE.body, headers, SANDBOX, now)).toBe(true)
  })

  it('fails with one bit changed in any byte of the body', async () => {
    for (let at = 0; at < GENUINE.body.length; at += 1)
      expect(await signed(turned(GENUINE.body, at), GENUINE.signature), `byte ${at}`).toBe(false)
  })

  it('fails with one byte more or less', async () => {
    const { body, signature } = GENUINE
    for (const other of [`${body} `, ` ${body}`, `${body}\n`, body.slice(1), body.slice(0, -1), ''])
      expect(await signed(other, signature)).toBe(false)
  })

  it('fails with one bit changed in any byte of the signature', async () => {
    const bytes = atob(GENUINE.signature)
    for (let at = 0; at < bytes.length; at += 1)
      expect(await signed(GENUINE.body, btoa(turned(bytes, at, at % 8))), `byte ${at}`).toBe(false)
  })

  it('fails with any other letter at its end, although that decodes to the same bytes', async () => {
    const { body, signature } = GENUINE
    expect(signature.endsWith('Q==')).toBe(true)
    for (const letter of 'ABCPRSTabc019+/')
      expect(await signed(body, `${signature.slice(0, -3)}${letter}==`)).toBe(false)
  })

  it.each([
    ['one digit of the subscription', GENUINE.body.replace('"00000000-0000-0000-0000-', '"00000000-0000-0008-8000-')],
    [
      'the body written anew with spaces',
      JSON.stringify(JSON.parse(GENUINE.body)).replaceAll(',', ', ').replaceAll('":', '": '),
    ],
  ])('fails with %s', async (_, body) => {
    expect(body).not.toBe(GENUINE.body)
    expect(await signed(body, GENUINE.signature)).toBe(false)
  })

  it.each([
    ['nothing', ''],
    ['what is not base64', '%%%'],
    ['base64 of something else', btoa('x'.repeat(256))],
    ['a cut one', GENUINE.signature.slice(0, 40)],
  ])('fails where it is %s', async (_, signature) => {
    expect(await signed(GENUINE.body, signature)).toBe(false)
  })

  it('is not looked for in the header of SHA-1', async () => {
    expect(await verify(GENUINE.body, { 'x-signature': GENUINE.signature })).toBe(false)
    expect(await verify(GENUINE.body, {})).toBe(false)
  })

  it.each([[''], ['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'], ['nonsense']])(
    'fails, and nothing breaks, with a key that is none: %j',
    async (key) => {
      expect(await signed(GENUINE.body, GENUINE.signature, key)).toBe(false)
    },
  )
})

describe('the keys that are built in', () => {
  it.each([
    ['production', 'e86411cd96968b70488a1c11dcd22907075dfd25299800578c405c9010a0834a'],
    ['sandbox', '30bfe2d6312e1b03eedca03db05ee5d0ba3b57e648757b57d0d89a593f710edf'],
  ] as const)('are those that Wise publishes for %s', async (environment, print) => {
    const der = atob(keyOf(environment).replace(/-----[^-]+-----|\s/g, ''))
    const bytes = Uint8Array.from(der, (byte) => byte.charCodeAt(0))
    expect(toHex(await crypto.subtle.digest('SHA-256', bytes))).toBe(print)
  })

  it('give way to the one in the settings', () => {
    const webhookPublicKey = '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----'
    expect(keyOf('production', { webhookPublicKey, profileId: '1' })).toBe(webhookPublicKey)
    expect(keyOf('production', { profileId: '1' })).toBe(keyOf('production'))
  })
})
