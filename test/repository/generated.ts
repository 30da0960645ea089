import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'

/** Fails where src/store/schema.ts says something that no migration says. */
const root = resolve(import.meta.dirname, '../..')
const out = mkdtempSync(join(tmpdir(), 'migrations-'))
cpSync(join(root, 'migrations'), out, { recursive: true })
const kit = join(root, 'node_modules/drizzle-kit/bin.cjs')
const schema = join(root, 'src/store/schema.ts')
// drizzle-kit takes `--out` as relative to the working directory, and exits 0 when it fails: so its words decide.
const said = execFileSync(
  process.execPath,
  [kit, 'generate', '--dialect', 'sqlite', '--schema', schema, '--out', relative(root, out)],
  { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
)
rmSync(out, { recursive: true })
if (!said.includes('No schema changes')) {
  process.stderr.write('src/store/schema.ts changed: run `npm run generate` and commit the new migration\n')
  process.exit(1)
}

/** Of these a row is written for each attempt. With a rowid each would cost two billed rows, and drizzle-kit cannot say it. */
const WITHOUT_ROWID = ['audit', 'records']
const migrations = readdirSync(join(root, 'migrations'))
  .filter((name) => name.endsWith('.sql'))
  .map((name) => readFileSync(join(root, 'migrations', name), 'utf8'))
  .join('\n')
for (const table of WITHOUT_ROWID)
  if (!new RegExp(`CREATE TABLE \`${table}\` \\([^;]*\\) WITHOUT ROWID;`).test(migrations)) {
    process.stderr.write(`migrations: end CREATE TABLE of ${table} with ") WITHOUT ROWID;" by hand\n`)
    process.exit(1)
  }
