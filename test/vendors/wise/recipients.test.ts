import { describe, expect, it } from 'vitest'
import { checkForm, fitReference, matches } from '../../../src/vendors/wise/form-check'
import { checkName, checkRecipient } from '../../../src/vendors/wise/recipient-check'
import { recipientLike } from '../../../src/vendors/wise/recipient-match'
import { answerTo, doubtOf, RecipientProfile, RecipientShape } from '../../../src/vendors/wise/recipient-shapes'
import {
  acceptNameCall,
  createRecipientCall,
  profileHash,
  recipientStep,
  retireStep,
} from '../../../src/vendors/wise/recipients'
import { readTransferForms } from '../../../src/vendors/wise/requirements'
import { field, form, QUOTE_ID } from './samples'
import { answer, answering, failureOf, PROFILE, scripted } from './scripted'

const ADDRESS = { country: 'DE', city: 'Berlin', firstLine: 'Lindenweg 3', postCode: '10115' }

const profile = (over: object = {}) =>
  RecipientProfile.parse({
    type: 'iban',
    currency: 'EUR',
    accountHolderName: 'Lena Fischer',
    legalType: 'PRIVATE',
    details: { IBAN: 'DE89370400440532013000', address: ADDRESS },
    ...over,
  })

const FORMS = `/v1/quotes/${QUOTE_ID}/account-requirements`
const LEGAL = field('legalType', { words: ['PRIVATE', 'BUSINESS'] })
const HOLDER = field('accountHolderName', {
  least: 2,
  most: 140,
  pattern: "^[0-9A-Za-zÀ-ÖØ-öø-ÿ-_()'*,.\\s]{2,140}$",
})
const IBAN = field('IBAN', { least: 15, most: 34, pattern: '[A-Z]{2}[0-9A-Z ]+' })
const COUNTRY = field('address.country', { refresh: true, words: ['DE', 'US'] })
const STATE = field('address.state', { least: 2 })

const checked = async (over: object, forms: object[], more = forms) => {
  const { api, calls } = answering({ [`GET ${FORMS}`]: forms, [`POST ${FORMS}`]: more })
  return { problems: await checkRecipient(api, QUOTE_ID, profile(over)), calls }
}

describe('bank details, against what Wise asks for on a route', () => {
  it('are taken where every answer fits', async () => {
    const { problems, calls } = await checked({}, [form('swift_code'), form('iban', LEGAL, HOLDER, IBAN)])
    expect(problems).toEqual([])
    expect(calls).toMatchObject([{ method: 'GET', path: FORMS, headers: { 'accept-minor-version': '1' } }])
  })

  it('are refused field by field, all at once', async () => {
    const over = { details: { IBAN: 'DE8', address: { country: 'FR' } } }
    const { problems } = await checked(over, [form('iban', LEGAL, HOLDER, IBAN, COUNTRY, field('address.city'))])
    expect(problems).toEqual([
      { key: 'IBAN', message: 'IBAN: needs at least 15 characters' },
      { key: 'address.country', message: 'address.country: must be one of: DE, US' },
      { key: 'address.city', message: 'address.city: is missing' },
    ])
  })

  it('are asked on where an answer brings another question', async () => {
    const first = form('iban', LEGAL, HOLDER, IBAN, COUNTRY)
    const { problems, calls } = await checked({}, [first], [form('iban', LEGAL, HOLDER, IBAN, COUNTRY, STATE)])
    expect(problems).toEqual([{ key: 'address.state', message: 'address.state: is missing' }])
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST'])
    expect(calls[1]).toMatchObject({
      body: { type: 'iban', details: { legalType: 'PRIVATE', IBAN: 'DE89370400440532013000', address: ADDRESS } },
      headers: { 'accept-minor-version': '1' },
    })
  })

  it('are not asked for ever', async () => {
    let round = 0
    const { api, calls } = scripted(() => {
      round += 1
      return answer(200, [form('iban', COUNTRY, field(`extra${round}`, { required: false }))])
    })
    expect(await checkRecipient(api, QUOTE_ID, profile())).toEqual([])
    expect(calls).toHaveLength(5)
  })

  it('by a way that the route does not have are told which there are', async () => {
    const { problems } = await checked({ type: 'sort_code' }, [form('iban'), form('swift_code')])
    expect(problems).toEqual([
      { key: 'type', message: 'Wise does not pay by "sort_code" on this route, but by: iban, swift_code' },
    ])
  })

  it('know their type whatever its spelling', async () => {
    expect((await checked({ type: 'iban' }, [form('IBAN', IBAN)])).problems).toEqual([])
  })
})

describe('one answer to a form', () => {
  const of = (asked: Parameters<typeof field>[1], value: string | undefined) => {
    const { api } = answering({ 'POST /v1/transfer-requirements': [form('transfer', field('x', asked))] })
    return readTransferForms(api, { recipient: '1', quote: QUOTE_ID, details: {} }).then(([only]) =>
      only ? checkForm(only, () => value).map(({ message }) => message) : [],
    )
  }

  it.each([
    [{}, undefined, ['x: is missing']],
    [{}, '   ', ['x: is missing']],
    [{ required: false }, undefined, []],
    [{ required: false, least: 3 }, 'ab', ['x: needs at least 3 characters']],
    [{ most: 3 }, 'abcd', ['x: takes at most 3 characters']],
    [{ words: ['A', 'B'] }, 'C', ['x: must be one of: A, B']],
    [{ words: ['A', 'B'] }, 'B', []],
    [{ pattern: '[0-9]+' }, '12a', ['x: is not in the form that Wise wants']],
    [{ pattern: '^[0-9]+$' }, '12', []],
    [{ pattern: '(?<broken' }, 'anything', []],
  ])('%j %j: %j', async (asked, value, problems) => {
    expect(await of(asked, value)).toEqual(problems)
  })

  it('fits an expression as a whole, anchored or not', () => {
    expect(matches({ validationRegexp: '[a-z]*' }, 'abc1')).toBe(false)
    expect(matches({ validationRegexp: 'a|b' }, 'ab')).toBe(false)
    expect(matches({ validationRegexp: null }, 'ab')).toBe(true)
  })
})

describe('the name of an account holder', () => {
  it.each([
    ['Lena Fischer', 'PRIVATE', 0],
    ["Jean-Luc d'Été", 'PRIVATE', 0],
    ['Lena', 'PRIVATE', 1],
    ['Lena F', 'PRIVATE', 1],
    ['Lena Fischer 2', 'PRIVATE', 1],
    ['Fischer & Sohn', 'BUSINESS', 1],
    ['Fischer 2 GmbH', 'BUSINESS', 0],
    ['Acme', 'BUSINESS', 0],
    ['Łukasz Nowak', 'PRIVATE', 1],
  ] as const)('%s (%s)', (accountHolderName, legalType, problems) => {
    expect(checkName(profile({ accountHolderName, legalType }))).toHaveLength(problems)
  })

  it('is told once, though the form asks for it as well', async () => {
    const { problems } = await checked({ accountHolderName: 'Fischer & Sohn' }, [form('iban', HOLDER)])
    expect(problems).toHaveLength(1)
  })
})

describe('the reference that a recipient reads', () => {
  const fitted = async (asked: Parameters<typeof field>[1], wanted: string) => {
    const { api } = answering({ 'POST /v1/transfer-requirements': [form('transfer', field('reference', asked))] })
    return fitReference(await readTransferForms(api, { recipient: '1', quote: QUOTE_ID, details: {} }), wanted)
  }

  it.each([
    [{ most: 10, pattern: '[a-zA-Z0-9- ]*' }, 'INV-1042', 'INV-1042'],
    [{ most: 10, pattern: '[a-zA-Z0-9- ]*' }, 'Invoice 2026/1042', 'Invoice 20'],
    [{ most: 10, pattern: '[a-zA-Z0-9- ]*' }, 'R#1042', 'R 1042'],
    [{ pattern: '[a-zA-Z0-9]*' }, 'INV-1042', 'INV1042'],
    [{ pattern: '[0-9]{27}' }, 'INV-1042', ''],
    [{ most: 100 }, 'Ünï 1', 'Ünï 1'],
  ])('%j: %s becomes %j', async (asked, wanted, reference) => {
    expect(await fitted(asked, wanted)).toBe(reference)
  })

  it('stays as it is where the route says nothing of it', () => {
    expect(fitReference([], 'INV/1')).toBe('INV/1')
  })
})

describe('a recipient', () => {
  it('is made of a profile in the words of Wise', () => {
    expect(createRecipientCall({ account: PROFILE }, profile())).toEqual({
      method: 'POST',
      path: '/v1/accounts',
      route: '/v1/accounts',
      body: {
        profile: 14599371,
        currency: 'EUR',
        type: 'iban',
        accountHolderName: 'Lena Fischer',
        ownedByCustomer: false,
        details: { legalType: 'PRIVATE', IBAN: 'DE89370400440532013000', address: ADDRESS },
      },
    })
  })

  it('is another one with any other detail, and the same in any order', async () => {
    const reordered = {
      details: { address: Object.fromEntries(Object.entries(ADDRESS).reverse()), IBAN: 'DE89370400440532013000' },
    }
    expect(await profileHash(profile(reordered))).toBe(await profileHash(profile()))
    expect(await profileHash(profile({ details: { IBAN: 'DE89370400440532013001' } }))).not.toBe(
      await profileHash(profile()),
    )
  })

  it('answers by key, and by nothing that it only inherits', () => {
    expect(answerTo(profile(), 'address.city')).toBe('Berlin')
    expect(answerTo(profile(), 'IBAN')).toBe('DE89370400440532013000')
    expect(answerTo(profile(), 'IBAN.city')).toBeUndefined()
    expect(answerTo(profile(), 'address')).toBeUndefined()
    expect(answerTo(profile(), 'constructor.name')).toBeUndefined()
  })

  const shown = (over: object) => RecipientShape.parse({ id: 1, active: true, currency: 'EUR', ...over })
  const outcome = (over: object) => ({
    outcome: 'PARTIAL_FAILURE',
    message: 'Known as L. Fisher',
    requiresCustomerAcceptance: true,
    ...over,
  })

  it.each([
    [{}, ''],
    [{ confirmations: null }, ''],
    [
      {
        confirmations: {
          acceptedOutcomes: false,
          outcomes: [outcome({ outcome: 'SUCCESS', requiresCustomerAcceptance: false })],
        },
      },
      '',
    ],
    [{ confirmations: { acceptedOutcomes: true, outcomes: [outcome({})] } }, ''],
    [{ confirmations: { acceptedOutcomes: false, outcomes: [outcome({})] } }, 'Known as L. Fisher'],
    [
      { confirmations: { acceptedOutcomes: false, outcomes: [outcome({ message: null, outcome: 'FAILURE' })] } },
      'FAILURE',
    ],
  ])('whose name the bank doubts waits for a person: %j', (over, doubt) => {
    expect(doubtOf(shown(over))).toBe(doubt)
  })

  it('is accepted by a person under the name of the bank', () => {
    expect(acceptNameCall('40000417')).toMatchObject({
      method: 'PATCH',
      path: '/v2/accounts/40000417/confirmations',
      body: { acceptedOutcomes: true },
    })
  })

  it('is retired once: what is inactive is not deleted again', async () => {
    const step = (active: boolean) => retireStep(answering({ 'GET /v2/accounts/1': shown({ active }) }).api, '1')
    expect(step(true).call('key')).toMatchObject({ method: 'DELETE', path: '/v2/accounts/1' })
    expect(await step(false).find?.()).toEqual({ active: false })
    expect(await step(true).find?.()).toBeNull()
    expect(step(true).answer.parse(undefined)).toEqual({ active: false })
  })
})

describe('a recipient whose answer was lost', () => {
  const newer = (id: number, over: object = {}) => ({
    id,
    active: true,
    currency: 'EUR',
    name: { fullName: 'Lena Fischer' },
    details: { reference: null, iban: 'DE89 3704 0044 0532 0130 00' },
    ...over,
  })
  const older = (id: number) => ({
    id,
    active: true,
    currency: 'EUR',
    accountHolderName: 'Lena Fischer',
    details: { IBAN: 'DE89370400440532013000', sortCode: null },
  })

  const like = async (content: object[]) => {
    const { api, calls } = answering({ 'GET /v2/accounts': { content, seekPositionForNext: 0 } })
    return { found: await recipientLike(api, profile()), calls }
  }

  it.each([
    ['2026', newer(7)],
    ['older', older(7)],
  ])('is the one with the same name and account, in the %s shape', async (_, row) => {
    const { found, calls } = await like([row])
    expect(found).toMatchObject({ id: '7', active: true })
    expect(calls[0]?.query).toMatchObject({ profileId: PROFILE, currency: 'EUR' })
  })

  it('is the newest of several', async () => {
    expect((await like([newer(9), newer(10), newer(8)])).found).toMatchObject({ id: '10' })
  })

  it.each([
    ['of another name', newer(7, { name: { fullName: 'Lena Fischers' } })],
    ['of another account', newer(7, { details: { iban: 'DE75512108001245126199' } })],
    ['that is not active', newer(7, { active: false })],
    ['that shows no details', newer(7, { details: null })],
  ])('is none %s', async (_, row) => {
    expect((await like([row])).found).toBeNull()
  })

  it('is none where a profile has nothing to know it by', async () => {
    const { api } = answering({ 'GET /v2/accounts': { content: [newer(7)], seekPositionForNext: null } })
    expect(await recipientLike(api, profile({ details: { address: ADDRESS } }))).toBeNull()
  })

  it('is looked for before it is made again', async () => {
    const { api } = answering({ 'GET /v2/accounts': { content: [newer(7)], seekPositionForNext: null } })
    expect(await recipientStep(api, profile()).find?.()).toMatchObject({ id: '7' })
  })

  it('is never guessed where the list cannot be read', async () => {
    const { api } = answering({ 'GET /v2/accounts': answer(403, { error: 'Forbidden', message: 'no' }) })
    expect(await failureOf(recipientLike(api, profile()))).toMatchObject({ code: 'wise_forbidden' })
  })
})
