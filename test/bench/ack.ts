import { Agent, request } from 'node:http'
import type { Figure } from './figure'
import { bundle } from './stage/bundle'
import { type Lab, openLab } from './stage/open'
import { startRuntime } from './stage/runtime'
import { median, rounded, spread } from './stage/waiting'
import { openWaveFirm, SECRET, signedEvent, type WaveFirm } from './stage/wave-firm'

const ROUNDS = 30
const REQUESTS = 500
const AT_ONCE = 16
const TARGET = 0.9

interface Round {
  perSecond: number
  p50: number
  p99: number
}

/**
 * Webhooks that are acknowledged, beside a worker that only checks the signature and sends to a queue. What is sent goes nowhere
 * in either: the consumer runs on other machines of the platform, here it would take the processor away from what is measured.
 */
export const ack = async (): Promise<Figure> => {
  const { lab, close } = await openLab({ entry: 'src/index.ts', consumers: false })
  const floor = await startRuntime('floor', await bundle('test/bench/worker/floor.ts'), {
    compatibilityDate: '2026-10-20',
    bindings: { SECRET },
    queueProducers: { QUEUE: 'floor' },
  })
  try {
    const firm = await openWaveFirm(lab, 'ack')
    return figureOf(await lab.runtime.profiled(() => inTurn(lab, firm, `${floor.origin}/`)))
  } finally {
    await Promise.all([floor.stop(), close()])
  }
}

/** One of each warms both up; who comes first changes. */
const inTurn = async (lab: Lab, firm: WaveFirm, floor: string): Promise<{ ours: Round[]; floor: Round[] }> => {
  const door = `${lab.connector}/webhooks/wave/${firm.wave}`
  const found = { ours: [] as Round[], floor: [] as Round[] }
  for (let round = 0; round <= ROUNDS; round += 1) {
    const order = round % 2 === 0 ? (['ours', 'floor'] as const) : (['floor', 'ours'] as const)
    for (const who of order) {
      const measured = await burst(who === 'ours' ? door : floor, firm)
      if (round > 0) found[who].push(measured)
    }
  }
  return found
}

/** All are signed before the first one leaves. */
const burst = async (url: string, firm: WaveFirm): Promise<Round> => {
  const events = Array.from({ length: REQUESTS }, (_, n) => signedEvent(firm, String(n + 1)))
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const times: number[] = []
  const started = performance.now()
  await spread(events, AT_ONCE, async (event) => {
    const sent = performance.now()
    await post(url, agent, event)
    times.push(performance.now() - sent)
  })
  const seconds = (performance.now() - started) / 1_000
  agent.destroy()
  const sorted = times.toSorted((a, b) => a - b)
  return { perSecond: REQUESTS / seconds, p50: at(sorted, 0.5), p99: at(sorted, 0.99) }
}

const at = (sorted: number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0

const post = (url: string, agent: Agent, { body, headers }: ReturnType<typeof signedEvent>): Promise<void> =>
  new Promise((done, failed) => {
    const out = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.once('end', () => (answer.statusCode === 200 ? done() : failed(new Error(`${url}: ${answer.statusCode}`))))
    })
    out.once('error', failed)
    out.end(body)
  })

const figureOf = ({ ours, floor }: { ours: Round[]; floor: Round[] }): Figure => {
  // Side by side: the noise of a moment meets both.
  const ratio = rounded(median(ours.map(({ perSecond }, n) => perSecond / (floor[n]?.perSecond ?? perSecond))), 3)
  const words = (name: string, rounds: Round[]) =>
    `${name}: ${median(rounds.map(({ perSecond }) => perSecond)).toFixed(0)} a second, p50 ${median(rounds.map(({ p50 }) => p50)).toFixed(1)} ms, p99 ${median(rounds.map(({ p99 }) => p99)).toFixed(1)} ms`
  return {
    value: { ratio, perSecond: rounded(median(ours.map(({ perSecond }) => perSecond)), 0) },
    target: { ratio: TARGET },
    ok: ratio >= TARGET,
    lines: [
      `medians of ${ROUNDS} rounds in turn, ${REQUESTS} webhooks each, ${AT_ONCE} at once`,
      words('connector', ours),
      words('floor    ', floor),
      `ratio ${ratio}, the median of the rounds`,
    ],
  }
}
