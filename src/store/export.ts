import { type Db, readConfig } from './config'

/** One table of D1, as far as it belongs to the tenant and is no secret. `place` = the column that orders it. */
interface Table {
  name: string
  columns: string
  from: string
  place: string
}

const own = (name: string, columns: string, place: string): Table => ({
  name,
  columns,
  from: `${name} where ${name}.tenant = ?1`,
  place,
})

/** No credentials, no secrets, no addresses that are secret themselves, no digests of keys. */
const TABLES: Table[] = [
  own('connections', 'id, vendor, environment, name, account, settings, client_certificate, state, created_at', 'id'),
  own('integrations', '*', 'id'),
  own('hooks', 'connection, event, state, at', 'id'),
  own('api_keys', 'id, principal, made_by, scopes, created_at, revoked_at', 'id'),
  own('records', '*', 'id'),
  own('alerts', '*', 'cause'),
  own('audit_checkpoints', '*', 'seq'),
  own('audit', '*', 'seq'),
  {
    name: 'mappings',
    columns: 'mappings.*',
    from: 'mappings join integrations on integrations.id = mappings.integration where integrations.tenant = ?1',
    place: 'mappings.rowid',
  },
  {
    name: 'reference_entries',
    columns: 'reference_entries.*',
    from: 'reference_entries join connections on connections.id = reference_entries.connection where connections.tenant = ?1',
    place: 'reference_entries.rowid',
  },
]

const ROWS = 500

export interface ExportedRow {
  kind: string
  row: Record<string, unknown>
}

/** All of one tenant that D1 holds, a page at a time. */
export async function* exportRows(db: Db, tenant: string): AsyncGenerator<ExportedRow> {
  const config = await readConfig(db, tenant)
  if (config) yield { kind: 'tenants', row: { id: config.id, name: config.name, version: config.version } }
  for (const table of TABLES) yield* rowsOf(db, tenant, table)
}

async function* rowsOf({ $client }: Db, tenant: string, table: Table): AsyncGenerator<ExportedRow> {
  const { name, columns, from, place } = table
  const query = (more: string) =>
    $client.prepare(`select ${columns}, ${place} as place_ from ${from} ${more} order by ${place} limit ${ROWS}`)
  const [first, next] = [query(''), query(`and ${place} > ?2`)]
  let page: Placed[] = await fetched(first.bind(tenant))
  for (;;) {
    for (const { place_: _, ...row } of page) yield { kind: name, row }
    const last = page.at(-1)
    if (last === undefined || page.length < ROWS) return
    page = await fetched(next.bind(tenant, last.place_))
  }
}

const fetched = async (query: D1PreparedStatement): Promise<Placed[]> => (await query.all<Placed>()).results

type Placed = { place_: string | number }
