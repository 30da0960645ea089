import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const WAVE = resolve(import.meta.dirname, '../../src/vendors/wave')

describe('what is written to Wave', () => {
  it('stands in one file: no other document of the vendor mutates', () => {
    const mutating = readdirSync(WAVE).filter((file) =>
      /^\s*mutation\s+\w*\s*[({]/m.test(readFileSync(join(WAVE, file), 'utf8')),
    )
    expect(mutating).toEqual(['mutations.ts'])
  })
})
