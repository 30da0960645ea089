import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

const FAULTS = ['commit-and-drop', 'killed']
/** One of several steps, one of parts, one of a party. */
const FLOWS = ['invoice-to-sale', 'payment-to-payment', 'customer-to-customer'].map((flow) => `wave-cin7/${flow}`)

/** Its workers have secrets of their own; those of the tests would take their place. */
const environment = () => {
  const { MASTER_KEYS: _, ADMIN_TOKEN: __, ...rest } = process.env
  return rest
}

const Cell = z.object({ sent: z.number(), duplicated: z.number(), lost: z.number() })
const Report = z.object({ ok: z.boolean(), cells: z.array(Cell) })

/** The whole matrix is `npm run chaos`; this is the part of it that finds most. */
const chaos = async (): Promise<z.infer<typeof Report>> => {
  const chosen = [...FAULTS.map((fault) => ['--fault', fault]), ...FLOWS.map((flow) => ['--flow', flow])].flat()
  const options = ['--records', '2', '--seed', '1', '--json', ...chosen]
  const { stdout } = await run('npm', ['run', '-s', 'chaos', '--', ...options], {
    cwd: root,
    env: environment(),
    timeout: 230_000,
  })
  return Report.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}

describe('a small chaos on the built worker in the local runtime', () => {
  it('loses nothing and posts nothing twice', { timeout: 240_000 }, async () => {
    const { ok, cells } = await chaos()
    expect(ok).toBe(true)
    expect(cells.length).toBeGreaterThanOrEqual(FAULTS.length)
    for (const { sent, duplicated, lost } of cells)
      expect({ sent, duplicated, lost }).toMatchObject({ duplicated: 0, lost: 0 })
  })
})
