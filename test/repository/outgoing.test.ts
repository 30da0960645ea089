import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../../src')

/** Where the Worker calls out: a vendor's API, a token endpoint, a target of alerts. */
const DOORS = ['edge/alert-delivery.ts', 'grant/token-endpoint.ts', 'tenant/session.ts']

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }))

it('calls leave by three doors, and none of them follows a redirect to where nobody has looked', () => {
  const calling = sources.filter(({ text }) => /(?<![.#\w])fetch\(/.test(text))
  expect(calling.map(({ file }) => file).sort()).toEqual(DOORS)
  expect(calling.filter(({ text }) => !text.includes("redirect: 'manual'")).map(({ file }) => file)).toEqual([])
})

it('no call leaves a timer behind, which would keep an object awake', () => {
  expect(sources.filter(({ text }) => text.includes('AbortSignal.timeout(')).map(({ file }) => file)).toEqual([])
})
