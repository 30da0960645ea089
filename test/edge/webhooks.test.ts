import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { forgetDoors } from '../../src/edge/doors'
import { hmac, hmacKey } from '../../src/lib/bytes'
import { now } from '../../src/lib/clock'
import { receive } from '../support/deliver'
import { type Office, openOffice, WAVE_SECRET } from '../support/office'
import { settle } from '../support/settle'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})

const event = (over: Record<string, unknown> = {}) =>
  JSON.stringify({
    event_id: crypto.randomUUID(),
    event_type: 'invoice.approved',
    business_id: office.wave.business.bareId,
    data: { invoice_id: '2210045590134775306' },
    ...over,
  })

const signed = async (
  body: string,
  { secret = WAVE_SECRET, at = now(), path = `/${office.wave.connection}` } = {},
): Promise<Request> => {
  const t = Math.floor(at / 1000)
  const v1 = await hmac(await hmacKey(secret), `${t}.${body}`)
  return new Request(`https://connector.test/webhooks/wave${path}`, {
    method: 'POST',
    body,
    headers: { 'x-wave-signature': `t=${t},v1=${v1}` },
  })
}

const statusOf = async (request: Request): Promise<[number, number]> => {
  const { response, messages } = await receive(request)
  return [response.status, messages.length]
}

describe('a Wave webhook', () => {
  it.each([
    'invoice.approved',
    'invoice.sent',
    'invoice.viewed',
    'invoice.paid',
    'invoice.partially_paid',
    'invoice.overpaid',
    'invoice.overdue',
    'invoice.created',
    'invoice.updated',
  ])('%s is a hint to read the invoice again', async (type) => {
    const { response, messages } = await receive(await signed(event({ event_type: type })))
    expect(response.status).toBe(200)
    expect(messages).toMatchObject([
      { v: 1, kind: 'change', tenant: office.tenant, integration: office.integration, change: { type: 'invoice' } },
    ])
  })

  it('customer.created is a hint to read the customer', async () => {
    const body = event({ event_type: 'customer.created', data: { customer_id: '70110233' } })
    expect((await receive(await signed(body))).messages).toMatchObject([{ change: { type: 'customer' } }])
  })

  it('is refused with a wrong, missing, late or future signature, and for an unknown connection', async () => {
    const body = event()
    const bare = new Request(`https://connector.test/webhooks/wave/${office.wave.connection}`, { method: 'POST', body })
    expect(await statusOf(bare)).toEqual([401, 0])
    expect(await statusOf(await signed(body, { secret: 'another marker-secret' }))).toEqual([401, 0])
    expect(await statusOf(await signed(body, { at: now() - 301_000 }))).toEqual([401, 0])
    expect(await statusOf(await signed(body, { at: now() + 302_000 }))).toEqual([401, 0])
    expect(await statusOf(await signed(body, { path: '/c_unknown' }))).toEqual([401, 0])
    expect(await statusOf(await signed(body, { path: `/${office.cin7.connection}` }))).toEqual([401, 0])
    expect(await statusOf(await signed(body, { at: now() - 299_000 }))).toEqual([200, 1])
  })

  it('does nothing for the unsigned empty or non-JSON probe', async () => {
    const url = `https://connector.test/webhooks/wave/${office.wave.connection}`
    expect(await statusOf(new Request(url, { method: 'POST' }))).toEqual([200, 0])
    expect(await statusOf(new Request(url, { method: 'POST', body: 'ping' }))).toEqual([200, 0])
  })

  it('larger than 1 MiB is not read', async () => {
    expect(await statusOf(await signed(event({ filler: 'x'.repeat(1_048_576) })))).toEqual([413, 0])
  })

  it('that is signed but not the envelope is 400', async () => {
    expect(await statusOf(await signed('not json'))).toEqual([400, 0])
    expect(await statusOf(await signed('[1,2]'))).toEqual([400, 0])
  })

  it('of an unknown kind is 200 and an audit line', async () => {
    expect(await statusOf(await signed(event({ event_type: 'estimate.approved' })))).toEqual([200, 0])
    await settle(office.tenant)
    const { items } = await office.admin.call<{ items: { kind: string; outcome: string }[] }>(
      'GET',
      `/v1/tenants/${office.tenant}/audit?limit=100`,
    )
    expect(items.filter(({ kind }) => kind === 'ignored')).toHaveLength(1)
  })

  it('at the URL of the app finds its connection by the business in the signed body', async () => {
    const path = '/app/sandbox'
    const secret = env.WAVE_WEBHOOK_SECRET_SANDBOX
    expect(await statusOf(await signed(event(), { path, secret }))).toEqual([200, 1])
    expect(await statusOf(await signed(event(), { path, secret: WAVE_SECRET }))).toEqual([401, 0])
    expect(await statusOf(await signed(event(), { path: '', secret: env.WAVE_WEBHOOK_SECRET }))).toEqual([200, 0])
  })

  it('of a business that nobody connected is 200 and an audit line', async () => {
    const body = event({ business_id: crypto.randomUUID() })
    const secret = env.WAVE_WEBHOOK_SECRET_SANDBOX
    expect(await statusOf(await signed(body, { path: '/app/sandbox', secret }))).toEqual([200, 0])
    await settle('service')
    const { items } = await office.admin.call<{ items: { kind: string }[] }>(
      'GET',
      '/v1/tenants/service/audit?limit=100',
    )
    expect(items.filter(({ kind }) => kind === 'ignored').length).toBeGreaterThan(0)
  })

  it('reads no D1 while the connection was seen within the last minute', async () => {
    forgetDoors()
    await statusOf(await signed(event()))
    const prepare = vi.spyOn(Object.getPrototypeOf(env.DB), 'prepare')
    expect(await statusOf(await signed(event()))).toEqual([200, 1])
    expect(prepare).not.toHaveBeenCalled()
    forgetDoors()
    await statusOf(await signed(event()))
    expect(prepare).toHaveBeenCalled()
    prepare.mockRestore()
  })
})

describe('a fault of ours', () => {
  it('is 503, so that Wave sends it again', async () => {
    const { default: worker } = await import('../../src/index')
    const { createExecutionContext } = await import('cloudflare:test')
    const broken = { send: () => Promise.reject(new Error('queue is down')) }
    const response = await worker.fetch(await signed(event()), { ...env, WAVE_CIN7: broken }, createExecutionContext())
    expect(response.status).toBe(503)
  })
})

describe('a connection that demands a client certificate', () => {
  const demand = (clientCertificate: boolean) =>
    office.admin.call('PATCH', `/v1/tenants/${office.tenant}/connections/${office.wave.connection}`, {
      clientCertificate,
    })
  const shown = async (over: Record<string, string> = {}) => {
    const tlsClientAuth = { certPresented: '1', certVerified: 'SUCCESS', certRevoked: '0', ...over }
    return new Request(await signed(event()), { cf: { tlsClientAuth } })
  }

  it('takes nothing without one that is verified, however well signed', async () => {
    await demand(true)
    expect(await statusOf(await signed(event()))).toEqual([401, 0])
    expect(await statusOf(await shown({ certVerified: 'FAILED:self signed certificate' }))).toEqual([401, 0])
    expect(await statusOf(await shown({ certRevoked: '1' }))).toEqual([401, 0])
    expect(await statusOf(await shown())).toEqual([200, 1])
    await demand(false)
    expect(await statusOf(await signed(event()))).toEqual([200, 1])
  })
})
