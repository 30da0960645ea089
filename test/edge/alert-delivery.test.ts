import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { Webhook } from 'standardwebhooks'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Alert } from '../../src/core/audit'
import { tick } from '../../src/edge/cron'
import { moveClock, now } from '../../src/lib/clock'
import { admin } from '../support/office'
import { type Heard, openReceiver } from '../support/receiver'
import { runOnce } from '../support/settle'
import { apiOf } from '../support/tenant'
import { newTenant, problemsOf, raw, rowsOf } from './api/support'

const MINUTE = 60_000

interface Target {
  id: string
  url: string
  kinds: string[]
  tenant: string | null
  waiting: number
  failingSince: number | null
  lastError: string
  secret?: string
}

const put = async (targets: Partial<Target>[]): Promise<Target[]> =>
  (await (await admin()).call<{ items: Target[] }>('PUT', '/v1/alert-targets', { targets })).items
const shown = async (): Promise<Target[]> =>
  (await (await admin()).call<{ items: Target[] }>('GET', '/v1/alert-targets')).items

const minute = async (): Promise<Heard[]> => {
  moveClock(MINUTE)
  await tick(createScheduledController(), env)
  return receiver.heard()
}

const alert = (cause: string, over: Partial<Alert> = {}): Alert => ({
  cause,
  kind: 'webhooks',
  integration: '',
  text: `something about ${cause}`,
  remedy: 'Do something.',
  at: now(),
  resolved: false,
  ...over,
})

const tell = async (tenant: string, told: Alert): Promise<void> => {
  await apiOf(tenant).alert(told)
  await runOnce(tenant)
}

let receiver: ReturnType<typeof openReceiver>
let tenant: string
beforeAll(() => {
  receiver = openReceiver()
})
beforeEach(async () => {
  receiver.works()
  await put([])
  await runOnce('service')
  tenant = await newTenant()
  receiver.heard()
})

describe('an alert', () => {
  it('reaches its target once, signed by the Standard Webhooks scheme, and so does the news that it is over', async () => {
    const [target] = await put([{ url: 'https://receiver-a.test/hook' }])
    await tell(tenant, alert('webhooks/c_1'))
    const [raised, ...others] = await minute()
    expect(others).toEqual([])
    expect(raised?.url).toBe('https://receiver-a.test/hook')
    expect(raised?.type).toBe('alert.raised')
    expect(raised?.data).toMatchObject({ tenant, cause: 'webhooks/c_1', kind: 'webhooks', count: 1, resolvedAt: null })
    const signed = new Webhook(target?.secret ?? '')
    expect(signed.verify(raised?.body ?? '', raised?.headers ?? {})).toMatchObject({ type: 'alert.raised' })
    expect(() => signed.verify(`${raised?.body} `, raised?.headers ?? {})).toThrow()

    await tell(tenant, alert('webhooks/c_1'))
    expect(await minute()).toEqual([])

    await tell(tenant, alert('webhooks/c_1', { resolved: true }))
    const [resolved] = await minute()
    expect(resolved?.type).toBe('alert.resolved')
    expect(resolved?.data).toMatchObject({ cause: 'webhooks/c_1', resolvedAt: expect.any(Number) })
    expect(resolved?.headers['webhook-id']).not.toBe(raised?.headers['webhook-id'])
    expect(await minute()).toEqual([])
  })

  it('goes to those who want its kind and its tenant', async () => {
    const other = await newTenant()
    await put([
      { url: 'https://receiver-all.test/' },
      { url: 'https://receiver-kind.test/', kinds: ['reconnect'] },
      { url: 'https://receiver-mine.test/', tenant },
      { url: 'https://receiver-other.test/', tenant: other },
    ])
    await tell(tenant, alert('webhooks/c_1'))
    expect((await minute()).map(({ url }) => url).sort()).toEqual([
      'https://receiver-all.test/',
      'https://receiver-mine.test/',
    ])
    await tell(tenant, alert('reconnect/c_1', { kind: 'reconnect' }))
    expect((await minute()).map(({ url }) => url).sort()).toEqual([
      'https://receiver-all.test/',
      'https://receiver-kind.test/',
      'https://receiver-mine.test/',
    ])
  })

  it('that is open already is told to a new target', async () => {
    await tell(tenant, alert('webhooks/open'))
    await tell(tenant, alert('webhooks/over'))
    await tell(tenant, alert('webhooks/over', { resolved: true }))
    await put([{ url: 'https://receiver-new.test/', tenant }])
    expect((await minute()).map(({ data }) => data.cause)).toEqual(['webhooks/open'])
  })
})

describe('a target that is away', () => {
  it('gets everything later, tried again after growing delays with the same id', async () => {
    receiver.answers(() => new Response('no', { status: 500 }))
    await put([{ url: 'https://receiver-b.test/', tenant }])
    await tell(tenant, alert('webhooks/c_1'))
    const tries: number[] = []
    const ids = new Set<string | undefined>()
    for (let passed = 1; passed <= 120; passed += 1)
      for (const { headers } of await minute()) {
        tries.push(passed)
        ids.add(headers['webhook-id'])
      }
    expect(tries).toEqual([1, 2, 7, 22, 52, 112])
    expect(ids.size).toBe(1)
    expect(await shown()).toMatchObject([
      { waiting: 1, lastError: 'it answered 500', failingSince: expect.any(Number) },
    ])
  })

  it('hears the newest state of each cause as soon as it takes one', async () => {
    receiver.answers(() => Response.redirect('https://receiver-elsewhere.test/', 307))
    await put([{ url: 'https://receiver-c.test/', tenant }])
    for (const cause of ['a', 'b', 'c']) await tell(tenant, alert(cause))
    for (let passed = 0; passed < 10; passed += 1)
      expect((await minute()).map(({ url }) => url).filter((url) => !url.startsWith('https://receiver-c.'))).toEqual([])
    await tell(tenant, alert('b', { resolved: true }))
    receiver.works()
    const heard = [...(await minute()), ...(await minute())]
    expect(heard.map(({ type, data }) => [data.cause, type]).sort()).toEqual([
      ['a', 'alert.raised'],
      ['b', 'alert.resolved'],
      ['c', 'alert.raised'],
    ])
    expect(await shown()).toMatchObject([{ waiting: 0, failingSince: null, lastError: '' }])
  })

  it('is shown to the other targets after an hour, and again when it is back', async () => {
    receiver.answers(({ url }) => new Response(null, { status: url.includes('receiver-d') ? 410 : 204 }))
    const made = await put([
      { url: 'https://receiver-d.test/', tenant },
      { url: 'https://receiver-watch.test/', kinds: ['alert_target_away'] },
    ])
    const away = made.find(({ url }) => url.includes('receiver-d'))?.id
    await tell(tenant, alert('webhooks/c_1'))
    const watched: Heard[] = []
    const watch = async (minutes: number) => {
      for (let passed = 0; passed < minutes; passed += 1) {
        const heard = await minute()
        await runOnce('service')
        watched.push(...heard.filter(({ url }) => url.includes('receiver-watch')))
      }
      return watched.splice(0).map(({ type, data }) => [type, data.cause])
    }
    expect(await watch(55)).toEqual([])
    expect(await watch(70)).toEqual([['alert.raised', `alert-target/${away}`]])
    receiver.works()
    expect(await watch(65)).toEqual([['alert.resolved', `alert-target/${away}`]])
  })
})

describe('the list of targets', () => {
  it('shows the secret of a new target once and never again, and keeps it sealed', async () => {
    const [made] = await put([{ url: 'https://receiver-e.test/' }])
    expect(made?.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(JSON.stringify(await shown())).not.toContain('secret')
    const [kept] = await put([{ id: made?.id ?? '', url: 'https://receiver-f.test/' }])
    expect([kept?.id, kept?.url, kept?.secret]).toEqual([made?.id, 'https://receiver-f.test/', undefined])
    expect(JSON.stringify(await rowsOf('select * from alert_targets'))).not.toContain(made?.secret)

    await tell(tenant, alert('webhooks/c_1', { at: now() + 1 }))
    const [heard] = (await minute()).filter(({ data }) => data.tenant === tenant)
    expect(heard?.url).toBe('https://receiver-f.test/')
    expect(new Webhook(made?.secret ?? '').verify(heard?.body ?? '', heard?.headers ?? {})).toBeTruthy()
  })

  it('takes nothing that is private, not https, its own or unknown', async () => {
    const urls = [
      'http://hooks.example.org/',
      'https://10.0.0.7/',
      'https://printer.local/',
      'https://connector.test/',
      'x',
    ]
    const targets = [
      ...urls.map((url) => ({ url })),
      { id: 'al_none', url: 'https://hooks.example.org/', tenant: 't_none' },
    ]
    const response = await raw(
      'PUT',
      '/v1/alert-targets',
      { body: JSON.stringify({ targets }), headers: { 'content-type': 'application/json' } },
      { ALLOW_CUSTOM_BASE_URLS: 'false' },
    )
    const problems = problemsOf({ status: response.status, body: await response.json() })
    expect(Object.keys(problems)).toEqual([
      'targets.0.url',
      'targets.1.url',
      'targets.2.url',
      'targets.3.url',
      'targets.4.url',
      'targets.5.id',
      'targets.5.tenant',
    ])
  })

  it('tells what comes back of a test message', async () => {
    const [made] = await put([{ url: 'https://receiver-g.test/' }])
    const test = async () => (await admin()).call('POST', `/v1/alert-targets/${made?.id}/test`)
    expect(await test()).toEqual({ ok: true, problem: '' })
    expect(receiver.heard().map(({ type }) => type)).toContain('alert.test')
    receiver.answers(() => Response.redirect('https://receiver-elsewhere.test/', 301))
    expect(await test()).toMatchObject({ ok: false, problem: expect.stringContaining('redirects are not followed') })
    receiver.answers(() => {
      throw new Error('connection dropped')
    })
    expect(await test()).toEqual({ ok: false, problem: 'it does not answer' })
  })
})
