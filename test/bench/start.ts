import { gzipSync } from 'node:zlib'
import type { Figure } from './figure'
import { bundle } from './stage/bundle'
import { type Runtime, startRuntime } from './stage/runtime'
import { median, rounded } from './stage/waiting'

const ROUNDS = 9
const SIZE_TARGET_KIB = 600
const TIME_TARGET_MS = 60

/** The bundle's size, and how long the runtime takes to compile it and to run its top level. */
export const start = async (): Promise<Figure> => {
  const code = await bundle('src/index.ts', { minify: true })
  const kibibytes = rounded(gzipSync(code).length / 1024, 1)
  const times = await startingTimes(code)
  const ms = rounded(median(times.ours) - median(times.empty), 1)
  return {
    value: { kibibytes, ms },
    target: { kibibytes: SIZE_TARGET_KIB, ms: TIME_TARGET_MS },
    ok: kibibytes < SIZE_TARGET_KIB && ms < TIME_TARGET_MS,
    lines: [
      `bundle ${kibibytes} KiB gzip, minified as it is deployed`,
      `start ${ms} ms, compiled and its top level run; medians of ${ROUNDS} copies, less those of an empty module in turn`,
    ],
  }
}

/** Loads the module that the path names; each is a copy of its own, so that none is compiled already. */
const HOST = `export default {
  async fetch(request) {
    await import('.' + new URL(request.url).pathname)
    return new Response('ok')
  }
}`

const startingTimes = async (code: string): Promise<{ ours: number[]; empty: number[] }> => {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round)
  const copies = rounds.flatMap((round) => [
    { type: 'ESModule' as const, path: `ours-${round}.mjs`, contents: `// ${round}\n${code}` },
    { type: 'ESModule' as const, path: `empty-${round}.mjs`, contents: `export default ${round}` },
  ])
  const runtime = await startRuntime('start', HOST, { compatibilityDate: '2026-10-20' }, copies)
  try {
    await loadingTime(runtime, 'empty-0.mjs')
    const found = { ours: [] as number[], empty: [] as number[] }
    for (const round of rounds) {
      found.empty.push(await loadingTime(runtime, `empty-${round}.mjs`))
      found.ours.push(await loadingTime(runtime, `ours-${round}.mjs`))
    }
    return found
  } finally {
    await runtime.stop()
  }
}

const loadingTime = async ({ origin }: Runtime, module: string): Promise<number> => {
  const started = performance.now()
  const response = await fetch(`${origin}/${module}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`${module}: ${response.status} ${text}`)
  return performance.now() - started
}
