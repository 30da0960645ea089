import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Of these a row is written for each attempt. With a rowid each would be two billed rows, and drizzle-kit cannot say it. */
export const WITHOUT_ROWID = ['audit', 'records']

const folder = resolve(import.meta.dirname, '../../migrations')
/** Also where drizzle-kit makes a table anew to change it. */
const table = new RegExp(`(CREATE TABLE \`(?:__new_)?(?:${WITHOUT_ROWID.join('|')})\` \\([^;]*\\n\\));`, 'g')

/** Migrations that make one of them with a rowid. */
export const withRowid = (): string[] => migrations().filter((path) => read(path) !== without(read(path)))

/** Run behind drizzle-kit by `npm run generate`. */
export const takeRowids = (): void => {
  for (const path of withRowid()) writeFileSync(path, without(read(path)))
}

const migrations = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => resolve(folder, name))

const read = (path: string): string => readFileSync(path, 'utf8')

const without = (sql: string): string => sql.replace(table, '$1 WITHOUT ROWID;')

if (process.argv[1] === import.meta.filename) takeRowids()
