import { z } from 'zod'
import type { Admin } from '../support/admin'
import { openWorld, type TestWorld } from '../support/world'
import type { Stage } from './stage'
import { again } from './waiting'

/** One business in the connector, and its vendors. */
export interface Office {
  name: string
  tenant: string
  integration: string
  world: TestWorld
  admin: Admin
  control(path: string, body: unknown): Promise<unknown>
  /** How often its world's faults have struck, and how often its simulator was restarted. */
  strikes(): Promise<{ struck: number; restarts: number }>
  close(): void
}

export type Bare = Omit<Office, 'integration'>

const HEARTBEAT_MS = 3_000
const Struck = z.object({ struck: z.number(), opened: z.number() })

/** A world on the connector's clock, and a tenant. */
export const openBare = async (stage: Stage, name: string): Promise<Bare> => {
  const world = openWorld(name, stage.workers.sandbox)
  const control = async (path: string, body: unknown): Promise<unknown> => {
    const url = `${stage.workers.sandbox}/${name}/_control/${path}`
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const opened = new Set<number>()
  const strikes = async () => {
    const answer = Struck.parse(await control('struck', {}))
    opened.add(answer.opened)
    return { struck: answer.struck, restarts: opened.size - 1 }
  }
  // A world keeps its record of calls in memory, which goes with an object that nobody calls for ten seconds.
  const heart = setInterval(() => void strikes().catch(() => undefined), HEARTBEAT_MS)
  const { now } = z.object({ now: z.number() }).parse(await control('clock', { scale: stage.scale }))
  await control('clock', { advanceMs: stage.now() - now })
  const { id: tenant } = await stage.admin.call<{ id: string }>('POST', '/v1/tenants', { name })
  return { name, tenant, world, admin: stage.admin, control, strikes, close: () => clearInterval(heart) }
}

export interface NewConnection {
  vendor: string
  settings: unknown
  credentials: unknown
  webhookSecret?: string
}

/** What is checked with the vendor is asked again: so many cells begin at once that it may be late. */
export const connect = async ({ admin, tenant }: Bare, given: NewConnection): Promise<string> => {
  const { vendor, settings, credentials, webhookSecret } = given
  const base = `/v1/tenants/${tenant}/connections`
  const named = { vendor, environment: 'sandbox', name: vendor, settings }
  const { id } = await admin.call<{ id: string }>('POST', base, named)
  await again(() => admin.call('PUT', `${base}/${id}/credentials`, credentials))
  if (webhookSecret) await admin.call('PUT', `${base}/${id}/webhook-secret`, { secret: webhookSecret })
  return id
}

const path = ({ tenant, integration }: Office): string => `/v1/tenants/${tenant}/integrations/${integration}`

/** As often as it takes: the connector may be down at the moment. */
export const order = (office: Office, what: 'poll' | 'pause' | 'resume'): Promise<void> =>
  again(() => office.admin.call('POST', `${path(office)}/${what}`))

const Row = z.object({
  id: z.string(),
  flow: z.string(),
  sourceId: z.string(),
  state: z.string(),
  reason: z.string(),
  code: z.string(),
  text: z.string(),
})
export type Row = z.infer<typeof Row>
const Rows = z.object({ items: z.array(Row), next: z.string().nullable() })

/** All records, newest first. */
export const recordsOf = async ({ admin, tenant }: Office): Promise<Row[]> => {
  const rows: Row[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) })
    const page = Rows.parse(await again(() => admin.call('GET', `/v1/tenants/${tenant}/records?${query}`)))
    rows.push(...page.items)
    cursor = page.next
  }
  return rows
}

const Verified = z.looseObject({ ok: z.boolean() })

/** Whether the audit is whole; what is wrong with it otherwise. */
export const auditProblem = async ({ admin, tenant }: Office): Promise<string | undefined> => {
  const answer = await again(() => admin.call('GET', `/v1/tenants/${tenant}/audit/verify`))
  return Verified.parse(answer).ok ? undefined : `the audit is not whole: ${JSON.stringify(answer)}`
}

const Timeline = z.object({
  timeline: z.array(
    z.object({
      outcome: z.string(),
      text: z.string().optional(),
      requests: z.array(z.object({ method: z.string(), route: z.string(), status: z.number() })),
    }),
  ),
})

const timelineOf = async ({ admin, tenant }: Office, { id }: Row) =>
  Timeline.parse(await again(() => admin.call('GET', `/v1/tenants/${tenant}/records/${id}`))).timeline

/** A call that was sent was not answered in time. */
export const hadNoAnswer = async (office: Office, row: Row): Promise<boolean> =>
  (await timelineOf(office, row)).some(
    ({ outcome, requests }) => outcome === 'uncertain' && requests.some(({ status }) => status === 0),
  )

/** What the audit has of a record, one line an attempt. */
export const storyOf = async (office: Office, row: Row): Promise<string[]> => {
  const timeline = await timelineOf(office, row)
  return timeline.map(({ outcome, text = '', requests }) => {
    const calls = requests.map(({ method, route, status }) => `${method} ${route} ${status}`).join(', ')
    return `${outcome} ${text} [${calls}]`
  })
}
