import { describe, expect, it } from 'vitest'
import { merge } from '../../src/lib/three-way'

describe('two sides and what they agreed on', () => {
  it.each<[string, string | undefined, string, string, 'same' | 'write' | 'leave' | 'clash']>([
    ['nothing changed', 'a', 'a', 'a', 'same'],
    ['both changed alike', 'a', 'b', 'b', 'same'],
    ['only the source changed', 'a', 'b', 'a', 'write'],
    ['only the target changed', 'a', 'a', 'b', 'leave'],
    ['both changed', 'a', 'b', 'c', 'clash'],
    ['the source was cleared', 'a', '', 'a', 'write'],
    ['never agreed, a gap there', undefined, 'b', '', 'write'],
    ['never agreed, a gap here', undefined, '', 'b', 'leave'],
    ['never agreed, two texts', undefined, 'b', 'c', 'clash'],
  ])('%s', (_what, base, source, target, step) => {
    const merged = merge(base === undefined ? null : { f: base }, { f: source }, { f: target }, 'ask')
    expect(merged).toEqual({
      write: step === 'write' ? { f: source } : {},
      agreed: { f: source },
      clashes: step === 'clash' ? ['f'] : [],
    })
  })

  it('where both changed, the one that is right wins', () => {
    expect(merge({ f: 'a' }, { f: 'b' }, { f: 'c' }, 'source')).toEqual({
      write: { f: 'b' },
      agreed: { f: 'b' },
      clashes: [],
    })
    expect(merge({ f: 'a' }, { f: 'b' }, { f: 'c' }, 'target')).toEqual({ write: {}, agreed: { f: 'b' }, clashes: [] })
  })
})
