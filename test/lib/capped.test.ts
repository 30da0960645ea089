import { expect, it } from 'vitest'
import { readCapped } from '../../src/lib/bytes'

const LIMIT = 8

/** With its length, as most come, and in pieces without. */
const forms = (text: string, headers: Record<string, string> = {}) => {
  const bytes = new TextEncoder().encode(text)
  const pieces = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })
  return [
    new Response(text, { headers: { 'content-length': String(bytes.length), ...headers } }),
    new Response(pieces, { headers }),
  ]
}

it('a body is read up to the limit, whether its length is said or not', async () => {
  for (const form of forms('acht: ü!')) expect(await readCapped(form, 9)).toBe('acht: ü!')
  for (const form of forms('acht: ü!')) expect(await readCapped(form, LIMIT)).toBeUndefined()
  expect(await readCapped(new Response(null), LIMIT)).toBe('')
})

it('the length of what was packed says nothing of what comes out of it', async () => {
  const unpacked = new Response('much more than four', {
    headers: { 'content-length': '4', 'content-encoding': 'gzip' },
  })
  expect(await readCapped(unpacked, LIMIT)).toBeUndefined()
})

it('a length that is no number is not believed', async () => {
  expect(
    await readCapped(new Response('much more than four', { headers: { 'content-length': '4, 4' } }), LIMIT),
  ).toBeUndefined()
})
