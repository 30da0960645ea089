import { beforeAll, describe, expect, it } from 'vitest'
import { consume, deliver } from '../support/deliver'
import { type Office, openOffice, recordsOf } from '../support/office'
import { runOnce, settle } from '../support/settle'
import { stubOf } from '../support/tenant'
import { approve, cin7Of, draftInvoice, only } from '../support/wave-cin7'

const WAITING = 10_000
const REAL = 20
const BATCH = 100

let busy: Office
let quiet: Office
const handled = { acks: 0, retries: 0 }

const changeOf = ({ tenant, integration }: Office, id: string) => ({
  v: 1,
  kind: 'change',
  tenant,
  integration,
  pair: 'wave-cin7',
  vendor: 'wave',
  change: { type: 'invoice', id, event: 'invoice.approved' },
  correlation: 'x_1',
})

/** Ten thousand messages for one tenant, the first of them real invoices; nothing is worked on yet. */
beforeAll(async () => {
  busy = await openOffice()
  quiet = await openOffice()
  const ids: string[] = []
  for (let n = 0; n < REAL; n += 1) ids.push((await draftInvoice(busy, { status: 'SAVED' })).graphId)
  for (let n = REAL; n < WAITING; n += 1) ids.push(btoa(`Business:none;Invoice:${n}`))
  await busy.admin.call('POST', `/v1/tenants/${busy.tenant}/integrations/${busy.integration}/pause`, {})
  for (let at = 0; at < WAITING; at += BATCH) {
    const messages = ids.slice(at, at + BATCH).map((id) => changeOf(busy, id))
    const { explicitAcks, retryMessages } = await consume('wave-cin7', messages)
    handled.acks += explicitAcks.length
    handled.retries += retryMessages.length
  }
  await busy.admin.call('POST', `/v1/tenants/${busy.tenant}/integrations/${busy.integration}/resume`, {})
})

/** Runs the busy tenant until its vendor's limit makes it wait; answers for how long. */
const runToItsLimit = async (): Promise<number> => {
  for (;;) {
    const wait = await runOnce(busy.tenant)
    if (wait === null) throw new Error('nothing waits')
    if (wait > 0) return wait
  }
}

describe('ten thousand jobs of one tenant behind a limit of sixty calls a minute', () => {
  it('were each one message, handled once: the backlog is not bounced through the queue', () => {
    expect(handled).toEqual({ acks: WAITING, retries: 0 })
  })

  it('let an invoice of another tenant through before the next of them is due', async () => {
    const wait = await runToItsLimit()
    const posted = (await cin7Of(busy)).sales.length
    expect(posted).toBeGreaterThan(5)
    expect(posted).toBeLessThan(REAL)
    expect(wait).toBeGreaterThan(2_500)

    for (const webhook of await approve(quiet, await draftInvoice(quiet))) await deliver(webhook)
    const took = await settle(quiet.tenant)
    expect(took).toBeLessThan(wait)
    expect(only((await cin7Of(quiet)).sales).Status).toBe('INVOICED')
    expect(only(await recordsOf(quiet, 'flow=wave-cin7/invoice-to-sale')).state).toBe('done')
    expect((await cin7Of(busy)).sales).toHaveLength(posted)
  })

  it('are not lost, and the object answers while they wait', async () => {
    const { waiting } = await stubOf(busy.tenant).health()
    expect(waiting).toBeGreaterThan(WAITING * 0.95)
  })
})
