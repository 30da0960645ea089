/** Documents of one vendor in one world: in memory, written through to the object's SQLite. */
export interface Collection<T> {
  get(id: string): T | undefined
  put(id: string, document: T): T
  delete(id: string): boolean
  /** In the order they were first put. */
  all(): T[]
  readonly size: number
}

export interface Store {
  collection<T>(kind: string): Collection<T>
  /** A counter that starts at `from` and answers the next number. */
  next(counter: string, from?: number): number
}

const SCHEMA = `
  create table if not exists documents (vendor text, kind text, id text, body text not null, primary key (vendor, kind, id));
  create table if not exists counters (name text primary key, value integer not null);`

export const openStore = (sql: SqlStorage, vendor: string): Store => {
  sql.exec(SCHEMA)
  const open = new Map<string, unknown>()
  return {
    collection<T>(kind: string): Collection<T> {
      const known = open.get(kind) ?? openCollection<T>(sql, vendor, kind)
      open.set(kind, known)
      return known as Collection<T>
    },
    next(counter, from = 1) {
      const name = `${vendor}/${counter}`
      sql.exec('insert into counters values (?, ?) on conflict (name) do update set value = value + 1', name, from)
      return Number(sql.exec('select value from counters where name = ?', name).one().value)
    },
  }
}

const openCollection = <T>(sql: SqlStorage, vendor: string, kind: string): Collection<T> => {
  const rows = sql.exec('select id, body from documents where vendor = ? and kind = ? order by rowid', vendor, kind)
  const documents = new Map<string, T>()
  for (const row of rows) documents.set(String(row.id), JSON.parse(String(row.body)))
  return {
    get: (id) => documents.get(id),
    put(id, document) {
      sql.exec(
        'insert into documents values (?, ?, ?, ?) on conflict do update set body = excluded.body',
        vendor,
        kind,
        id,
        JSON.stringify(document),
      )
      documents.set(id, document)
      return document
    },
    delete(id) {
      sql.exec('delete from documents where vendor = ? and kind = ? and id = ?', vendor, kind, id)
      return documents.delete(id)
    },
    all: () => [...documents.values()],
    get size() {
      return documents.size
    },
  }
}
