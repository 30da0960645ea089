import { describe, expect, it } from 'vitest'
import { dig, invoice, line, type Row, shop } from './freshbooks/rig'
import { dumped, signature } from './freshbooks/signature'

type Opened = Awaited<ReturnType<typeof shop>>

const PATH = '/events/account/aBc1De/events/callbacks'
const URI = 'https://connector.test/hooks/x'
const HEADER = 'x-freshbooks-hmac-sha256'

const register = ({ call }: Opened, event: string, uri = URI) => call('POST', PATH, { callback: { event, uri } })

/** What was delivered: the fields in their order, the signature, and where to. */
const delivered = async ({ world }: Opened, options = {}) =>
  Promise.all(
    (await world.deliveries(options)).map(async (request) => ({
      url: request.url,
      signature: request.headers.get(HEADER),
      fields: [...new URLSearchParams(await request.text())],
    })),
  )

const fieldsOf = async (opened: Opened) => (await delivered(opened)).map(({ fields }) => Object.fromEntries(fields))

const verified = async (opened: Opened, event: string) => {
  const { body } = await register(opened, event)
  const id = Number(dig(body, 'response.result.callback.callbackid'))
  const [handshake] = await fieldsOf(opened)
  const verifier = handshake?.verifier ?? ''
  await opened.call('PUT', `${PATH}/${id}`, { callback: { verifier } })
  return { id, verifier }
}

const shown = async ({ call }: Opened, id: number) =>
  dig((await call('GET', `${PATH}/${id}`)).body, 'response.result.callback')

const sell = (opened: Opened, more: Row = {}) =>
  opened.act('create-invoice', { client: 'Acme', lines: [line('10')], ...more })

describe('the signature', () => {
  const verifier = 'UWQfd9zCzxmVwFZWKqqKwLxqz8gvzGdAn'

  it('is that of the vendor’s own example', async () => {
    const fields = [...new URLSearchParams('name=client.update&object_id=177864&user_id=1&account_id=FrEsHb')]
    expect(await signature(verifier, fields)).toBe('uQL7Cy82JtV4RlsEowUZ+hm4cziC6LYjxuKj1cqLqHM=')
  })

  it('is over text as Python writes it', () => {
    const fields: [string, string][] = [
      ['system', 'https://a.test/x,y'],
      ['2', 'é "q" 🙂'],
    ]
    const expected = '{"system": "https://a.test/x,y", "2": "\\u00e9 \\"q\\" \\ud83d\\ude42"}'
    expect(dumped(fields)).toBe(expected)
  })
})

describe('registering a callback', () => {
  it('answers it unverified, and sends a handshake that its own verifier signs', async () => {
    const opened = await shop()
    const { status, body } = await register(opened, 'invoice.create')
    expect(status).toBe(200)
    const callback = dig(body, 'response.result.callback')
    expect(callback).toMatchObject({ event: 'invoice.create', uri: URI, verified: false })
    expect(callback).not.toHaveProperty('verifier')
    const [handshake] = await delivered(opened)
    const fields = Object.fromEntries(handshake?.fields ?? [])
    expect(fields).toMatchObject({ name: 'callback.verify', account_id: 'aBc1De' })
    expect(fields.object_id).toBe(String(dig(callback, 'callbackid')))
    expect(handshake?.signature).toBe(await signature(fields.verifier ?? '', handshake?.fields ?? []))
  })

  it('may come unsigned', async () => {
    const opened = await shop()
    await opened.switches({ 'webhook.handshakeSigned': false })
    await register(opened, 'invoice')
    expect(await delivered(opened)).toMatchObject([{ signature: null }])
  })

  it('refuses unknown events in the shape of the events API, old or new', async () => {
    const opened = await shop()
    const unknown = await register(opened, 'bill_payment.create')
    expect(unknown).toMatchObject({ status: 400, body: { errno: 400, details: ['event: Unrecognized event.'] } })
    await opened.switches({ 'events.errorStyle': 'old' })
    for (const event of ['journal_entry.create', 'invoice.explode', 'invoice.create.x'])
      expect((await register(opened, event)).body).toMatchObject({
        details: [{ fieldViolations: [{ field: 'event', description: 'Unrecognized event.' }] }],
      })
    expect((await register(opened, 'invoice', 'not a url')).status).toBe(400)
    expect(await delivered(opened)).toEqual([])
  })

  it('needs the read scope of the noun', async () => {
    const opened = await shop({}, { tokens: [{ token: 'full', scopes: ['user:profile:read', 'user:expenses:read'] }] })
    expect((await register(opened, 'category.create')).status).toBe(200)
    const refused = await register(opened, 'invoice.create')
    expect(refused.status).toBe(403)
    expect(dig(refused.body, 'message')).toContain("Required: ['user:invoices:read'].")
  })

  it('is verified by the code, refuses a wrong one, and can be sent again', async () => {
    const opened = await shop()
    const { body } = await register(opened, 'invoice')
    const id = Number(dig(body, 'response.result.callback.callbackid'))
    const [first] = await fieldsOf(opened)
    const put = (callback: Row) => opened.call('PUT', `${PATH}/${id}`, { callback })
    expect((await put({ verifier: 'wrong' })).status).toBe(400)
    expect(await shown(opened, id)).toMatchObject({ verified: false })
    expect((await put({ resend: true })).status).toBe(200)
    const [again] = await fieldsOf(opened)
    expect(again?.verifier).toBe(first?.verifier)
    const answer = await put({ verifier: again?.verifier, callback_id: id })
    expect(dig(answer.body, 'response.result.callback.verified')).toBe(true)
    await opened.switches({ 'webhook.resendNewCode': true })
    await put({ resend: true })
    expect((await fieldsOf(opened))[0]?.verifier).not.toBe(first?.verifier)
  })

  it('can be listed, found and deleted; others’ callbacks are not there', async () => {
    const apps = [{}, { clientId: 'other' }]
    const tokens = [{ token: 'full' }, { token: 'theirs', clientId: 'other' }]
    const opened = await shop({}, { applications: apps, tokens })
    const { id } = await verified(opened, 'invoice.create')
    await register(opened, 'payment', `${URI}2`)
    const found = async (query: string) =>
      dig((await opened.call('GET', `${PATH}?${query}`)).body, 'response.result.total')
    expect(await found('')).toBe(2)
    expect(await found('search[event]=invoice')).toBe(1)
    expect(await found(`search[uri]=${URI}2`)).toBe(1)
    const theirs = { authorization: 'Bearer theirs' }
    expect(await opened.call('GET', `${PATH}/${id}`, undefined, theirs)).toMatchObject({
      status: 404,
      body: { errno: 404 },
    })
    expect((await opened.call('DELETE', `${PATH}/${id}`)).status).toBe(204)
    await opened.switches({ 'webhook.deleteStatus': 200 })
    expect((await opened.call('DELETE', `${PATH}/${id}`)).status).toBe(404)
  })
})

describe('deliveries', () => {
  it('do not come before the callback is verified', async () => {
    const opened = await shop()
    await register(opened, 'invoice')
    await delivered(opened)
    await sell(opened)
    expect(await delivered(opened)).toEqual([])
  })

  it('carry ids only, signed by the verifier of the callback', async () => {
    const opened = await shop()
    const { verifier } = await verified(opened, 'invoice.create')
    const made = await sell(opened)
    const [one] = await delivered(opened)
    expect(one?.fields.map(([name]) => name)).toEqual([
      'name',
      'object_id',
      'account_id',
      'business_id',
      'identity_id',
      'user_id',
    ])
    expect(Object.fromEntries(one?.fields ?? [])).toMatchObject({ name: 'invoice.create', object_id: String(made.id) })
    expect(one).toMatchObject({ url: URI, signature: await signature(verifier, one?.fields ?? []) })
  })

  it('can be old, or signed wrongly', async () => {
    const opened = await shop()
    const { verifier } = await verified(opened, 'invoice.create')
    await opened.switches({ 'webhook.fields': 'old', 'webhook.system': 'https://maple.test' })
    await sell(opened)
    const [one] = await delivered(opened, { tampered: true })
    expect(one?.fields.map(([name]) => name)).toEqual(['name', 'object_id', 'user_id', 'account_id', 'system'])
    expect(one?.signature).not.toBe(await signature(verifier, one?.fields ?? []))
  })

  it('come for each verb of a bare noun', async () => {
    const opened = await shop()
    await verified(opened, 'invoice')
    const { id } = await sell(opened)
    await opened.act('send-invoice', { invoice: id })
    await opened.act('delete-invoice', { id })
    const names = (await fieldsOf(opened)).map(({ name }) => name)
    expect(names).toEqual(['invoice.create', 'invoice.update', 'invoice.delete'])
  })

  it('come for a payment, and for its invoice only when switched', async () => {
    const opened = await shop({ invoices: [invoice('10', { invoice_number: '1' })] })
    await verified(opened, 'payment')
    await verified(opened, 'invoice')
    const names = async () => (await fieldsOf(opened)).map(({ name }) => name)
    const payment = await opened.act('pay-invoice', { invoice: '1', amount: '4' })
    expect(await names()).toEqual(['payment.create'])
    await opened.switches({ 'events.paymentFiresInvoiceUpdate': true })
    await opened.act('delete-payment', { id: payment.id })
    expect((await names()).toSorted()).toEqual(['invoice.update', 'payment.delete'])
  })

  it('never come for bill payments and journal entries; for the bill only when switched', async () => {
    const lines = [{ category: 'Rent', quantity: '1', unit_cost: { amount: '5' } }]
    const head = { vendor: 'S', issue_date: '2026-03-02', due_offset_days: 0, currency_code: 'USD', language: 'en' }
    const opened = await shop({
      billVendors: [{ vendor_name: 'S', currency_code: 'USD', language: 'en' }],
      bills: [{ ...head, lines }],
    })
    await verified(opened, 'bill')
    const [bill = {}] = await opened.list('bills/bills')
    const paid = { billid: bill.id, amount: { amount: '1' }, paid_date: '2026-03-05', payment_type: 'Cash' }
    await opened.act('create-bill_payment', paid)
    const details = [
      { account: 'Rent', debit: '1' },
      { account: 'Petty Cash', credit: '1' },
    ]
    const entry = { name: 'x', currency_code: 'USD', user_entered_date: '2026-03-31', details }
    await opened.act('create-journal-entry', entry)
    expect(await delivered(opened)).toEqual([])
    await opened.switches({ 'events.billPaymentFiresBillUpdate': true })
    await opened.act('create-bill_payment', paid)
    expect(await fieldsOf(opened)).toMatchObject([{ name: 'bill.update', object_id: String(bill.id) }])
  })

  it('can be late, doubled, reversed and lost', async () => {
    const opened = await shop()
    await verified(opened, 'invoice')
    await opened.switches({ 'webhook.delayMs': 60_000, 'webhook.copies': 2 })
    await sell(opened)
    expect(await delivered(opened)).toEqual([])
    await opened.world.advance(60_000)
    await opened.call('GET', PATH)
    expect(await delivered(opened)).toHaveLength(2)
    await opened.switches({ 'webhook.delayMs': 0, 'webhook.copies': 1 })
    const { id } = await sell(opened)
    await opened.act('send-invoice', { invoice: id })
    const reversed = (await delivered(opened, { reversed: true })).map(({ fields }) => fields[0]?.[1])
    expect(reversed).toEqual(['invoice.update', 'invoice.create'])
    await opened.switches({ 'webhook.lost': true })
    await sell(opened)
    expect(await delivered(opened)).toEqual([])
  })
})

describe('failures', () => {
  const report = ({ world }: Opened, status: number, ms = 50) =>
    world.act<Row[]>('freshbooks', 'report-delivery', { status, ms })

  const sentAfter = async (opened: Opened, seconds: number) => {
    await opened.world.advance(seconds * 1000)
    await opened.call('GET', PATH)
    return (await delivered(opened)).length
  }

  const fresh = async () => {
    const opened = await shop({}, { tokens: [{ token: 'full', expiresIn: 90 * 86_400 }] })
    const hook = await verified(opened, 'invoice')
    await report(opened, 200)
    await sell(opened)
    await delivered(opened)
    return { opened, hook }
  }

  it('are sent again, each time twice as late, five times', async () => {
    const { opened } = await fresh()
    for (const wait of [60, 120, 240, 480, 960]) {
      expect(await report(opened, 500)).toMatchObject([{ state: 'waiting' }])
      expect(await sentAfter(opened, wait - 10)).toBe(0)
      expect(await sentAfter(opened, 10)).toBe(1)
    }
    expect(await report(opened, 500)).toMatchObject([{ state: 'given-up', dueAt: null }])
  })

  it('are redirects and slow answers as well, not any 2xx', async () => {
    const { opened } = await fresh()
    expect(await report(opened, 302)).toMatchObject([{ state: 'waiting' }])
    await sentAfter(opened, 60)
    expect(await report(opened, 200, 10_000)).toMatchObject([{ state: 'waiting' }])
    await sentAfter(opened, 120)
    expect(await report(opened, 204)).toMatchObject([{ state: 'arrived' }])
  })

  it('over many days end the callback until it is verified anew', async () => {
    const { opened, hook } = await fresh()
    await report(opened, 500)
    expect(await shown(opened, hook.id)).toMatchObject({ verified: true })
    await sentAfter(opened, 7 * 86_400)
    await report(opened, 500)
    expect(await shown(opened, hook.id)).toMatchObject({ verified: false })
    await sentAfter(opened, 7 * 86_400)
    await sell(opened)
    expect(await delivered(opened)).toEqual([])
    await opened.call('PUT', `${PATH}/${hook.id}`, { callback: { resend: true } })
    const [handshake] = await fieldsOf(opened)
    await opened.call('PUT', `${PATH}/${hook.id}`, { callback: { verifier: handshake?.verifier } })
    await sell(opened)
    expect(await delivered(opened)).toHaveLength(1)
  })

  it('that stop in between do not add up', async () => {
    const { opened, hook } = await fresh()
    await report(opened, 500)
    await sentAfter(opened, 60)
    await report(opened, 200)
    await sentAfter(opened, 8 * 86_400)
    await sell(opened)
    await delivered(opened)
    await report(opened, 500)
    expect(await shown(opened, hook.id)).toMatchObject({ verified: true })
  })
})
