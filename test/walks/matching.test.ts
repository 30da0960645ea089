import { describe, expect, it } from 'vitest'
import { type Office, type Opening, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { approve, carry, cin7Of, draftInvoice, only, poll, writesTo } from '../support/wave-cin7'
import { booksOf, FLOWS, mapBank, pay, recordOf } from '../support/wave-cin7-books'

interface Match {
  flow: string
  sourceId: string
  variant: string
  sure: string
  choices: { id: string; number: string; why: string }[]
}
interface Matches {
  flows: { flow: string; state: string; counts: Record<string, number> }[]
  items: Match[]
  next: string | null
}
interface Timeline {
  timeline: { code?: string; details?: { target?: string; variant?: string } }[]
}
interface Accepted {
  linked: number
  refused: { reason: string }[]
}

const path = ({ tenant, integration }: Office, rest: string) =>
  `/v1/tenants/${tenant}/integrations/${integration}${rest}`

const match = async (office: Office, query = ''): Promise<Matches> => {
  await office.admin.call('POST', path(office, '/match'))
  await settle(office.tenant)
  return office.admin.call('GET', path(office, `/matches?limit=100${query}`))
}

const accept = async (office: Office, body: object): Promise<Accepted> => {
  const answer = await office.admin.call<Accepted>('POST', path(office, '/matches/accept'), body)
  await settle(office.tenant)
  return answer
}

const paused = async (opening: Opening): Promise<Office> => {
  const office = await openOffice(opening)
  await office.admin.call('POST', path(office, '/pause'))
  return office
}

const nameOf = (office: Office, id: string) =>
  [...office.wave.business.customers, ...office.wave.business.products].find(({ graphId }) => graphId === id)?.name

const said = (office: Office, { items }: Matches, flow: string) =>
  items
    .filter((item) => item.flow === flow)
    .map(({ sourceId, variant, sure, choices }) => [
      nameOf(office, sourceId),
      variant,
      sure,
      ...choices.map((one) => one.number),
    ])
    .sort()

const BOTH = {
  wave: { customers: [{ name: 'Acme' }, { name: 'Brown & Sons Ltd' }, { name: 'Cole' }, { name: 'New Here' }] },
  cin7: { customers: [{ Name: 'ACME' }, { Name: 'Brown and Sons' }, { Name: 'Cole' }, { Name: 'Somebody Else' }] },
}

describe('the opening match', () => {
  it('proposes while the integration is paused, and writes nothing on either side', async () => {
    const office = await paused(BOTH)
    await office.world.forgetCalls()
    const found = await match(office)
    expect(said(office, found, FLOWS.customer)).toEqual([
      ['Acme', 'USD', 'likely', 'ACME'],
      ['Brown & Sons Ltd', 'USD', 'possible', 'Brown and Sons'],
      ['Cole', 'USD', 'likely', 'Cole'],
      ['New Here', '', 'none'],
    ])
    expect(found.flows.find(({ flow }) => flow === FLOWS.customer)).toMatchObject({
      state: 'done',
      counts: { likely: 2, possible: 1, none: 1 },
    })
    expect(await writesTo(office, 'cin7')).toEqual([])
    expect((await recordsOf(office)).length).toBe(0)
  })

  it('links in bulk what is likely, the rest one by one; only what is new is made', async () => {
    const office = await paused(BOTH)
    const { items } = await match(office)
    expect(await accept(office, { sure: 'likely', flow: FLOWS.customer })).toEqual({ linked: 2, refused: [] })
    const brown = items.find(({ sure }) => sure === 'possible')
    const link = { flow: FLOWS.customer, sourceId: brown?.sourceId, variant: 'USD', targetId: brown?.choices[0]?.id }
    expect(await accept(office, { links: [link] })).toMatchObject({ linked: 1 })
    expect(await writesTo(office, 'cin7')).toEqual([])

    await office.admin.call('POST', path(office, '/resume'))
    await poll(office, FLOWS.customer)
    const { customers } = await booksOf(office)
    expect(customers.map(({ Name }) => Name).sort()).toEqual([
      'Acme',
      'Brown & Sons Ltd',
      'Cole',
      'New Here',
      'Somebody Else',
    ])
    const states = (await recordsOf(office, `flow=${FLOWS.customer}`)).map(({ state }) => state)
    expect(states).toEqual(['done', 'done', 'done', 'done'])
    expect((await match(office)).items.filter(({ flow }) => flow === FLOWS.customer)).toEqual([])
  })

  it('refuses a link to what is another record’s, and a second one for the same record', async () => {
    const office = await paused(BOTH)
    const { items } = await match(office)
    const [acme, cole] = items.filter(({ sure, flow }) => sure === 'likely' && flow === FLOWS.customer)
    const one = { flow: FLOWS.customer, sourceId: acme?.sourceId, variant: 'USD', targetId: acme?.choices[0]?.id }
    await accept(office, { links: [one] })
    expect(await accept(office, { links: [{ ...one, sourceId: cole?.sourceId }] })).toMatchObject({
      linked: 0,
      refused: [{ reason: expect.stringContaining('linked with record') }],
    })
    await office.admin.call('POST', path(office, '/resume'))
    await settle(office.tenant)
    expect(await accept(office, { links: [{ ...one, targetId: cole?.choices[0]?.id }] })).toMatchObject({
      refused: [{ reason: expect.stringMatching(/this record is linked with Acme/) }],
    })
  })

  it('settles a name that is taken: the failure goes, and so does what waited for it', async () => {
    const office = await openOffice({
      wave: { customers: [{ name: 'Acme' }] },
      cin7: { customers: [{ Name: 'ACME' }] },
    })
    await carry(office, await draftInvoice(office))
    expect(await recordOf(office, 'customer')).toMatchObject({ code: 'cin7_customer_name_taken' })
    expect((await cin7Of(office)).sales).toEqual([])
    await match(office)
    expect(await accept(office, { sure: 'likely' })).toMatchObject({ linked: 1 })
    expect(await recordOf(office, 'customer')).toMatchObject({ state: 'done', reason: 'updated' })
    expect(only((await cin7Of(office)).sales)).toMatchObject({ Status: expect.any(String) })
    expect((await cin7Of(office)).customers).toHaveLength(1)
  })

  it('says that a target is gone or unfit, and lets the link be undone', async () => {
    const office = await openOffice({ wave: { customers: [{ name: 'Acme' }] } })
    const sourceId = office.wave.business.customers[0]?.graphId
    const link = { flow: FLOWS.customer, sourceId, variant: 'USD', targetId: crypto.randomUUID() }
    await accept(office, { links: [link] })
    expect(await recordOf(office, 'customer')).toMatchObject({ state: 'failed', code: 'match_gone' })
    expect(await accept(office, { links: [{ ...link, targetId: null }] })).toMatchObject({ linked: 1 })
    expect(await recordOf(office, 'customer')).toMatchObject({ state: 'done', reason: 'created' })
    const [made] = (await cin7Of(office)).customers
    expect(made).toMatchObject({ Name: 'Acme' })
  })

  it('does not take a party in another currency for this one', async () => {
    const office = await openOffice({
      wave: { customers: [{ name: 'Acme', currency: 'USD' }] },
      cin7: { customers: [{ Name: 'Acme Europe', Currency: 'EUR' }] },
    })
    const target = (await cin7Of(office)).customers[0]?.ID
    const sourceId = office.wave.business.customers[0]?.graphId
    await accept(office, { links: [{ flow: FLOWS.customer, sourceId, variant: 'USD', targetId: target }] })
    expect(await recordOf(office, 'customer')).toMatchObject({ state: 'failed', code: 'match_unfit' })
  })
})

const WITH_SALE: Opening = {
  wave: { customers: [{ name: 'Acme' }] },
  cin7: {
    customers: [{ Name: 'Acme' }],
    sales: [{ customer: 'Acme', upTo: 'payment', amount: '80', date: '2026-03-02', CustomerReference: 'A-1' }],
  },
}

describe('documents that stand on both sides', () => {
  const untaxed = (office: Office) =>
    draftInvoice(office, {
      number: 'A-1',
      items: [{ product: office.wave.business.products[0]?.bareId, quantity: '2', unitPrice: '40' }],
    })

  it('are linked, not posted again, and left as they are; a later change is a conflict, not a rewrite', async () => {
    const office = await paused(WITH_SALE)
    const invoice = await untaxed(office)
    await approve(office, invoice)
    const found = await match(office)
    expect(found.items.filter(({ flow }) => flow === FLOWS.sale)).toMatchObject([
      { sure: 'certain', choices: [{ why: 'same number, date and total' }] },
    ])
    expect(await accept(office, { sure: 'likely' })).toMatchObject({ linked: 1 })
    expect(await accept(office, { sure: 'certain' })).toMatchObject({ linked: 1 })
    await office.world.forgetCalls()
    await office.admin.call('POST', path(office, '/resume'))
    await poll(office, FLOWS.sale)
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done', reason: 'adopted' })
    expect((await writesTo(office, 'cin7')).filter(({ path: at }) => at.includes('/sale'))).toEqual([])
    expect((await cin7Of(office)).sales).toHaveLength(1)

    await office.world.act('wave', 'edit-invoice', { id: invoice.bareId, memo: 'changed', invoiceDate: '2026-03-03' })
    await poll(office, FLOWS.sale)
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'waiting', code: 'cin7_sale_changed' })
    expect((await cin7Of(office)).sales).toHaveLength(1)
  })

  it('a payment that somebody entered there by hand is not posted again: a person links the two', async () => {
    const office = await openOffice(WITH_SALE)
    await mapBank(office)
    const invoice = await untaxed(office)
    await approve(office, invoice)
    await match(office)
    await accept(office, { sure: 'likely' })
    await accept(office, { sure: 'certain' })
    await pay(office, invoice, { amount: '80', date: '2026-03-02' })
    const stands = await recordOf(office, 'payment')
    expect(stands).toMatchObject({ state: 'waiting', reason: 'conflict', code: 'cin7_payment_exists' })
    const { timeline } = await office.admin.call<Timeline>('GET', `/v1/tenants/${office.tenant}/records/${stands.id}`)
    const facts = timeline.findLast(({ code }) => code === stands.code)?.details
    const link = { flow: FLOWS.payment, sourceId: stands.sourceId, variant: facts?.variant, targetId: facts?.target }
    expect(await accept(office, { links: [link] })).toMatchObject({ linked: 1 })
    expect(await recordOf(office, 'payment')).toMatchObject({ state: 'done', reason: 'adopted' })
    expect((await booksOf(office)).payments).toHaveLength(1)
  })
})
