import { gzipSync } from 'node:zlib'
import type { Figure } from './figure'
import { bundle } from './stage/bundle'
import { type Runtime, startRuntime } from './stage/runtime'
import { median, rounded } from './stage/waiting'

const ROUNDS = 9
const SIZE_TARGET_KIB = 600
const TIME_TARGET_MS = 60
const COMPATIBILITY = '2026-10-20'
/** Nothing to run, and as much to send. */
const emptyOf = (length: number): string => `export default 1 /*${'x'.repeat(length)}*/`

/** The bundle's size, and how much longer a new isolate takes with it than with as long a comment: it is parsed, and its top level run. */
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
      `start ${ms} ms: parsed and its top level run in a new isolate; medians of ${ROUNDS}, less those of an empty module of the same length in turn`,
    ],
  }
}

/** Loads what it is sent into an isolate of its own, which parses it, runs its top level and answers one request. */
const HOST = `let made = 0
export default {
  async fetch(request, { LOADER }) {
    const ours = await request.text()
    const main = "import './ours.js'; export default { fetch: () => new Response('ok') }"
    const worker = LOADER.get(String(made++), () => ({
      compatibilityDate: '${COMPATIBILITY}', mainModule: 'main.js', modules: { 'main.js': main, 'ours.js': ours },
    }))
    return worker.getEntrypoint().fetch('https://isolate/')
  }
}`

const startingTimes = async (code: string): Promise<{ ours: number[]; empty: number[] }> => {
  const nothing = emptyOf(code.length)
  const runtime = await startRuntime('start', HOST, { compatibilityDate: COMPATIBILITY, workerLoaders: { LOADER: {} } })
  try {
    const found = { ours: [] as number[], empty: [] as number[] }
    for (let round = 0; round <= ROUNDS; round += 1) {
      const [empty, ours] = [await loadingTime(runtime, nothing), await loadingTime(runtime, code)]
      // The first of each warms up what sends them.
      if (round > 0) found.empty.push(empty)
      if (round > 0) found.ours.push(ours)
    }
    return found
  } finally {
    await runtime.stop()
  }
}

const loadingTime = async ({ origin }: Runtime, code: string): Promise<number> => {
  const started = performance.now()
  const response = await fetch(origin, { method: 'POST', body: code })
  const text = await response.text()
  if (!response.ok) throw new Error(`start: ${response.status} ${text}`)
  return performance.now() - started
}
