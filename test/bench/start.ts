import { gzipSync } from 'node:zlib'
import type { Figure } from './figure'
import { bundle } from './stage/bundle'
import { startRuntime } from './stage/runtime'
import { median, rounded } from './stage/waiting'

const ROUNDS = 7
const SIZE_TARGET_KIB = 600
const TIME_TARGET_MS = 60

const EMPTY = 'export default { fetch: () => new Response("ok") }'

/** The bundle's size, and how much longer a runtime with it takes to start than one with an empty worker. */
export const start = async (): Promise<Figure> => {
  const code = await bundle('src/index.ts')
  const kibibytes = rounded(gzipSync(code).length / 1024, 1)
  const differences: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const empty = await startingTime(EMPTY)
    differences.push((await startingTime(code)) - empty)
  }
  const ms = rounded(median(differences), 1)
  return {
    value: { kibibytes, ms },
    target: { kibibytes: SIZE_TARGET_KIB, ms: TIME_TARGET_MS },
    ok: kibibytes < SIZE_TARGET_KIB && ms < TIME_TARGET_MS,
    lines: [
      `bundle ${kibibytes} KiB gzip, not minified`,
      `start of the isolate ${ms} ms: the median of ${ROUNDS} differences to an empty worker, started in turn`,
    ],
  }
}

/** The runtime compiles the code and runs its top level before it answers that it is ready. */
const startingTime = async (code: string): Promise<number> => {
  const started = performance.now()
  const runtime = await startRuntime('start', code, {
    compatibilityDate: '2026-10-20',
    durableObjects: code === EMPTY ? {} : { TENANT: 'Tenant', GRANT: 'Grant' },
  })
  const ms = performance.now() - started
  await runtime.stop()
  return ms
}
