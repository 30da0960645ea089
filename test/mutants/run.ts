import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Each patch takes one safeguard away; the test named in it must go red. `npm run mutants [-- name …]` works on a copy and
 * never on the work tree itself.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const here = dirname(fileURLToPath(import.meta.url))
const AT_ONCE = 2
const LONGEST_MS = 5 * 60_000

interface Mutant {
  name: string
  patch: string
  test: string
  why: string
}

type Verdict = 'caught' | 'SURVIVED' | 'DOES NOT APPLY' | 'DOES NOT RUN'

const header = (text: string, key: string): string => new RegExp(`^# ${key}: (.+)$`, 'm').exec(text)?.[1]?.trim() ?? ''

const mutantAt = (file: string): Mutant => {
  const patch = join(here, file)
  const text = readFileSync(patch, 'utf8')
  return { name: basename(file, '.patch'), patch, test: header(text, 'test'), why: header(text, 'why') }
}

/** What git knows of or would add: neither packages nor what was built. */
const copyOf = (at: string): string => {
  const listed = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  for (const file of listed.split('\0').filter(Boolean)) copyFile(file, at)
  symlinkSync(join(root, 'node_modules'), join(at, 'node_modules'))
  return at
}

/** A file that was deleted and is still listed is no mistake. */
const copyFile = (file: string, to: string): void => {
  try {
    cpSync(join(root, file), join(to, file))
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
  }
}

/** `-C1`: lines that moved or changed nearby do not spoil a patch. */
const patched = (copy: string, patch: string, ...how: string[]): boolean => {
  try {
    execFileSync('git', ['apply', '-C1', ...how, patch], { cwd: copy, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const run = (copy: string, tests: string[], report: string): Promise<number | null> =>
  new Promise((resolve) => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const args = [
      vitest,
      'run',
      '--project',
      'workerd',
      '--project',
      'walks',
      '--project',
      'stateless',
      '--reporter=json',
      `--outputFile=${report}`,
      '--bail=1',
      ...tests,
    ]
    const child = spawn(process.execPath, args, { cwd: copy, stdio: 'ignore', timeout: LONGEST_MS })
    child.on('close', resolve)
  })

/** Red because a test failed; a patch that breaks the program itself proves nothing. */
const verdictOf = async (copy: string, { patch, test }: Mutant): Promise<Verdict> => {
  if (!patched(copy, patch)) return 'DOES NOT APPLY'
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const status = await run(copy, [test], report)
  patched(copy, patch, '-R')
  if (status === 0) return 'SURVIVED'
  return failedIn(report) ? 'caught' : 'DOES NOT RUN'
}

const failedIn = (report: string): boolean => {
  try {
    return /"numFailedTests":\s*[1-9]/.test(readFileSync(report, 'utf8'))
  } catch {
    return false
  }
}

const wanted = process.argv.slice(2)
const mutants = readdirSync(here)
  .filter((file) => file.endsWith('.patch'))
  .sort()
  .map(mutantAt)
  .filter(({ name }) => wanted.length === 0 || wanted.includes(name))

const scratch = mkdtempSync(join(tmpdir(), 'mutants-'))
const left = [...mutants]
const bad: string[] = []

/** A test that is red without a mutant catches nothing. */
const refuseIfRed = async (copy: string): Promise<void> => {
  const tests = [...new Set(mutants.map(({ test }) => test))]
  if ((await run(copy, tests, join(copy, 'report.json'))) !== 0)
    throw new Error(`red without a mutant: ${tests.join(' ')}`)
  process.stdout.write(`${tests.length} test files are green without a mutant\n`)
}

const work = async (copy: string): Promise<void> => {
  for (let mutant = left.shift(); mutant; mutant = left.shift()) {
    const started = Date.now()
    const verdict = await verdictOf(copy, mutant)
    if (verdict !== 'caught') bad.push(mutant.name)
    const seconds = Math.round((Date.now() - started) / 1000)
    process.stdout.write(`${verdict.padEnd(15)}${mutant.name.padEnd(30)}${`${seconds} s`.padEnd(7)}${mutant.test}\n`)
  }
}

try {
  const copies = Array.from({ length: AT_ONCE }, (_, lane) => copyOf(join(scratch, `copy-${lane}`)))
  await refuseIfRed(copies[0] ?? '')
  await Promise.all(copies.map(work))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
process.stdout.write(`${mutants.length - bad.length} of ${mutants.length} mutants caught\n`)
if (bad.length > 0 || mutants.length === 0) process.exitCode = 1
