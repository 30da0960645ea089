import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { consume } from '../support/deliver'
import { type Office, openOffice } from '../support/office'
import { runOnce, settle } from '../support/settle'
import { stubOf } from '../support/tenant'

const SERVICE = 'service'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})

const message = (over: Record<string, unknown> = {}) => ({
  v: 1,
  kind: 'change',
  tenant: office.tenant,
  integration: office.integration,
  pair: 'wave-cin7',
  vendor: 'wave',
  change: { type: 'invoice', id: 'QnVzaW5lc3M6eDtJbnZvaWNlOjE=', event: 'invoice.approved' },
  correlation: 'x_1',
  ...over,
})

const deadLetters = async () =>
  (await env.DB.prepare('select * from dead_letters').all<{ id: string; reason: string; body: string }>()).results

describe('the consumer of a pair', () => {
  it('acknowledges what the tenant stored, one by one', async () => {
    const { explicitAcks, retryMessages } = await consume('wave-cin7', [message(), message()])
    expect(explicitAcks).toHaveLength(2)
    expect(retryMessages).toEqual([])
  })

  it('acknowledges nothing that the tenant could not store: it comes again', async () => {
    const exec = (sql: string) =>
      runInDurableObject(stubOf(office.tenant), (_, { storage }) => void storage.sql.exec(sql))
    await exec(`create trigger full before insert on jobs begin select raise(abort, 'disk is full'); end`)
    const { explicitAcks, retryMessages } = await consume('wave-cin7', [message({ correlation: 'x_2' })])
    await exec('drop trigger full')
    expect(explicitAcks).toEqual([])
    expect(retryMessages).toHaveLength(1)
  })

  it('puts a message that makes no sense to the dead letters with its reason, never round and round', async () => {
    const { explicitAcks } = await consume('wave-cin7', [{ hello: 'world' }])
    expect(explicitAcks).toHaveLength(1)
    const [letter] = await deadLetters()
    expect(letter?.body).toContain('hello')
    expect(letter?.reason).not.toBe('')
  })

  it('lets a message of an older or newer deployment wait for it', async () => {
    const { explicitAcks, retryMessages } = await consume('wave-cin7', [
      message({ v: 2 }),
      message({ kind: 'telegram' }),
    ])
    expect(explicitAcks).toEqual([])
    expect(retryMessages).toHaveLength(2)
  })

  it('lets what is for a business that is no more come to rest', async () => {
    const { explicitAcks } = await consume('wave-cin7', [message({ tenant: 't_gone' })])
    expect(explicitAcks).toHaveLength(1)
    expect(await runOnce('t_gone')).toBeNull()
  })

  it('raises one alert for dead letters, which is over once each is replayed or thrown away', async () => {
    await env.DB.prepare('delete from dead_letters').run()
    await consume('ml-connector-dead', [message(), { hello: 'again' }])
    await settle(SERVICE)
    const alert = () =>
      env.DB.prepare(`select * from alerts where tenant = ? and cause = 'dead-letters'`).bind(SERVICE).first()
    expect(await alert()).toMatchObject({ kind: 'dead_letter', resolved_at: null })
    for (const { id, body } of await deadLetters())
      if (body.includes('hello')) await office.admin.call('DELETE', `/v1/dead-letters/${id}`)
      else await office.admin.call('POST', `/v1/dead-letters/${id}/replay`, {})
    await settle(SERVICE)
    expect(await alert()).toMatchObject({ resolved_at: expect.any(Number) })
  })

  it('stores what the platform gave up on', async () => {
    const before = (await deadLetters()).length
    await consume('ml-connector-dead', [message()])
    expect(await deadLetters()).toHaveLength(before + 1)
  })
})
