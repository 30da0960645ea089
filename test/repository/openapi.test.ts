import { Validator } from '@seriousme/openapi-schema-validator'
import Ajv from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { apiDocument } from '../client/document'

let document: Record<string, unknown>
beforeAll(async () => {
  document = await apiDocument()
}, 30_000)

interface Example {
  at: string
  pointer: string
  example: unknown
}

/** Every schema with an example, by where it stands. Inside an example nothing is a schema. */
const examplesIn = (value: unknown, path: string[] = []): Example[] => {
  if (typeof value !== 'object' || value === null) return []
  const here = 'example' in value ? [{ at: path.join('/'), pointer: pointerTo(path), example: value.example }] : []
  const below = Object.entries(value).filter(([key]) => key !== 'example')
  return [...here, ...below.flatMap(([key, part]) => examplesIn(part, [...path, key]))]
}
const pointerTo = (path: string[]) =>
  path.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

describe('the document of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(structuredClone(document))
    expect([valid, errors]).toEqual([true, undefined])
    expect(validator.version).toBe('3.1')
  })

  it('gives examples that its own schemas take', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false }).addSchema({ $id: 'api:', ...document })
    const examples = examplesIn(document)
    expect(examples.length).toBeGreaterThan(8)
    const refused = examples.filter(({ pointer, example }) => !ajv.validate({ $ref: `api:#${pointer}` }, example))
    expect(refused.map(({ at }) => at)).toEqual([])
  })
})
