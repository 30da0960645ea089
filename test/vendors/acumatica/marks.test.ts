import { describe, expect, it } from 'vitest'
import { digest } from '../../../src/lib/digest'
import { contentOf, markOf, stamped, stampIn } from '../../../src/vendors/acumatica/marks'
import { refuseNotTaken } from '../../../src/vendors/acumatica/taken'
import { failureOf } from './scripted'

describe('the mark of a record of ours', () => {
  it('is short, and another one for each source, variant and generation', async () => {
    const mark = await markOf('mlc:acumatica-cin7/purchase-to-bill:1:1:g1')
    expect(mark).toMatch(/^mlc:[0-9a-f]{16}$/)
    expect(await markOf('mlc:acumatica-cin7/purchase-to-bill:1:1:g2')).not.toBe(mark)
  })

  it('stands at the end of a text, whatever its length, and is found there', async () => {
    const mark = await markOf('x')
    const content = await contentOf({ total: '1' })
    for (const text of ['', 'PO-1', 'x'.repeat(200)]) {
      const whole = stamped(text, mark, content, 60)
      expect(whole.length).toBeLessThanOrEqual(60)
      expect(stampIn(whole)).toEqual({ mark, content })
    }
    expect(stamped('', mark, content, 60)).toBe(`${mark}.${content}`)
    expect(stampIn(`${mark}.${content} and more`)).toBeUndefined()
    expect(stampIn('PO-1')).toBeUndefined()
  })

  it('tells contents apart, whatever the order of their fields', async () => {
    expect(await contentOf({ a: '1', b: '2' })).toBe(await contentOf({ b: '2', a: '1' }))
    expect(await contentOf({ a: '1' })).not.toBe(await contentOf({ a: '2' }))
  })
})

describe('a digest', () => {
  it('is the FNV-1a of the text', () => {
    expect(digest('')).toBe('cbf29ce484222325')
    expect(digest('a')).toBe('af63dc4c8601ec8c')
    expect(digest('foobar')).toBe('85944171f73967e8')
  })
})

describe('what was sent and is not shown', () => {
  const check = (fields: [string, string, string][]) =>
    failureOf((async () => refuseNotTaken('vendor ACME01', fields))())

  it('is said, field by field', async () => {
    expect(
      await check([
        ['Terms', '30D', '30D'],
        ['CurrencyID', 'EUR', 'USD'],
        ['Status', 'Inactive', ''],
      ]),
    ).toMatchObject({
      kind: 'rejected',
      code: 'acumatica_not_taken',
      message: 'Acumatica saved vendor ACME01 without CurrencyID "EUR" (shows "USD"), Status "Inactive" (shows "")',
    })
  })

  it('is nothing where it is only written otherwise, or was not sent', () => {
    expect(() =>
      refuseNotTaken('x', [
        ['Vendor', 'acme01', 'ACME01 '],
        ['Terms', '', '30D'],
      ]),
    ).not.toThrow()
  })
})
