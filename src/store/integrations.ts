import { and, asc, eq, inArray } from 'drizzle-orm'
import { type Db, type IntegrationConfig, toIntegration } from './config'
import { connections, integrations, mappings, schedules } from './schema'

export const findIntegration = async (db: Db, tenant: string, id: string): Promise<IntegrationConfig | undefined> => {
  const [row] = await db
    .select()
    .from(integrations)
    .where(and(eq(integrations.id, id), eq(integrations.tenant, tenant)))
  return row && toIntegration(row)
}

export const listIntegrations = async (db: Db, tenant: string): Promise<IntegrationConfig[]> =>
  (await db.select().from(integrations).where(eq(integrations.tenant, tenant)).orderBy(asc(integrations.id))).map(
    toIntegration,
  )

/** Two of them would carry every record twice. */
export const twinOf = async (db: Db, wanted: IntegrationConfig): Promise<string | undefined> => {
  const [row] = await db
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        eq(integrations.sourceConnection, wanted.sourceConnection),
        eq(integrations.targetConnection, wanted.targetConnection),
        eq(integrations.pair, wanted.pair),
      ),
    )
  return row?.id
}

const columnsOf = ({ settings, flows, ...rest }: IntegrationConfig) => ({
  ...rest,
  settings: JSON.stringify(settings),
  flows: JSON.stringify(flows),
})

export const insertIntegration = (db: Db, integration: IntegrationConfig, createdAt: number) =>
  db.insert(integrations).values({ ...columnsOf(integration), createdAt })

export const updateIntegration = (db: Db, integration: IntegrationConfig) =>
  db.update(integrations).set(columnsOf(integration)).where(eq(integrations.id, integration.id))

export const deleteIntegration = (db: Db, id: string) => [
  db.delete(integrations).where(eq(integrations.id, id)),
  db.delete(mappings).where(eq(mappings.integration, id)),
  db.delete(schedules).where(eq(schedules.integration, id)),
]

/** The flows that are on are due at `at`; those that are off, or paused, are not polled. */
export const reschedule = (db: Db, integration: IntegrationConfig, at: number) => [
  db.delete(schedules).where(eq(schedules.integration, integration.id)),
  ...Object.entries(integration.state === 'active' ? integration.flows : {})
    .filter(([, { enabled }]) => enabled)
    .map(([flow, { schedule }]) =>
      db.insert(schedules).values({
        integration: integration.id,
        flow,
        tenant: integration.tenant,
        pair: integration.pair,
        schedule: schedule ?? integration.schedule,
        dueAt: at,
      }),
    ),
]

/** The integrations that write to this connection. */
export const writingTo = async (db: Db, connection: string): Promise<IntegrationConfig[]> =>
  (await db.select().from(integrations).where(eq(integrations.targetConnection, connection))).map(toIntegration)

/** How an integration is set up, and whether both its sides are connected. */
export interface IntegrationStanding {
  id: string
  tenant: string
  pair: string
  state: string
  connections: { id: string; vendor: string; state: string }[]
}

/** Of a page of tenants, by tenant. */
export const standingsOf = async (db: Db, tenants: string[]): Promise<Map<string, IntegrationStanding[]>> => {
  const [found, sides] = await db.batch([
    db.select().from(integrations).where(inArray(integrations.tenant, tenants)).orderBy(asc(integrations.id)),
    db
      .select({ id: connections.id, vendor: connections.vendor, state: connections.state })
      .from(connections)
      .where(inArray(connections.tenant, tenants)),
  ])
  const known = new Map(sides.map((side) => [side.id, side]))
  const standings = found.map(({ id, tenant, pair, state, sourceConnection, targetConnection }) => ({
    id,
    tenant,
    pair,
    state,
    connections: [sourceConnection, targetConnection].flatMap((side) => known.get(side) ?? []),
  }))
  return Map.groupBy(standings, ({ tenant }) => tenant)
}
