import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { scratch } from './support/node/memory'

/** Every secret of the tests carries it; no log line, no error and no answer that is printed may. */
const MARK = 'marker-secret'

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  env: { ...process.env, TMPDIR: scratch(), ...colours },
  stdio: ['inherit', 'pipe', 'pipe'],
})

const leaks: string[] = []

/** Passes everything on, line by line, and keeps what should not be there. */
const watch = (from: NodeJS.ReadableStream, to: NodeJS.WritableStream): void => {
  let rest = ''
  from.setEncoding('utf8')
  from.on('data', (chunk: string) => {
    to.write(chunk)
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    leaks.push(...lines.filter((line) => line.includes(MARK)))
  })
  from.on('end', () => {
    if (rest.includes(MARK)) leaks.push(rest)
  })
}

watch(child.stdout, process.stdout)
watch(child.stderr, process.stderr)

child.on('close', (code) => {
  if (leaks.length > 0)
    process.stderr.write(`${leaks.length} lines of this output show a secret, the first: ${leaks[0]}\n`)
  process.exitCode = code || (leaks.length > 0 ? 1 : 0)
})
