import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { openDb } from '../../src/store/config'
import { project } from '../../src/store/journal'
import { Inbox, jobKey } from '../../src/tenant/inbox'
import { Named } from '../../src/tenant/named'
import { stubOf } from '../support/tenant'

const db = openDb(env.DB)
const KEY = jobKey('i', 'f', 's')
const PLAIN = {
  sourceNumber: '',
  targetId: '',
  targetNumber: '',
  reason: '',
  code: '',
  text: '',
  remedy: '',
  version: '',
}

const told = (tenant: string, id: string): Promise<void> => {
  const state = { ...PLAIN, id, integration: 'i', flow: 'f', sourceId: 's', state: 'done', at: 1 }
  return project(db, tenant, [{ seq: 1, entry: '{}', mac: '', record: id, state: JSON.stringify(state), alert: null }])
}

/** What the id of one record stands for; `tell` = what D1 is told when it is told all. */
const keyOf = (tenant: string, tell: (id: string) => Promise<void>, name = (id: string) => id): Promise<string> =>
  runInDurableObject(stubOf(tenant), async (_, { storage }) => {
    const inbox = new Inbox(storage.sql)
    inbox.accept(
      { kind: 'carry', integration: 'i', flow: 'f', sourceId: 's', actor: { by: 'webhook' }, correlation: 'x' },
      1,
    )
    const id = inbox.get(KEY)?.id ?? ''
    storage.sql.exec('update jobs set due_at = null')
    const named = new Named(db, tenant, inbox, () => tell(id))
    return named.keyOf(name(id)).catch((thrown) => String(thrown.failure.code))
  })

it('a record that D1 does not know yet is told to it first', async () => {
  expect(await keyOf('named-new', (id) => told('named-new', id))).toBe(KEY)
})

it('a record that D1 knows is not told again', async () => {
  await keyOf('named-known', (id) => told('named-known', id))
  const never = () => Promise.reject(new Error('told again'))
  expect(await keyOf('named-known', never)).toBe(KEY)
})

it('a record that nobody knows is none', async () => {
  expect(await keyOf('named-none', async () => {})).toBe('no_record')
})

it('a record that this object does not know any more is none, though another stands in its place', async () => {
  await told('named-other', 'r_other')
  expect(
    await keyOf(
      'named-other',
      async () => {},
      () => 'r_other',
    ),
  ).toBe('no_record')
})
