import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

const FAULTS = ['commit-and-drop', 'killed']

/** Its workers have secrets of their own; those of the tests would take their place. */
const environment = () => {
  const { MASTER_KEYS: _, ADMIN_TOKEN: __, ...rest } = process.env
  return rest
}

const Cell = z.object({ sent: z.number(), duplicated: z.number(), lost: z.number() })
const Report = z.object({ ok: z.boolean(), cells: z.array(Cell) })

/** The whole matrix is `npm run chaos`; this is the part of it that finds most. */
const chaos = async (): Promise<z.infer<typeof Report>> => {
  const options = ['--records', '2', '--seed', '1', '--json', ...FAULTS.flatMap((fault) => ['--fault', fault])]
  const { stdout } = await run('npm', ['run', '-s', 'chaos', '--', ...options], {
    cwd: root,
    env: environment(),
    timeout: 110_000,
  })
  return Report.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}

describe('a small chaos on the built worker in the local runtime', () => {
  it('loses nothing and posts nothing twice', { timeout: 120_000 }, async () => {
    const { ok, cells } = await chaos()
    expect(ok).toBe(true)
    expect(cells.length).toBeGreaterThanOrEqual(FAULTS.length)
    for (const { sent, duplicated, lost } of cells)
      expect({ sent, duplicated, lost }).toMatchObject({ duplicated: 0, lost: 0 })
  })
})
