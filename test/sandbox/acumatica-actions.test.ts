import { describe, expect, it } from 'vitest'
import { at, BASE, bricks, freight, MINUTE, type Rig, withVendor } from './acumatica/rig'

const BILL = { entity: { Type: { value: 'Bill' }, ReferenceNbr: { value: '000001' } } }
const SITE = new URL(BASE).pathname
const statusOf = async (acu: Rig) => at(await acu.get('Bill/Bill/000001'), 'Status')

const withBill = async (bill: object = {}, tenant: object = {}): Promise<Rig> => {
  const acu = withVendor(tenant)
  await acu.put('Bill', freight(bill))
  return acu
}
const release = (acu: Rig, body: unknown = BILL) => acu.call('POST', '/Bill/ReleaseBill', body)
const started = async (acu: Rig, body?: unknown): Promise<string> => {
  const answer = await release(acu, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(202)
  return answer.headers?.location ?? ''
}
const poll = async (acu: Rig, location: string) => (await acu.call('GET', location.replace(SITE, ''))).status

describe('an action', () => {
  it('is accepted with a location below the site, and done after its last 202', async () => {
    const acu = await withBill()
    acu.switches['action.polls'] = 2
    const location = await started(acu)
    expect(location).toMatch(new RegExp(`^${SITE}/entity/Default/24.200.001/Bill/ReleaseBill/status/[0-9a-f-]{36}$`))
    expect([await poll(acu, location), await poll(acu, location)]).toEqual([202, 202])
    expect([await poll(acu, location), await poll(acu, location)]).toEqual([204, 204])
    expect(await statusOf(acu)).toBe('Open')
  })

  it('can be done at once, and its location can be absolute', async () => {
    const acu = await withBill()
    acu.switches['action.absolute'] = true
    expect(await started(acu)).toMatch(BASE)
    const quick = await withBill()
    quick.switches['action.polls'] = 0
    const answer = await release(quick)
    expect(answer).toMatchObject({ status: 204, body: null })
    expect(answer.headers).toBeUndefined()
    expect(await statusOf(quick)).toBe('Open')
  })

  it('takes the record by id, and under Entity with a capital', async () => {
    const acu = await withBill()
    const { id } = await acu.get('Bill/Bill/000001')
    await started(acu, { entity: { id } })
    const other = await withBill()
    await started(other, { Entity: BILL.entity })
  })

  it('keeps other calls on its form in the same session out until it is over', async () => {
    const acu = await withBill()
    acu.act('grant', { accessToken: 'second-token', refreshToken: 'second-refresh' })
    await started(acu)
    expect(await acu.failure('GET', '/Bill')).toBe('PXException')
    expect(await acu.failure('PUT', '/Bill', {})).toBe('PXException')
    expect(await acu.list('Vendor')).toHaveLength(1)
    expect((await acu.call('GET', '/Bill', undefined, {}, 'second-token')).status).toBe(200)
    acu.clock.now += MINUTE
    expect(await statusOf(acu)).toBe('Open')
  })

  it('is refused for a held bill with 422 and the record below entity, or with 500', async () => {
    const acu = await withBill({ Hold: true })
    expect(await release(acu)).toMatchObject({
      status: 422,
      body: {
        entity: { Status: { value: 'On Hold', error: "The document status is 'On Hold'." }, error: expect.any(String) },
      },
    })
    acu.switches['action.refusal'] = 500
    expect((await release(acu)).status).toBe(500)
    expect(await statusOf(acu)).toBe('On Hold')
  })

  it('fails at its location when the period was closed meanwhile', async () => {
    const acu = await withBill()
    const location = await started(acu)
    acu.act('settings', { closePeriod: '2026-03' })
    expect([await poll(acu, location), await poll(acu, location)]).toEqual([202, 500])
    expect(await statusOf(acu)).toBe('Balanced')
  })

  it('is 404 when it does not exist, 500 when the record does not, 400 without one', async () => {
    const acu = await withBill()
    await acu.expected(404, 'POST', '/Bill/Nonsense', BILL)
    await acu.expected(404, 'POST', '/Vendor/ReleaseBill', BILL)
    await acu.expected(404, 'GET', `/Bill/ReleaseBill/status/${crypto.randomUUID()}`)
    const nobody = { entity: { Type: { value: 'Bill' }, ReferenceNbr: { value: '9' } } }
    expect(await acu.failure('POST', '/Bill/ReleaseBill', nobody)).toBe('NoEntitySatisfiesTheConditionException')
    await acu.expected(400, 'POST', '/Bill/ReleaseBill', {})
  })

  it('can reverse a released bill into a debit adjustment on hold', async () => {
    const acu = await withBill()
    acu.switches['action.polls'] = 0
    await acu.expected(422, 'POST', '/Bill/ReverseBill', BILL)
    await release(acu)
    await acu.expected(204, 'POST', '/Bill/ReverseBill', BILL)
    const [reversal] = await acu.list('Bill', { $filter: "Type eq 'Debit Adj.'", $expand: 'Details' })
    expect(reversal).toMatchObject({
      Status: { value: 'On Hold' },
      Amount: { value: 42.5 },
      Details: [{ Account: { value: '61000' } }],
    })
  })

  it('can approve a bill or an order', async () => {
    const acu = await withBill({}, { preferences: { approveBills: true, approveOrders: true } })
    await acu.put('PurchaseOrder', bricks())
    acu.switches['action.polls'] = 0
    await acu.expected(204, 'POST', '/Bill/Approve', BILL)
    const order = { entity: { Type: { value: 'Normal' }, OrderNbr: { value: '000001' } } }
    await acu.expected(204, 'POST', '/PurchaseOrder/Approve', order)
    expect([await statusOf(acu), at(await acu.get('PurchaseOrder/Normal/000001'), 'Status')]).toEqual([
      'Balanced',
      'Open',
    ])
  })
})
