import { beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/problem'
import { receive } from '../../support/deliver'
import { adminKey, type Office, openOffice, recordsOf } from '../../support/office'
import { carry, draftInvoice } from '../../support/wave-cin7'
import { oddRequests } from './odd-requests'
import { makeKey, type Route, routes, rowsOf } from './support'

const REQUESTS = 500
const PATIENCE_MS = 180_000

/** Vendors' webhooks and the way back from a consent: they ask for no key, and answer in a form of their own. */
const KEYLESS: Route[] = [
  ...['', '/app/sandbox', '/{connection}', '/{connection}/{hook}'].map((rest) => ({
    method: 'POST',
    path: `/webhooks/{vendor}${rest}`,
  })),
  { method: 'GET', path: '/oauth/{vendor}/callback' },
  { method: 'POST', path: '/oauth/{vendor}/choose' },
].map((route) => ({ ...route, parameters: ['state', 'code'].map((name) => ({ name, in: 'query' })), responses: {} }))

const VENDORS = ['wave', 'wise', 'quickbooks', 'acumatica', 'freshbooks', 'cin7']

interface Stage {
  office: Office
  ids: Record<string, string>
  /** Of what it has, what nobody who has no key to it can know. */
  own: string[]
}

const open = async (): Promise<Stage> => {
  const office = await openOffice()
  await carry(office, await draftInvoice(office))
  const [record] = await recordsOf(office)
  if (!record) throw new Error('nothing was carried')
  const { tenant, integration, wave, world } = office
  const ids = { tenant, integration, connection: wave.connection, record: record.id }
  return {
    office,
    ids: { ...ids, kind: 'account', side: 'source', id: 'k_none', batch: 'b_none' },
    own: [world.name, record.sourceId, record.targetId, wave.business.bareId, wave.business.graphId],
  }
}

let mine: Stage
let theirs: Stage
beforeAll(async () => {
  mine = await open()
  theirs = await open()
})

interface Answered {
  route: string
  status: number
  text: string
}

const answersTo = async (made: ReturnType<typeof oddRequests>): Promise<Answered[]> => {
  const found: Answered[] = []
  for (const { route, request } of made) {
    const { response } = await receive(request)
    found.push({ route, status: response.status, text: await response.text() })
  }
  return found
}

/** It is no proof where all of it is turned away at the door. */
const manyOf = (answers: Answered[], ...statuses: number[]): void => {
  for (const status of statuses)
    expect([status, answers.filter((one) => one.status === status).length > 5]).toEqual([status, true])
}

const faultsIn = (answers: Answered[]) => answers.filter(({ status }) => status >= 500)
const isProblem = ({ text }: Answered): boolean => Problem.safeParse(JSON.parse(text)).success

describe('requests that make no sense, with a key that may do everything', () => {
  it.each([1, 2])(
    'are answered, and never as a fault of ours (seed %i)',
    async (seed) => {
      const made = oddRequests(seed, REQUESTS, await routes(), [mine.ids], await adminKey())
      const answers = await answersTo(made)
      expect(faultsIn(answers)).toEqual([])
      expect(answers.filter((answer) => answer.status >= 400 && !isProblem(answer))).toEqual([])
      manyOf(answers, 200, 400, 404, 422)
    },
    PATIENCE_MS,
  )

  it('leave the tenant working', async () => {
    const { admin, tenant } = mine.office
    expect((await admin.ask('GET', `/v1/tenants/${tenant}/records`)).status).toBe(200)
    expect((await admin.ask('GET', `/v1/tenants/${tenant}/audit/verify`)).status).toBe(200)
    expect((await admin.ask('GET', '/v1/health')).status).toBe(200)
  })
})

/** The rows of D1 that belong to it. */
const standing = async ({ tenant, wave, cin7, integration }: Office): Promise<string[]> => {
  const tables = await rowsOf<{ name: string }>(
    `select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'`,
  )
  const rows = await Promise.all(tables.map(({ name }) => rowsOf(`select * from "${name}"`)))
  const own = [tenant, wave.connection, cin7.connection, integration]
  const belongs = (row: Record<string, unknown>) =>
    [row.id, row.tenant, row.connection, row.integration].some((id) => own.some((one) => one === id))
  return rows
    .flat()
    .filter(belongs)
    .map((row) => JSON.stringify(row))
}

describe('requests that make no sense, with a key to one tenant and the ids of another', () => {
  it.each([3, 4])(
    'show nothing of the other, change nothing of it, and are no fault of ours (seed %i)',
    async (seed) => {
      const before = await standing(theirs.office)
      const { key } = await makeKey(['admin', 'approve'], mine.office.tenant)
      const made = oddRequests(seed, REQUESTS, await routes(), [mine.ids, theirs.ids], key)
      const answers = await answersTo(made)
      expect(faultsIn(answers)).toEqual([])
      expect(answers.filter(({ text }) => theirs.own.some((word) => text.includes(word)))).toEqual([])
      const within = answers.filter(({ route }) => route.includes(`/tenants/${theirs.office.tenant}`))
      expect(within.filter(({ status }) => status < 400)).toEqual([])
      expect(within.length).toBeGreaterThan(REQUESTS / 4)
      manyOf(answers, 200, 403, 404, 422)
      const after = await standing(theirs.office)
      expect(after.filter((row) => !before.includes(row))).toEqual([])
      expect([before.length > 20, after.length]).toEqual([true, before.length])
    },
    PATIENCE_MS,
  )
})

describe('requests that make no sense, where no key is asked for', () => {
  it('are refused, and never as a fault of ours', async () => {
    const ids = VENDORS.map((vendor) => ({ ...theirs.ids, vendor, hook: 'h_none' }))
    const answers = await answersTo(oddRequests(5, REQUESTS, KEYLESS, ids, 'none'))
    expect(faultsIn(answers)).toEqual([])
    expect(answers.filter(({ text }) => theirs.own.some((word) => text.includes(word)))).toEqual([])
    manyOf(answers, 400, 401, 404)
  })
})
