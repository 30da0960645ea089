import type { Admin } from '../support/admin'
import type { Apps } from '../support/node/apps'
import type { TestWorld } from '../support/world'
import type { Screen } from './screen'

/** Where a pair shows what it does: the connector and the simulators run, and a key of the admin API is there. */
export interface Stage {
  connector: string
  sandbox: string
  admin: Admin
  /** By vendor: what the deployment has as its own app there. */
  apps: Apps
  screen: Screen
}

/** A flow that carried a record. */
export interface CarriedFlow {
  flow: string
  source: string
  target: string
  status: string
  /** From the webhook, or the poll, to the target. */
  seconds: number
}

export type Scenario = (stage: Stage) => Promise<CarriedFlow[]>

export interface Row {
  id: string
  flow: string
  sourceNumber: string
  targetNumber: string
  state: string
  reason: string
  text: string
  remedy: string
}

/** One business, set up and switched on. */
export interface Firm {
  admin: Admin
  world: TestWorld
  tenant: string
  integration: string
  screen: Screen
}

export const carried = (row: Row, seconds: number): CarriedFlow => ({
  flow: row.flow,
  source: row.sourceNumber,
  target: row.targetNumber,
  status: row.state,
  seconds,
})

export const since = (started: number): number => Math.round((Date.now() - started) / 100) / 10

/** A vendor account, added and given its credentials. Answers its id. */
export const connect = async (
  admin: Admin,
  tenant: string,
  vendor: string,
  settings: unknown,
  credentials: unknown,
): Promise<string> => {
  const base = `/v1/tenants/${tenant}/connections`
  const wanted = { vendor, environment: 'sandbox', name: vendor, settings }
  const { id } = await admin.call<{ id: string }>('POST', base, wanted)
  await admin.call('PUT', `${base}/${id}/credentials`, credentials)
  return id
}

/** The simulators send their webhooks by themselves from now on. */
export const deliverByItself = async (sandbox: string, world: TestWorld): Promise<void> => {
  await fetch(`${sandbox}/${world.name}/_control/deliveries/auto`, {
    method: 'POST',
    body: JSON.stringify({ on: true }),
  })
}

/** Asks the admin API until the record is in one of these states. */
export const until = async ({ admin, tenant }: Firm, flow: string, number: string, states: string[]): Promise<Row> => {
  const limit = Date.now() + 120_000
  let last: Row | undefined
  while (Date.now() < limit) {
    const query = new URLSearchParams({ flow, ...(number && { q: number }) })
    const { items } = await admin.call<{ items: Row[] }>('GET', `/v1/tenants/${tenant}/records?${query}`)
    last = items[0]
    if (last && states.includes(last.state)) return last
    await new Promise((wait) => setTimeout(wait, 200))
  }
  throw new Error(`${flow} ${number} is ${last?.state ?? 'not there'} after two minutes: ${last?.text ?? ''}`)
}
