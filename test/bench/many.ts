import { z } from 'zod'
import { idsOf } from './cost'
import type { Figure } from './figure'
import { type Lab, openLab } from './stage/open'
import { median, rounded, sleep, spread } from './stage/waiting'
import { deliver, openWaveFirm, order, SALE, type WaveFirm } from './stage/wave-firm'

const TENANTS = Number(process.env.BENCH_MANY ?? 1_000)
const BACKLOG = TENANTS * 10
const ROUNDS = 5
const AT_ONCE = 12
/** An invoice takes five calls of Cin7: with this rest none of the tenants comes to its own limit. */
const REST_MS = 6_000
const TARGET = 1.1

/** One invoice of each of many tenants at once, while a tenant with a long backlog works at its vendor's limit, and while it rests. */
export const many = async (): Promise<Figure> => {
  const { lab, close } = await openLab({ vars: { BENCH_COUNTS: 'off' } })
  try {
    const busy = await backlogged(lab)
    const others: WaveFirm[] = []
    const names = Array.from({ length: TENANTS }, (_, n) => `many-${n}`)
    await spread(names, AT_ONCE, async (name) =>
      others.push(await openWaveFirm(lab, name, { invoices: 1 + 2 * ROUNDS })),
    )
    await carry(lab, busy, others, 0)
    return figureOf(await inTurn(lab, busy, others))
  } finally {
    await close()
  }
}

const backlogged = async (lab: Lab): Promise<WaveFirm> => {
  const firm = await openWaveFirm(lab, 'many-busy', { invoices: BACKLOG })
  await order(firm, 'pause')
  await deliver(lab, firm, idsOf(firm))
  return firm
}

const inTurn = async (lab: Lab, busy: WaveFirm, others: WaveFirm[]) => {
  const found = { without: [] as number[], beside: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    await sleep(REST_MS)
    found.without.push(await carry(lab, busy, others, 1 + 2 * round))
    await sleep(REST_MS)
    await order(busy, 'resume')
    found.beside.push(await carry(lab, busy, others, 2 + 2 * round))
    await order(busy, 'pause')
  }
  return found
}

const Ended = z.object({ at: z.number() })

/** From the webhook to the books, the median over the tenants, milliseconds. */
const carry = async (lab: Lab, busy: WaveFirm, others: WaveFirm[], which: number): Promise<number> => {
  const started = Date.now()
  await spread(others, AT_ONCE, (firm) => deliver(lab, firm, idsOf(firm).slice(which, which + 1)))
  const query = `select at from records where flow = ?1 and state = 'done' and at >= ?2 and tenant <> ?3`
  const limit = Date.now() + 600_000
  while (Date.now() < limit) {
    const ended = await lab.query(Ended, query, SALE, started, busy.tenant)
    if (ended.length >= others.length) return median(ended.map(({ at }) => at - started))
    await sleep(500)
  }
  throw new Error('not all tenants came to their end within ten minutes')
}

const figureOf = ({ without, beside }: { without: number[]; beside: number[] }): Figure => {
  const ratio = rounded(median(beside.map((ms, round) => ms / (without[round] ?? ms))), 3)
  return {
    value: { ratio },
    target: { ratio: TARGET },
    ok: ratio <= TARGET,
    lines: [
      `${TENANTS} tenants with one invoice each at once, ${ROUNDS} rounds in turn`,
      `alone ${without.map((ms) => (ms / 1_000).toFixed(1)).join(', ')} s, beside ${BACKLOG} waiting invoices of another ${beside.map((ms) => (ms / 1_000).toFixed(1)).join(', ')} s`,
    ],
  }
}
