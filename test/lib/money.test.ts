import { describe, expect, it } from 'vitest'
import { jsonNumber } from '../../src/lib/json'
import {
  abs,
  add,
  atMost,
  decimalsOf,
  divide,
  fromJson,
  fromMinor,
  isZero,
  multiply,
  round,
  same,
  show,
  subtract,
} from '../../src/lib/money'

describe('money is decimal text', () => {
  it('adds what floating point cannot', () => {
    expect(add('0.1', '0.2')).toBe('0.3')
    expect(subtract('448.40', '448.39')).toBe('0.01')
    expect(add()).toBe('0')
  })

  it('rounds half away from zero', () => {
    expect(round('2.345', 2)).toBe('2.35')
    expect(round('-2.345', 2)).toBe('-2.35')
    expect(round(multiply('4495.16', '0.09975'), 2)).toBe('448.39')
  })

  it('knows currencies with no, two and three decimals', () => {
    expect(fromMinor('1234', 0)).toBe('1234')
    expect(fromMinor('1234', 2)).toBe('12.34')
    expect(fromMinor('1234', 3)).toBe('1.234')
    expect(fromMinor('-5', 2)).toBe('-0.05')
  })

  it('compares by value, not by text', () => {
    expect(same('40', '40.00')).toBe(true)
    expect(isZero('0.000')).toBe(true)
    expect(decimalsOf('1.2300')).toBe(2)
  })

  it('divides to a number of digits, and measures against a limit', () => {
    expect(divide('33.33', '3', 4)).toBe('11.11')
    expect(divide('-1', '8', 2)).toBe('-0.13')
    expect(atMost(abs('-0.01'), '0.01')).toBe(true)
    expect(atMost('0.02', '0.01')).toBe(false)
  })

  it('shows at least two digits and never hides one', () => {
    expect(show('40')).toBe('40.00')
    expect(show('1.234')).toBe('1.234')
  })

  it('goes into JSON digit for digit and comes back', () => {
    expect(JSON.stringify({ Price: jsonNumber('0.10') })).toBe('{"Price":0.10}')
    expect(JSON.stringify({ Price: jsonNumber('9007199254740993.07') })).toBe('{"Price":9007199254740993.07}')
    expect(fromJson(448.39)).toBe('448.39')
    expect(fromJson('1436.50')).toBe('1436.5')
  })
})
