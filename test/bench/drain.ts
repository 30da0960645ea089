import { z } from 'zod'
import { idsOf, warm } from './cost'
import { unhurried } from './count'
import type { Figure } from './figure'
import { bundle } from './stage/bundle'
import { type Lab, openLab } from './stage/open'
import { type Runtime, startRuntime } from './stage/runtime'
import { median, rounded, sleep } from './stage/waiting'
import { deliver, mappingsOf, openWaveFirm, order, untilDone, type WaveFirm } from './stage/wave-firm'

/** Fewer for a quick look, e.g. a profile. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const RECORDS = Number(process.env.BENCH_DRAIN ?? 2_000)
/** Lanes of one integration (tenant/drain.ts). */
const AT_ONCE = 2
const TARGET = 0.85

/** From accepted to audited in D1, beside a worker that makes the same calls to the same simulators and remembers nothing. */
export const drain = async (): Promise<Figure> => {
  const { lab, close } = await openLab({ vars: { BENCH_LIMITS: 'off', BENCH_COUNTS: 'off' } })
  const direct = await startRuntime('direct', await bundle('test/bench/worker/direct.ts'), {
    compatibilityDate: '2026-10-20',
  })
  try {
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(lab, direct, round))
    return figureOf(rounds)
  } finally {
    await Promise.all([direct.stop(), close()])
  }
}

interface Round {
  ours: number
  direct: number
}

/** Each has books of its own that nobody has written to; who comes first changes. */
const measure = async (lab: Lab, direct: Runtime, round: number): Promise<Round> => {
  const [first, second] = [await prepared(lab, `drain-${round}-a`), await prepared(lab, `drain-${round}-b`)]
  if (round % 2 === 0) return { ours: await carry(lab, first), direct: await carryDirectly(direct, second) }
  return { direct: await carryDirectly(direct, first), ours: await carry(lab, second) }
}

const prepared = async (lab: Lab, name: string): Promise<WaveFirm> => {
  const firm = await unhurried(await openWaveFirm(lab, name, { invoices: RECORDS + 1 }))
  await warm(lab, firm)
  return firm
}

/** Paused, so that all of them are accepted before the first is carried. */
const carry = async (lab: Lab, firm: WaveFirm): Promise<number> => {
  await order(firm, 'pause')
  await deliver(lab, firm, idsOf(firm).slice(1))
  await untilAccepted(lab, firm)
  return lab.runtime.profiled(async () => {
    const started = performance.now()
    await order(firm, 'resume')
    return (await untilDone(lab, firm, RECORDS + 1)) - started
  })
}

const Health = z.object({ waiting: z.number() })

const untilAccepted = async (lab: Lab, { tenant }: WaveFirm): Promise<void> => {
  const limit = Date.now() + 120_000
  while (Date.now() < limit) {
    const response = await fetch(`${lab.connector}/_bench/health/${tenant}`)
    if (Health.parse(await response.json()).waiting >= RECORDS) return
    await sleep(200)
  }
  throw new Error('what was delivered was not accepted')
}

const Books = z.object({ cin7: z.object({ customers: z.array(z.object({ ID: z.string(), Name: z.string() })) }) })

const carryDirectly = async (direct: Runtime, firm: WaveFirm): Promise<number> => {
  const { world, business, credentials, settings } = firm
  const books = Books.parse(await world.dump()).cin7
  const customer = books.customers.find(({ Name }) => Name === business.customers[0]?.name)
  const body = JSON.stringify({
    invoices: business.invoices.slice(1).map(({ graphId }) => graphId),
    atOnce: AT_ONCE,
    wave: {
      baseUrl: world.baseUrl('wave'),
      account: business.bareId,
      credentials: { kind: 'token', token: credentials.wave },
    },
    cin7: { baseUrl: world.baseUrl('cin7'), account: credentials.cin7.accountId, credentials: credentials.cin7 },
    settings,
    mappings: mappingsOf(business),
    customer: { id: customer?.ID ?? '', number: customer?.Name ?? '' },
  })
  const response = await fetch(direct.origin, { method: 'POST', body })
  const text = await response.text()
  if (!response.ok) throw new Error(`direct worker: ${text}`)
  return z.object({ ms: z.number() }).parse(JSON.parse(text)).ms
}

const figureOf = (rounds: Round[]): Figure => {
  const ratio = rounded(median(rounds.map(({ ours, direct }) => direct / ours)), 3)
  const words = (name: string, times: number[]) =>
    `${name}: ${(median(times) / 1_000).toFixed(1)} s, ${(RECORDS / (median(times) / 1_000)).toFixed(0)} records a second`
  const ours = rounds.map((round) => round.ours)
  return {
    value: { ratio, seconds: rounded(median(ours) / 1_000, 1) },
    target: { ratio: TARGET },
    ok: ratio >= TARGET,
    lines: [
      `medians of ${ROUNDS} rounds in turn, ${RECORDS} invoices each, ${AT_ONCE} at once, vendors at zero latency, no limits`,
      words('connector', ours),
      words(
        'direct   ',
        rounds.map(({ direct }) => direct),
      ),
      `ratio ${ratio}, the median of the rounds`,
    ],
  }
}
