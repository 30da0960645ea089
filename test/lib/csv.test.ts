import { expect, it } from 'vitest'
import { csv } from '../../src/lib/csv'

it('quotes what needs it and ends each line as spreadsheets expect', () => {
  expect(csv([['a', 'b "c"', 'd,e', 'f\ng'], ['1']])).toBe('a,"b ""c""","d,e","f\ng"\r\n1\r\n')
})

it.each(['=1+1', '+1 (555) 010', '-cmd', '@sum', '\tx', '\rx'])('makes %j text, so that nothing runs it', (cell) => {
  expect(csv([[cell]])).toMatch(/^"?'/)
})

it.each(['-12.50', '0', '3'])('leaves the number %s one', (cell) => {
  expect(csv([[cell]])).toBe(`${cell}\r\n`)
})
