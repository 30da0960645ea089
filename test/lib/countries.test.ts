import { expect, it } from 'vitest'
import { countryCode, countryName } from '../../src/lib/countries'

it.each([
  ['Australia', 'AU'],
  ['new  zealand', 'NZ'],
  ['us', 'US'],
  ['USA', 'US'],
  ['UK', 'GB'],
  ['Narnia', ''],
  ['', ''],
])('the country "%s" is "%s"', (text, code) => {
  expect(countryCode(text)).toBe(code)
})

it('has its name in English, and reads back from it', () => {
  for (const code of ['AU', 'NZ', 'US', 'GB', 'HK', 'CZ', 'TR', 'DE']) expect(countryCode(countryName(code))).toBe(code)
})
