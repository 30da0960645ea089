import { type Db, readConfig } from './config'

/** One table of D1, as far as it belongs to somebody and is no secret. Its index leads from the owner along the place. */
interface Table {
  name: string
  columns: string
  owner: 'tenant' | 'integration' | 'connection'
  place: string[]
}

const own = (name: string, columns: string, place: string): Table => ({
  name,
  columns,
  owner: 'tenant',
  place: [place],
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
  { name: 'mappings', columns: '*', owner: 'integration', place: ['kind', 'code'] },
  { name: 'reference_entries', columns: '*', owner: 'connection', place: ['kind', 'code'] },
]

const ROWS = 500

export interface ExportedRow {
  kind: string
  row: Record<string, unknown>
}

/** All of one tenant that D1 holds, a page at a time. */
export async function* exportRows(db: Db, tenant: string): AsyncGenerator<ExportedRow> {
  const config = await readConfig(db, tenant)
  if (!config) return
  yield { kind: 'tenants', row: { id: config.id, name: config.name, version: config.version } }
  const owners = { tenant: [tenant], integration: config.integrations.keys(), connection: config.connections.keys() }
  for (const table of TABLES) for (const owner of owners[table.owner]) yield* rowsOf(db, table, owner)
}

async function* rowsOf(db: Db, table: Table, owner: string): AsyncGenerator<ExportedRow> {
  let page: Row[] = await pageOf(db, table, owner, undefined)
  for (;;) {
    for (const row of page) yield { kind: table.name, row: shownOf(row) }
    const last = page.at(-1)
    if (last === undefined || page.length < ROWS) return
    page = await pageOf(
      db,
      table,
      owner,
      table.place.map((_, at) => last[`place_${at}`]),
    )
  }
}

type Row = Record<string, unknown>

const shownOf = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('place_')))

const pageOf = async ({ $client }: Db, table: Table, owner: string, after: unknown[] | undefined): Promise<Row[]> => {
  const { name, columns, place } = table
  const places = place.map((column, at) => `${column} as place_${at}`)
  const more = after ? `and (${place}) > (${after.map((_, at) => `?${at + 2}`)})` : ''
  const query = `select ${columns}, ${places} from ${name} where ${table.owner} = ?1 ${more} order by ${place} limit ${ROWS}`
  return (
    await $client
      .prepare(query)
      .bind(owner, ...(after ?? []))
      .all<Row>()
  ).results
}
