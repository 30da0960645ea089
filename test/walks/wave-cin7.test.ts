import { beforeAll, describe, expect, it } from 'vitest'
import { deliver } from '../support/deliver'
import { type Office, openOffice, type RecordView, recordsOf } from '../support/office'
import { runOnce, settle } from '../support/settle'
import { approve, carry, cin7Of, draftInvoice, type Invoice, only, settlePolls, writesTo } from '../support/wave-cin7'

describe('an approved Wave invoice', () => {
  let office: Office
  let invoice: Invoice
  let record: RecordView

  beforeAll(async () => {
    office = await openOffice()
    invoice = await draftInvoice(office)
    await carry(office, invoice)
    record = only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))
  })

  it('becomes one authorised sale with one authorised invoice of the same total', async () => {
    const { sales, customers } = await cin7Of(office)
    const sale = only(sales)
    expect(customers.map(({ Name }) => Name)).toEqual([office.wave.business.customers[0]?.name])
    expect(sale).toMatchObject({ Order: { Status: 'AUTHORISED', Total: 88 } })
    expect(only(sale.Invoices)).toMatchObject({
      Status: 'AUTHORISED',
      Total: 88,
      AdditionalCharges: [{ Account: '200', Total: 80, Tax: 8 }],
    })
    expect(sale.ExternalID).toContain(invoice.graphId)
  })

  it('is shown as done, with both numbers', async () => {
    const [sale] = (await cin7Of(office)).sales
    expect(record).toMatchObject({ state: 'done', reason: 'created', targetId: sale?.ID })
    expect(record.sourceNumber).not.toBe('')
    expect(record.targetNumber).toMatch(/^SO-/)
  })

  it('leaves an audit entry with the requests that were made', async () => {
    const { timeline } = await office.admin.call<{
      timeline: { outcome: string; requests: { vendor: string; route: string }[] }[]
    }>('GET', `/v1/tenants/${office.tenant}/records/${record.id}`)
    const last = timeline.at(-1)
    expect(last?.outcome).toBe('done')
    expect(last?.requests.map(({ route }) => route)).toContain('/ExternalApi/v2/sale/invoice')
  })

  it('costs one call to Wave and four to Cin7, beside named read-backs', async () => {
    const second = await draftInvoice(office)
    await office.world.forgetCalls()
    await carry(office, second)
    const calls = await office.world.calls()
    expect(calls.filter(({ vendor, operation }) => vendor === 'wave' && operation !== undefined)).toHaveLength(1)
    expect(calls.filter(({ vendor, method }) => vendor === 'cin7' && method !== 'GET')).toHaveLength(4)
    expect(calls.filter(({ vendor, method }) => vendor === 'cin7' && method === 'GET').length).toBeLessThanOrEqual(1)
  })

  it('is not written again by a poll, a repeat or a plain replay', async () => {
    const poll = `/v1/tenants/${office.tenant}/integrations/${office.integration}/poll`
    await office.admin.call('POST', poll, {})
    await settlePolls(office)
    await office.world.forgetCalls()
    await office.admin.call('POST', poll, {})
    await settlePolls(office)
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/records/${record.id}/replay`, {})
    await settle(office.tenant)
    expect(await writesTo(office, 'cin7')).toEqual([])
    expect(
      (await office.world.calls('wave')).filter(
        ({ operation }) => operation?.includes('Invoice') && operation !== 'Invoices',
      ),
    ).toEqual([])
  })
})

describe('the same webhook ten times, in parallel and again', () => {
  it('makes one customer and one sale, and no write for the repeats', async () => {
    const office = await openOffice()
    const [webhook] = await approve(office, await draftInvoice(office))
    if (!webhook) throw new Error('no webhook')
    const copies = Array.from({ length: 10 }, () => webhook.clone())
    expect(await Promise.all(copies.map((copy) => deliver(copy)))).toEqual(Array(10).fill(200))
    await settle(office.tenant)
    const writes = await writesTo(office, 'cin7')
    expect(writes.map(({ method, path }) => `${method} ${path.split('/').slice(3).join('/')}`)).toEqual([
      'POST customer',
      'POST sale',
      'POST sale/order',
      'POST sale/invoice',
      'POST sale/invoice',
    ])
    for (let n = 0; n < 10; n += 1) await deliver(webhook.clone())
    await settle(office.tenant)
    expect(await writesTo(office, 'cin7')).toHaveLength(5)
    const { sales, customers } = await cin7Of(office)
    expect([sales.length, customers.length]).toEqual([1, 1])
  })
})

describe('a reply of Cin7 that is lost after it committed', () => {
  it.each([
    ['the header', '/v2/sale', 0],
    ['the order', '/sale/order', 0],
    ['the draft invoice', '/sale/invoice', 0],
    ['the authorisation', '/sale/invoice', 1],
    ['the customer', '/customer', 0],
  ])('%s is found and adopted: one sale', async (_, path, skip) => {
    const office = await openOffice()
    await office.world.fault({ vendor: 'cin7', method: 'POST', path, kind: 'drop-after', skip })
    await carry(office, await draftInvoice(office))
    const sale = only((await cin7Of(office)).sales)
    expect(sale.Invoices.filter(({ Status }) => Status !== 'VOIDED')).toMatchObject([
      { Status: 'AUTHORISED', Total: 88 },
    ])
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({ state: 'done' })
    expect((await cin7Of(office)).customers).toHaveLength(1)
  })

  it('is adopted as well where the list shows the sale only after 30 seconds', async () => {
    const office = await openOffice()
    await office.world.switches({ 'cin7.listLagMs': 30_000 })
    await office.world.fault({ vendor: 'cin7', method: 'POST', path: '/v2/sale', kind: 'cut-body' })
    await carry(office, await draftInvoice(office))
    only((await cin7Of(office)).sales)
  })

  it('is one sale and then an update where the invoice was edited in Wave meanwhile', async () => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await office.world.switches({ 'cin7.listLagMs': 20_000 })
    await office.world.fault({ vendor: 'cin7', method: 'POST', path: '/v2/sale', kind: 'drop-after' })
    for (const webhook of await approve(office, invoice)) await deliver(webhook)
    await runOnce(office.tenant)
    await office.world.act('wave', 'edit-invoice', {
      id: invoice.bareId,
      items: [{ product: office.wave.business.products[0]?.bareId, quantity: '3', unitPrice: '40', taxes: ['GST'] }],
    })
    await office.world.act('wave', 'emit', { event: 'invoice.sent', invoice: invoice.bareId })
    for (const webhook of await office.world.deliveries()) await deliver(webhook)
    await settle(office.tenant)
    const sale = only((await cin7Of(office)).sales)
    expect(sale.Order).toMatchObject({ Status: 'AUTHORISED', Total: 132 })
    expect(sale.Invoices.filter(({ Status }) => Status !== 'VOIDED')).toMatchObject([
      { Status: 'AUTHORISED', Total: 132 },
    ])
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({
      state: 'done',
      reason: 'updated',
    })
  })

  it('is not forgotten where the look-up itself is refused: a replay looks again instead of posting', async () => {
    const office = await openOffice()
    await office.world.fault({ vendor: 'cin7', method: 'POST', path: '/v2/sale', kind: 'drop-after' })
    await office.world.fault({ vendor: 'cin7', method: 'GET', path: '/saleList', kind: 'status', status: 400 })
    await carry(office, await draftInvoice(office))
    const failed = only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))
    expect(failed.state).toBe('failed')
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/records/${failed.id}/replay`, {})
    await settle(office.tenant)
    only((await cin7Of(office)).sales)
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({ state: 'done' })
  })

  it('is sent once more, unchanged, where it never arrived', async () => {
    const office = await openOffice()
    await office.world.fault({ vendor: 'cin7', method: 'POST', path: '/v2/sale', kind: 'drop-before' })
    await carry(office, await draftInvoice(office))
    only((await cin7Of(office)).sales)
    expect((await writesTo(office, 'cin7')).filter(({ path }) => path.endsWith('/v2/sale'))).toHaveLength(2)
  })
})

describe('an account that is not mapped', () => {
  it('fails with the remedy; once mapped, the replay posts once and asks Wave nothing', async () => {
    const office = await openOffice({ mapped: false })
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    const failed = only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))
    expect(failed).toMatchObject({ state: 'failed', code: 'unmapped' })
    expect(failed.text).toContain('Sales')
    expect(failed.remedy.toLowerCase()).toContain('map')
    expect((await cin7Of(office)).sales).toEqual([])

    const { accounts, salesTaxes } = office.wave.business
    const base = `/v1/tenants/${office.tenant}/integrations/${office.integration}/mappings`
    const sales = accounts.find(({ name }) => name === 'Sales')
    await office.admin.call('PUT', `${base}/account`, { entries: [{ code: sales?.graphId, target: '200' }] })
    await office.admin.call('PUT', `${base}/tax`, {
      entries: [{ code: salesTaxes[0]?.graphId, target: 'Tax on Sales' }],
    })
    await office.world.forgetCalls()
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/records/${failed.id}/replay`, {})
    await settle(office.tenant)

    expect(await office.world.calls('wave')).toEqual([])
    only((await cin7Of(office)).sales)
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({
      state: 'done',
      id: failed.id,
    })
  })

  it('changed afterwards causes no write to a document already posted, except on replay with remap', async () => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    const record = only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))
    const sales = office.wave.business.accounts.find(({ name }) => name === 'Sales')
    await office.admin.call('PUT', `/v1/tenants/${office.tenant}/integrations/${office.integration}/mappings/account`, {
      entries: [{ code: sales?.graphId, target: '201' }],
    })
    await office.world.forgetCalls()
    const path = `/v1/tenants/${office.tenant}/records/${record.id}/replay`
    await office.admin.call('POST', path, {})
    await office.admin.call('POST', path, { reread: true })
    await settle(office.tenant)
    expect(await writesTo(office, 'cin7')).toEqual([])

    await office.admin.call('POST', path, { remap: true })
    await settle(office.tenant)
    const sale = only((await cin7Of(office)).sales)
    expect(sale.Invoices.filter(({ Status }) => Status !== 'VOIDED')).toMatchObject([
      { AdditionalCharges: [{ Account: '201' }] },
    ])
  })
})

describe('totals', () => {
  it('that cannot be reproduced to the cent are refused before anything is written, with both figures', async () => {
    const office = await openOffice({ wave: { currency: 'KWD' }, cin7: { me: { Currency: 'KWD' } } })
    const invoice = await draftInvoice(office, {
      items: [{ product: office.wave.business.products[0]?.bareId, quantity: '1', unitPrice: '1.235', taxes: [] }],
    })
    await carry(office, invoice)
    const failed = only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))
    expect(failed).toMatchObject({ state: 'failed', code: 'totals_differ' })
    expect(failed.text).toContain('1.235')
    expect(failed.text).toMatch(/1\.2[34]/)
    expect((await cin7Of(office)).sales).toEqual([])
    expect((await writesTo(office, 'cin7')).filter(({ path }) => path.includes('/sale'))).toEqual([])
  })

  it('agree for 9.975 % of 4,495.16 and for quantities that Cin7 cannot multiply', async () => {
    const office = await openOffice()
    const product = office.wave.business.products[0]?.bareId
    const invoice = await draftInvoice(office, {
      items: [
        { product, quantity: '1', unitPrice: '4495.16', taxes: ['QST'] },
        { product, quantity: '0.333333', unitPrice: '19.99', taxes: [] },
        { product, quantity: '3', unitPrice: '0.33333', taxes: ['GST'] },
      ],
    })
    await carry(office, invoice)
    const { sales } = await cin7Of(office)
    expect(only(sales).Invoices).toMatchObject([{ Status: 'AUTHORISED' }])
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({ state: 'done' })
  })
})

describe('a foreign currency', () => {
  it('gets a Cin7 customer of its own, and the rate goes with the sale', async () => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    await carry(office, await draftInvoice(office, { currency: 'EUR', exchangeRate: '1.0921' }))
    const { customers, sales } = await cin7Of(office)
    const name = office.wave.business.customers[0]?.name
    expect(customers.map(({ Name, Currency }) => [Name, Currency])).toEqual([
      [name, 'USD'],
      [`${name} (EUR)`, 'EUR'],
    ])
    expect(sales.map(({ CustomerCurrency, CurrencyRate }) => [CustomerCurrency, CurrencyRate])).toEqual([
      ['USD', 1],
      ['EUR', 1.0921],
    ])
  })
})

describe('a draft', () => {
  it('is skipped with the reason, and carried once it is approved', async () => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/integrations/${office.integration}/poll`, {})
    await settlePolls(office)
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('draft'),
    })
    await carry(office, invoice)
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({ state: 'done' })
  })
})

describe('an approved invoice that is changed in Wave', () => {
  it('is undone and posted anew while the sale is untouched in Cin7', async () => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    await office.world.act('wave', 'edit-invoice', {
      id: invoice.bareId,
      memo: 'thank you',
      poNumber: 'PO-9',
      items: [{ product: office.wave.business.products[1]?.bareId, quantity: '1', unitPrice: '125', taxes: [] }],
    })
    await office.world.act('wave', 'emit', { event: 'invoice.sent', invoice: invoice.bareId })
    for (const webhook of await office.world.deliveries()) await deliver(webhook)
    await settle(office.tenant)
    const sale = only((await cin7Of(office)).sales)
    expect(sale.Invoices.filter(({ Status }) => Status !== 'VOIDED')).toMatchObject([
      { Status: 'AUTHORISED', Total: 125 },
    ])
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({
      state: 'done',
      reason: 'updated',
    })
  })

  it.each([
    ['picked', 'pick-sale', {}],
    ['voided', 'void-sale', {}],
  ])('is a conflict once the sale was %s in Cin7', async (_, action, extra) => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    const [sale] = (await cin7Of(office)).sales
    await office.world.act('cin7', action, { sale: sale?.ID, ...extra })
    await office.world.act('wave', 'edit-invoice', {
      id: invoice.bareId,
      items: [{ product: office.wave.business.products[1]?.bareId, quantity: '1', unitPrice: '125', taxes: [] }],
    })
    await office.world.act('wave', 'emit', { event: 'invoice.sent', invoice: invoice.bareId })
    await office.world.forgetCalls()
    for (const webhook of await office.world.deliveries()) await deliver(webhook)
    await settle(office.tenant)
    expect(await writesTo(office, 'cin7')).toEqual([])
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({
      state: 'waiting',
      reason: 'conflict',
      code: 'cin7_sale_changed',
    })
  })
})
