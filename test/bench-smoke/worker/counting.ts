import type { Env } from '../../../src/env'

/** What the platform would bill, by its own counters, since it was last taken. One isolate runs the worker and its objects. */
const KINDS = [
  'requests',
  'queue',
  'objectRequests',
  'objectRowsRead',
  'objectRowsWritten',
  'databaseRowsRead',
  'databaseRowsWritten',
  'duration',
  'databaseCalls',
] as const
type Kind = (typeof KINDS)[number]

const counted = new Map<Kind, Map<string, number>>()

export const count = (kind: Kind, cause: string, by: number): void => {
  if (by === 0) return
  const causes = counted.get(kind) ?? new Map<string, number>()
  counted.set(kind, causes)
  causes.set(cause, (causes.get(cause) ?? 0) + by)
}

/** What was counted so far; it begins anew. */
export const takeCounts = (): Record<string, Record<string, number>> => {
  const taken = Object.fromEntries(KINDS.map((kind) => [kind, Object.fromEntries(counted.get(kind) ?? [])]))
  counted.clear()
  return taken
}

const VERB = /^\s*(insert|update|delete|select|with)\b/i
const TABLE = /\b(?:into|update|from)\s+"?(\w+)"?(?:\s+set\s+(\w+))?/i

/** `update jobs tries`: what a statement does, to which table; of an update, to which column first. */
const causeOf = (sql: string): string => {
  const [, verb = 'other'] = VERB.exec(sql) ?? []
  const [, table = '', column = ''] = TABLE.exec(sql) ?? []
  return [verb.toLowerCase(), table, column].filter(Boolean).join(' ')
}

type Around = (run: (...args: unknown[]) => unknown, args: unknown[]) => unknown

/** The platform's own method, with something around it: the object itself cannot be replaced by another. */
const wrap = (prototype: object, name: string, around: Around): void => {
  const real: unknown = Reflect.get(prototype, name)
  if (typeof real !== 'function') throw new Error(`the platform has no ${name}`)
  Reflect.set(prototype, name, function (this: object, ...args: unknown[]) {
    return around((...given) => Reflect.apply(real, this, given), args)
  })
}

const prototypeWith = (value: unknown, name: string): object => {
  for (let at = value; typeof at === 'object' && at !== null; at = Reflect.getPrototypeOf(at))
    if (Object.hasOwn(at, name)) return at
  throw new Error(`the platform has no ${name}`)
}

const wrapped = { storage: false, database: false }

/** From the first object on. Each alarm that is set is a row, and so is each value of the key-value store. */
export const countStorage = (state: DurableObjectState): DurableObjectState => {
  if (wrapped.storage) return state
  wrapped.storage = true
  const { storage } = state
  wrap(prototypeWith(storage.sql, 'exec'), 'exec', (run, args) => {
    const cursor = run(...args)
    const cause = causeOf(String(args[0]))
    // Read to its end by then: nobody keeps a cursor over an await.
    queueMicrotask(() => noteRows('object', cause, cursor))
    return cursor
  })
  for (const name of ['put', 'delete'])
    wrap(prototypeWith(storage.kv, name), name, (run, args) => {
      count('objectRowsWritten', `kv ${name} ${String(args[0]).split('/').slice(0, 2).join('/')}`, 1)
      return run(...args)
    })
  for (const name of ['setAlarm', 'deleteAlarm'])
    wrap(prototypeWith(storage, name), name, (run, args) => {
      count('objectRowsWritten', name, 1)
      return run(...args)
    })
  return state
}

const noteRows = (where: 'object' | 'database', cause: string, rows: unknown): void => {
  if (typeof rows !== 'object' || rows === null) return
  const [read, written] = where === 'object' ? ['rowsRead', 'rowsWritten'] : ['rows_read', 'rows_written']
  count(`${where}RowsRead`, cause, Number(Reflect.get(rows, read) ?? 0))
  count(`${where}RowsWritten`, cause, Number(Reflect.get(rows, written) ?? 0))
}

/** `raw()` and `first()` show no counters, so they are taken where all of D1's answers come in. */
const countDatabase = (db: D1Database): void => {
  if (wrapped.database) return
  wrapped.database = true
  const session: unknown = Reflect.get(db, 'alwaysPrimarySession')
  wrap(prototypeWith(session, '_send'), '_send', async (run, args) => {
    const answer = await run(...args)
    const [, sql] = args
    const texts = Array.isArray(sql) ? sql.map(String) : [String(sql)]
    const answers: unknown[] = Array.isArray(answer) ? answer : [answer]
    count('databaseCalls', texts.map(causeOf).join(' + '), 1)
    for (const [at, one] of answers.entries()) noteRows('database', causeOf(texts[at] ?? ''), metaOf(one))
    return answer
  })
}

const metaOf = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'meta') : undefined

const watched = <T extends object>(real: T, before: (name: string, args: unknown[]) => void): T =>
  new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        before(String(name), args)
        return Reflect.apply(value, target, args)
      }
    },
  })

/** Sent, read and taken away: three operations, of which the last two are counted where it is consumed. */
const countedQueue = <T extends object>(queue: T, name: string): T =>
  watched(queue, (method, args) => {
    const [messages] = args
    if (method.startsWith('send')) count('queue', `send ${name}`, Array.isArray(messages) ? messages.length : 1)
  })

/** Each call of an object is one request; its alarms are counted in it. */
const countedObjects = <T extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<T>,
  name: string,
): DurableObjectNamespace<T> =>
  new Proxy(namespace, {
    get(target, method) {
      const value: unknown = Reflect.get(target, method)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        const made: unknown = Reflect.apply(value, target, args)
        if (method !== 'get' || typeof made !== 'object' || made === null) return made
        return watched(made, (called) => count('objectRequests', `${name} ${called}`, 1))
      }
    },
  })

const countedEnvs = new WeakMap<Env, Env>()

/** The same environment, counted. One for each: others keep notes by it. */
export const countedEnv = (env: Env): Env => {
  const known = countedEnvs.get(env)
  if (known) return known
  countDatabase(env.DB)
  const queues = {
    WAVE_CIN7: countedQueue(env.WAVE_CIN7, 'wave-cin7'),
    WAVE_WISE: countedQueue(env.WAVE_WISE, 'wave-wise'),
    QUICKBOOKS_CIN7: countedQueue(env.QUICKBOOKS_CIN7, 'quickbooks-cin7'),
    ACUMATICA_CIN7: countedQueue(env.ACUMATICA_CIN7, 'acumatica-cin7'),
    FRESHBOOKS_CIN7: countedQueue(env.FRESHBOOKS_CIN7, 'freshbooks-cin7'),
  }
  const objects = { TENANT: countedObjects(env.TENANT, 'tenant'), GRANT: countedObjects(env.GRANT, 'grant') }
  const made = { ...env, ...queues, ...objects }
  countedEnvs.set(env, made)
  return made
}
