import { runInDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { runOnce, settle } from '../support/settle'
import { apiOf, stubOf } from '../support/tenant'
import { passTime } from '../support/time'
import { draftInvoice } from '../support/wave-cin7'

const FLOW = 'wave-cin7/invoice-to-sale'
const BEYOND_THE_OVERLAP_MS = 20 * 60_000

const poll = ({ tenant, integration }: Office): Promise<number> => {
  const correlation = crypto.randomUUID()
  return apiOf(tenant).accept([{ kind: 'poll', integration, flow: FLOW, actor: { by: 'poll' }, correlation }])
}

const exec = ({ tenant }: Office, sql: string): Promise<void> =>
  runInDurableObject(stubOf(tenant), (_, { storage }) => void storage.sql.exec(sql))

it('a mark never passes a row that could not be stored: the next poll finds it', async () => {
  const office = await openOffice()
  await draftInvoice(office, { status: 'SAVED' })
  await passTime(BEYOND_THE_OVERLAP_MS)
  await draftInvoice(office, { status: 'SAVED' })
  await exec(
    office,
    `create trigger full before insert on jobs when new.kind = 'carry' begin select raise(abort, 'disk is full'); end`,
  )
  await poll(office)
  await runOnce(office.tenant)
  await exec(office, 'drop trigger full')
  await poll(office)
  await settle(office.tenant)
  expect((await recordsOf(office, `flow=${FLOW}`)).map(({ state }) => state)).toEqual(['done', 'done'])
})
