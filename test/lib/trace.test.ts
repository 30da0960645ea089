import { describe, expect, it } from 'vitest'
import { trace } from '../../src/lib/trace'

describe('what the log says of an error', () => {
  it('is where it happened, and never its message', () => {
    const said = trace(new TypeError('Failed query: select ? params: marker-secret\nparams again: marker-secret'))
    expect(said).toMatch(/^TypeError at /)
    expect(said).not.toContain('marker-secret')
  })

  it('is only the kind of a thing that is no error', () => {
    expect(trace('marker-secret')).toBe('string')
  })
})
