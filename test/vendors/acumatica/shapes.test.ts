import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { date, decimal, flag, id, linked, stamp, text, whole } from '../../../src/vendors/acumatica/shapes'
import { wrapped } from '../../../src/vendors/acumatica/wrap'

describe('a field', () => {
  it.each([
    ['text', text, { value: 'ACME01    ' }, 'ACME01'],
    ['empty text', text, {}, ''],
    ['text that is null inside', text, { value: null }, ''],
    ['a decimal', decimal, { value: 42.5 }, '42.5'],
    ['a decimal with zeros', decimal, { value: '100.000000' }, '100'],
    ['an empty decimal', decimal, {}, '0'],
    ['a large decimal', decimal, { value: 123456789012.34 }, '123456789012.34'],
    ['a flag', flag, { value: true }, true],
    ['an empty flag', flag, {}, false],
    ['a number', whole, { value: 3 }, 3],
    ['an empty number', whole, {}, 0],
    ['an empty date', date, {}, ''],
    ['an empty stamp', stamp, {}, ''],
  ])('%s', (_, shape: z.ZodType, given, meant) => {
    const read = shape.parse(given)
    expect(read).toBe(meant)
    expect(shape.parse(read)).toBe(meant)
  })

  it.each([
    ['text', text],
    ['decimal', decimal],
    ['flag', flag],
    ['date', date],
    ['stamp', stamp],
  ])('that was not returned is not taken for empty: %s', (_, shape: z.ZodType) => {
    const record = z.object({ Field: shape })
    expect(record.safeParse({ Field: null }).success).toBe(false)
    expect(record.safeParse({}).success).toBe(false)
  })

  it('is not anything else either', () => {
    expect(text.safeParse({ value: 7 }).success).toBe(false)
    expect(decimal.safeParse({ value: '1,000.00' }).success).toBe(false)
    expect(date.safeParse({ value: '10/18/2021' }).success).toBe(false)
    expect(stamp.safeParse({ value: '2025-03-04T09:15:27' }).success).toBe(false)
  })
})

describe('a business date', () => {
  it.each(['2025-03-04T00:00:00-05:00', '2025-03-04T00:00:00+13:00', '2025-03-04T00:00:00+00:00', '2025-03-04'])(
    'is the day that is written, whatever its offset: %s',
    (value) => expect(date.parse({ value })).toBe('2025-03-04'),
  )
})

describe('an instant', () => {
  it.each([
    ['2025-03-04T09:15:27.42-05:00', '2025-03-04T14:15:27.4200000Z'],
    ['2025-03-04T09:15:27-05:00', '2025-03-04T14:15:27.0000000Z'],
    ['2025-03-04T14:15:27.4205671+00:00', '2025-03-04T14:15:27.4205671Z'],
    ['2025-12-31T23:30:00.1+13:00', '2025-12-31T10:30:00.1000000Z'],
  ])('is comparable as text: %s', (value, meant) => {
    expect(stamp.parse({ value })).toBe(meant)
    expect(stamp.parse(meant)).toBe(meant)
  })
})

describe('what is linked', () => {
  it('is null where it was not returned', () => {
    const contact = linked(z.object({ Email: text }))
    expect(contact.parse(null)).toBeNull()
    expect(contact.parse(undefined)).toBeNull()
    expect(contact.parse({ Email: { value: 'ap@acme.example' } })).toEqual({ Email: 'ap@acme.example' })
  })

  it('is known by an id in one spelling', () => {
    expect(id.parse('5B0C1F57-0A51-EF11-8D2A-00155D010203')).toBe('5b0c1f57-0a51-ef11-8d2a-00155d010203')
  })
})

describe('what is sent', () => {
  it('has each value in an object of its own; null clears, undefined is left alone', () => {
    const body = {
      Type: 'Bill',
      Hold: false,
      DueDate: null,
      Terms: undefined,
      MainContact: { Email: 'ap@acme.example', Address: { Country: 'US' } },
      Details: [
        { Qty: '1', UnitCost: '42.50' },
        { id: 'c7a4b7d2-0c51-ef11-8d2a-00155d010203', delete: true },
      ],
    }
    expect(wrapped(body)).toEqual({
      Type: { value: 'Bill' },
      Hold: { value: false },
      DueDate: { value: null },
      MainContact: { Email: { value: 'ap@acme.example' }, Address: { Country: { value: 'US' } } },
      Details: [
        { Qty: { value: '1' }, UnitCost: { value: '42.50' } },
        { id: 'c7a4b7d2-0c51-ef11-8d2a-00155d010203', delete: true },
      ],
    })
  })
})
