import { beforeAll, describe, expect, it } from 'vitest'
import { type Office, openOffice, settings } from '../../support/office'
import { passTime } from '../../support/time'
import { newTenant, problemsOf, refusedAs, rowsOf } from './support'

const INVOICES = 'wave-cin7/invoice-to-sale'

let office: Office
let base: string
beforeAll(async () => {
  office = await openOffice()
  base = `/v1/tenants/${office.tenant}/integrations`
})

const wanted = (over: Record<string, unknown> = {}) => ({
  pair: 'wave-cin7',
  sourceConnection: office.wave.connection,
  targetConnection: office.cin7.connection,
  settings: settings(),
  startDate: '2026-01-01',
  ...over,
})

/** The same pair between the same connections is there already: what comes through all checks is 409. */
const make = (over: Record<string, unknown> = {}) => office.admin.ask('POST', base, wanted(over))
const PASSED = refusedAs(409, 'integration_exists')

describe('settings that Cin7 cannot follow', () => {
  it.each([
    ['an account that is not there', { accountReceivable: '4999' }, { accountReceivable: 'Cin7 has no account 4999' }],
    [
      'an account that is not receivable',
      { accountReceivable: '714' },
      { accountReceivable: 'Cin7 account 714 (Petty cash) cannot be used for: receivable' },
    ],
    [
      'an account that is not for revenue',
      { revenueAccount: '404' },
      { revenueAccount: 'Cin7 account 404 (Bank Fees) cannot be used for: revenue' },
    ],
    ['an archived account', { revenueAccount: '899' }, { revenueAccount: 'Cin7 account 899 is inactive' }],
    ['an unknown tax rule', { taxRule: 'VAT' }, { taxRule: 'Cin7 has no tax VAT' }],
    [
      'a tax rule for purchases',
      { taxRule: 'Tax on Purchases' },
      { taxRule: expect.stringMatching(/^Cin7 tax "Tax on Purchases" .*cannot be used for: sale$/) },
    ],
    ['an inactive tax rule', { noTaxRule: 'Old Tax' }, { noTaxRule: 'Cin7 tax "Old Tax" is inactive' }],
    ['an unknown term', { paymentTerm: '7 days' }, { paymentTerm: 'Cin7 has no term "7 days"' }],
    ['an inactive term', { paymentTerm: 'cash' }, { paymentTerm: 'Cin7 term cash is inactive' }],
    ['an unknown location', { location: 'Attic' }, { location: 'Cin7 has no location Attic' }],
    [
      'a deprecated location',
      { location: 'Closed Warehouse' },
      { location: 'Cin7 location "Closed Warehouse" is inactive' },
    ],
    [
      'a product that is not a service',
      { chargeProduct: 'Baked Bread' },
      { chargeProduct: 'Cin7 has no service "Baked Bread"' },
    ],
    ['a discount account', { discountAccount: '4998' }, { discountAccount: 'Cin7 has no account 4998' }],
    [
      'a rounding account',
      { rounding: { account: '4997', limit: '0.05' } },
      { 'rounding.account': 'Cin7 has no account 4997' },
    ],
  ])('are 422 with the place and a sentence: %s', async (_, over, problems) => {
    const expected = Object.entries(problems).map(([name, message]) => [`settings.${name}`, message])
    expect(Object.entries(problemsOf(await make({ settings: settings(over) })))).toEqual(expected)
  })

  it('are named all at once', async () => {
    const wrong = { accountReceivable: '1', taxRule: '2', paymentTerm: '3', location: '4', chargeProduct: '5' }
    const answer = await make({ settings: settings(wrong) })
    expect(Object.keys(problemsOf(answer)).sort()).toEqual(
      Object.keys(wrong)
        .map((name) => `settings.${name}`)
        .sort(),
    )
  })

  it('are refused in a change as well; what stood there stays', async () => {
    const path = `${base}/${office.integration}`
    const before = await office.admin.call('GET', path)
    const answer = await office.admin.ask('PATCH', path, { settings: settings({ revenueAccount: '4999' }) })
    expect(problemsOf(answer)).toEqual({ 'settings.revenueAccount': 'Cin7 has no account 4999' })
    expect(await office.admin.call('GET', path)).toEqual(before)
  })

  it('cannot be judged while Cin7 is away: 503, and nothing is saved', async () => {
    await passTime(61_000)
    await office.world.fault({ vendor: 'cin7', path: '/ref/account', kind: 'drop-before', times: 9 })
    expect(await make({ settings: settings({ accountReceivable: '4999' }) })).toEqual(
      refusedAs(503, 'cin7_unreachable'),
    )
    await office.world.clearFaults()
    expect(await rowsOf('select id from integrations where tenant = ?', office.tenant)).toEqual([
      { id: office.integration },
    ])
  })
})

describe('a list that was read some time ago', () => {
  it('is read again when something in it is doubted, and only then', async () => {
    const old = { settings: settings({ revenueAccount: '899' }) }
    expect((await make(old)).status).toBe(422)
    await office.world.act('cin7', 'activate-account', { code: '899' })
    expect((await make(old)).status).toBe(422)

    await passTime(61_000)
    await office.world.forgetCalls()
    expect(await make()).toEqual(PASSED)
    expect(await office.world.calls('cin7')).toEqual([])
    expect(await make(old)).toEqual(PASSED)
    expect(new Set((await office.world.calls('cin7')).map(({ path }) => path))).toEqual(
      new Set(['/ExternalApi/v2/ref/account', '/ExternalApi/v2/ref/account/bank']),
    )
  })
})

describe('a new integration', () => {
  it.each([
    [
      'an unknown flow',
      { flows: { 'wave-cin7/bill-to-purchase': { enabled: true } } },
      'flows.wave-cin7/bill-to-purchase',
    ],
    ['a flow named like something of the language', { flows: { constructor: { enabled: true } } }, 'flows.constructor'],
    ['a flow that is neither on nor off', { flows: { [INVOICES]: {} } }, `flows.${INVOICES}.enabled`],
    ['a schedule that never comes', { schedule: '0 0 31 2 *' }, 'schedule'],
    ['a schedule of words', { schedule: 'now and then' }, 'schedule'],
    ['a schedule below a minute', { schedule: '59' }, 'schedule'],
    ['a schedule beyond all numbers', { schedule: '9'.repeat(400) }, 'schedule'],
    [
      'a bad schedule of one flow',
      { flows: { [INVOICES]: { enabled: true, schedule: '*' } } },
      `flows.${INVOICES}.schedule`,
    ],
    ['a day that no month has', { startDate: '2026-02-30' }, 'startDate'],
    ['a moment instead of a day', { startDate: '2026-02-01T00:00:00Z' }, 'startDate'],
    ['no start date', { startDate: undefined }, 'startDate'],
    ['a pair that nobody knows', { pair: 'wave-xero' }, 'pair'],
    ['a setting that nobody knows', { colour: 'red' }, ''],
  ])('is 422 for %s', async (_, over, path) => {
    expect(Object.keys(problemsOf(await make(over)))).toEqual([path])
  })

  it('needs a connection of the right vendor on each side', async () => {
    const swapped = { sourceConnection: office.cin7.connection, targetConnection: office.wave.connection }
    expect(problemsOf(await make(swapped))).toEqual({
      sourceConnection: 'must be a wave connection, is cin7',
      targetConnection: 'must be a cin7 connection, is wave',
    })
  })

  it('needs connections of its own tenant', async () => {
    const elsewhere = `/v1/tenants/${await newTenant()}/integrations`
    expect(problemsOf(await office.admin.ask('POST', elsewhere, wanted()))).toEqual({
      sourceConnection: 'there is no such connection',
      targetConnection: 'there is no such connection',
    })
  })

  it('needs connections that have credentials', async () => {
    const path = `/v1/tenants/${office.tenant}/connections`
    const { id } = await office.admin.call<{ id: string }>('POST', path, { vendor: 'cin7', name: 'bare' })
    expect(problemsOf(await make({ targetConnection: id }))).toEqual({ targetConnection: 'has no credentials yet' })
  })

  it('names what is wrong with form, flows and connections together', async () => {
    const answer = await make({ settings: {}, flows: { nothing: { enabled: true } }, sourceConnection: 'c_none' })
    expect(Object.keys(problemsOf(answer))).toEqual(
      expect.arrayContaining(['settings.accountReceivable', 'settings.location', 'flows.nothing', 'sourceConnection']),
    )
  })
})

describe('a change of an integration', () => {
  it('of one flow leaves the others as they are', async () => {
    const path = `${base}/${office.integration}`
    const changed = await office.admin.call<{ flows: object }>('PATCH', path, {
      flows: { [INVOICES]: { enabled: false, schedule: '3600' } },
    })
    expect(changed.flows).toMatchObject({
      'wave-cin7/customer-to-customer': { enabled: true },
      [INVOICES]: { enabled: false, schedule: '3600' },
    })
    await office.admin.call('PATCH', path, { flows: { [INVOICES]: { enabled: true } } })
  })

  it.each([
    ['schedule', { schedule: '1' }],
    ['startDate', { startDate: 'soon' }],
    ['flows.nothing', { flows: { nothing: { enabled: true } } }],
    ['', { state: 'paused' }],
  ])('is checked as a new one is: %s', async (path, body) => {
    const answer = await office.admin.ask('PATCH', `${base}/${office.integration}`, body)
    expect(Object.keys(problemsOf(answer))).toEqual([path])
  })
})
