import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { WITHOUT_ROWID, withRowid } from './rowid'

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

const wrong = withRowid()
if (wrong.length > 0) {
  process.stderr.write(
    `${wrong.join(', ')}: ${WITHOUT_ROWID.join(' and ')} are to be without rowid: run \`npm run generate\`\n`,
  )
  process.exit(1)
}
