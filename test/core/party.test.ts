import { expect, it } from 'vitest'
import { partyTexts, withAddressOf } from '../../src/core/party'

const party = {
  code: 'A',
  name: ' Bayside  Ltd ',
  attention: 'bayside ltd',
  email: '',
  phone: '1'.repeat(60),
  website: '',
  line1: '1 Rd',
  line2: '',
  city: 'Perth',
  state: '',
  postcode: '',
  country: 'AU',
}

it('a party is told in one writing: plain spaces, cut at what both hold, a contact that is called like it is nobody', () => {
  expect(partyTexts(party, true)).toMatchObject({
    name: 'Bayside Ltd',
    attention: '',
    phone: `${'1'.repeat(49)}…`,
    city: 'Perth',
    active: 'true',
  })
})

it('an address without street or country is none, and is never taken from the other side', () => {
  const none = partyTexts({ ...party, line1: '' }, undefined)
  expect(none).toMatchObject({ city: '', country: '' })
  expect(none).not.toHaveProperty('active')
  expect(withAddressOf(none, partyTexts(party, undefined))).toMatchObject({
    line1: '1 Rd',
    city: 'Perth',
    country: 'AU',
  })
})
