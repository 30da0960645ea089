import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { agree, open } from '../support/browser'
import { deliver } from '../support/deliver'
import { killAtToken } from '../support/kill-grant'
import { type Office, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { passTime } from '../support/time'
import { alertsOf, approve, cin7Of, draftInvoice, only } from '../support/wave-cin7'

const HOUR = 3_600_000
const TOKEN = '/oauth2/token/'
const APP = { clientId: env.WAVE_CLIENT_ID_SANDBOX, clientSecret: env.WAVE_CLIENT_SECRET_SANDBOX }

let office: Office
beforeEach(async () => {
  const redirectUris = ['https://connector.test/oauth/wave/callback']
  office = await openOffice({ waveSeed: { applications: [{ ...APP, redirectUris }] } })
  await consent()
  for (const webhook of await approve(office, await draftInvoice(office))) await deliver(webhook)
  await passTime(3 * HOUR)
})
afterEach(() => vi.restoreAllMocks())

const consent = async (): Promise<void> => {
  const path = `/v1/tenants/${office.tenant}/connections/${office.wave.connection}/authorize`
  const { url } = await office.admin.call<{ url: string }>('GET', path)
  expect(await open(await agree(url))).toMatchObject({ status: 200 })
}

const grantName = async (): Promise<string> => {
  const row = env.DB.prepare('select grant_name from connections where id = ?').bind(office.wave.connection)
  return (await row.first<string>('grant_name')) ?? ''
}

const theInvoice = async () => only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))

/** The hour after which one call tries refused credentials again is not waited for. */
const settleUntilRefused = async (): Promise<void> => {
  await settle(office.tenant).catch(() => {})
}

describe('the grant object is killed while an invoice needs a new access token', () => {
  it('before it asked: the invoice is carried all the same', async () => {
    killAtToken(TOKEN, await grantName(), 'before')
    await settle(office.tenant)
    expect(await theInvoice()).toMatchObject({ state: 'done' })
    expect((await cin7Of(office)).sales).toHaveLength(1)
  })

  it('with the answer in its hand: the connection says what was lost, and the invoice waits for a new consent', async () => {
    killAtToken(TOKEN, await grantName(), 'after')
    await settleUntilRefused()
    expect(await theInvoice()).toMatchObject({
      state: 'waiting',
      reason: 'reconnect',
      code: 'wave_consent_ended',
      text: expect.stringContaining('the answer to an earlier renewal was lost'),
      remedy: expect.stringContaining('authorize'),
    })
    expect((await alertsOf(office)).filter(({ kind }) => kind === 'reconnect')).toMatchObject([
      { resolved_at: null, text: expect.stringContaining('was lost') },
    ])
    await consent()
    await settle(office.tenant)
    expect(await theInvoice()).toMatchObject({ state: 'done' })
    expect((await cin7Of(office)).sales).toHaveLength(1)
  })
})
