import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { toBase64Url } from '../../../src/lib/bytes'
import { adminKey, type Office, openOffice, recordsOf } from '../../support/office'
import { settle } from '../../support/settle'
import { stubOf } from '../../support/tenant'
import { carry, draftInvoice } from '../../support/wave-cin7'
import { openWiseBooks } from '../../support/wave-wise'
import { as, filled, type Route, routes } from './support'

/** A statement, and how SQLite goes about it. */
interface Planned {
  sql: string
  values: number
  plan: string[]
}

/** However much a business does, there is a handful of each (`found` = its integrations, or the flows of one); or one row for each thing that a person is still to do. */
const SMALL = ['alert_targets', 'alert_notices', 'api_keys', 'limits', 'found']

/** Of the tenant's object: a count that ends at 10,000, along an index of nothing else. */
const COUNTED = ['jobs_due', 'jobs_failed']

/** A few of a business, which may be sorted when they are read. */
const SORTED = ['connections', 'integrations', 'tenants', 'matches']

const explain = (sql: string) => `explain query plan ${sql}`

/** What the edge asks of D1 while `work` runs. */
const askedOfDatabase = async (work: (bindings: { DB: D1Database }) => Promise<void>): Promise<Planned[]> => {
  const asked: { sql: string; values: unknown[] }[] = []
  const statementOf = (sql: string): D1PreparedStatement => {
    const entry: { sql: string; values: unknown[] } = { sql, values: [] }
    asked.push(entry)
    return new Proxy(env.DB.prepare(sql), {
      get: (real, name) => {
        if (name === 'bind')
          return (...values: unknown[]) => {
            entry.values = values
            return real.bind(...values)
          }
        const value: unknown = Reflect.get(real, name)
        return typeof value === 'function' ? value.bind(real) : value
      },
    })
  }
  const DB = new Proxy(env.DB, {
    get: (real, name) => {
      if (name === 'prepare') return statementOf
      const value: unknown = Reflect.get(real, name)
      return typeof value === 'function' ? value.bind(real) : value
    },
  })
  await work({ DB })
  return Promise.all(
    asked.map(async ({ sql, values }) => {
      const { results } = await env.DB.prepare(explain(sql))
        .bind(...values)
        .all<{ detail: string }>()
      return { sql, values: values.length, plan: results.map(({ detail }) => detail) }
    }),
  )
}

const isRead = (sql: string): boolean => /^\s*(select|with)\b/i.test(sql)

/** What is asked of the tenant's own storage while `work` runs. */
const askedOfObject = async (tenant: string, work: () => Promise<void>): Promise<Planned[]> => {
  const asked: Planned[] = []
  const real = await runInDurableObject(stubOf(tenant), (_, { storage: { sql } }) => {
    const exec = sql.exec
    Reflect.set(sql, 'exec', (query: string, ...values: unknown[]) => {
      if (isRead(query)) {
        const rows = Reflect.apply(exec, sql, [explain(query), ...values]).toArray()
        asked.push({ sql: query, values: values.length, plan: rows.map(({ detail }) => String(detail)) })
      }
      return Reflect.apply(exec, sql, [query, ...values])
    })
    return exec
  })
  await work()
  await runInDurableObject(stubOf(tenant), (_, { storage }) => Reflect.set(storage.sql, 'exec', real))
  return asked
}

const tableOf = (step: string): string => /^(?:SCAN|SEARCH) (\w+)/.exec(step)?.[1] ?? ''

const isWholeTable = (step: string): boolean =>
  step.startsWith('SCAN ') &&
  !/VIRTUAL TABLE|CONSTANT ROW|\(subquery/.test(step) &&
  !SMALL.includes(tableOf(step)) &&
  !COUNTED.some((index) => step.endsWith(`USING COVERING INDEX ${index}`))

/** What reads a whole table, or all that a tenant has in order to sort it, or has too many values. */
const faultsOf = ({ sql, values, plan }: Planned): string[] => {
  const isSorted = plan.some((step) => step.includes('TEMP B-TREE'))
  const tables = plan.map(tableOf).filter(Boolean)
  return [
    ...plan.filter(isWholeTable),
    ...(isSorted && tables.some((name) => !SORTED.includes(name)) ? plan : []),
    ...(values > 100 ? [`${values} values`] : []),
  ].map((fault) => `${fault} in: ${sql}`)
}

let office: Office
let ids: Record<string, string>
let wise: { tenant: string; integration: string }
let lists: Route[]
beforeAll(async () => {
  office = await openOffice({ mapped: false })
  await carry(office, await draftInvoice(office))
  wise = await openWiseBooks()
  await office.admin.call('POST', `/v1/tenants/${office.tenant}/integrations/${office.integration}/match`)
  await settle(office.tenant)
  const [record] = await recordsOf(office)
  const { tenant, integration, wave } = office
  ids = { tenant, integration, connection: wave.connection, record: record?.id ?? '', kind: 'account', side: 'source' }
  lists = (await routes()).filter(({ method }) => method === 'GET')
})

/** What a filter may be asked for; of the others a word will do. */
const VALUES: Record<string, string> = {
  status: 'failed',
  limit: '100',
  to: '4000000000000',
  open: 'false',
  sure: 'none',
}

const OF_ROUTE: Record<string, Record<string, string>> = {
  reconciliation: { from: '2026-01-01', to: '2026-12-31', status: 'only_source' },
  audit: { cursor: '5' },
  failures: { cursor: toBase64Url('["a","b","c","d"]') },
  records: { cursor: toBase64Url('[0,"r_1"]') },
}

const wordFor = (path: string, name: string): string =>
  OF_ROUTE[path.split('/').at(-1) ?? '']?.[name] ?? VALUES[name] ?? ids[name] ?? '1'

/** No filter, each alone, each with a cursor, and all of them. */
const queriesOf = ({ path, parameters }: Route): string[] => {
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const chosen = [[], ...names.map((name) => [name]), ...names.map((name) => [name, 'cursor']), names]
  const possible = chosen.filter((some) => some.every((name) => names.includes(name)))
  const queries = possible.map(
    (some) => new URLSearchParams([...new Set(some)].map((name) => [name, wordFor(path, name)])),
  )
  return [...new Set(queries.map(String))]
}

/** Of a pair that pays, or of the other. */
const idsFor = (path: string) => (/transfers|recipients/.test(path) ? { ...ids, ...wise } : ids)

/** What it asks of the database and of the object; a call that is refused proves nothing. */
const faultsIn = async (key: string, tenant: string, path: string): Promise<string[]> => {
  const faults: string[] = []
  let inObject: Planned[] = []
  const inDatabase = await askedOfDatabase(async (bindings) => {
    inObject = await askedOfObject(tenant, async () => {
      const { status, body } = await as(key, bindings).ask('GET', path)
      if (status !== 200) faults.push(`${status} ${JSON.stringify(body)}`)
    })
  })
  if (inDatabase.length < 2) faults.push('it asked for nothing but the key')
  return [...faults, ...[...inDatabase, ...inObject].flatMap(faultsOf)].map((fault) => `${path}: ${fault}`)
}

describe('every GET of the API', () => {
  it('finds what it shows through indexes, in their order, with at most 100 values a statement', async () => {
    const key = await adminKey()
    const faults: string[] = []
    for (const route of lists) {
      const own = idsFor(route.path)
      for (const query of queriesOf(route))
        faults.push(...(await faultsIn(key, own.tenant ?? '', `${filled(route.path, own)}?${query}`)))
    }
    expect(faults).toEqual([])
    expect(lists.length).toBeGreaterThan(20)
  }, 240_000)

  it('would not pass with a query that reads a whole table, or sorts one', async () => {
    const plans = await askedOfDatabase(async ({ DB }) => {
      await DB.prepare('select text from records where text = ?').bind('x').all()
      await DB.prepare('select id from records where tenant = ? order by at').bind('t').all()
    })
    expect(plans.map((one) => faultsOf(one).length > 0)).toEqual([true, true])
  })
})
