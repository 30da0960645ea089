import { z } from 'zod'
import type { Recorded } from '../sandbox/recorded'
import { idsOf } from './cost'
import type { Figure } from './figure'
import { openLab } from './stage/open'
import { rounded } from './stage/waiting'
import { openWaveFirm, order, untilDone, type WaveFirm } from './stage/wave-firm'

const INVOICES = 45
/** Times as fast as the real clock, here and in the simulators. */
const SCALE = 8
const MINUTE = 60_000
/** Of the 60 that Cin7 takes in 60 seconds. */
const ALLOWED = 55
const TARGET = 0.95

/** How much of what we allow ourselves is used while there is work, and whether Cin7 ever refuses. */
export const limit = async (): Promise<Figure> => {
  const origin = Date.now()
  const { lab, close } = await openLab({ vars: { DEV_CLOCK: `${SCALE}@${origin}` } })
  try {
    const firm = await openWaveFirm(lab, 'limit', { invoices: INVOICES })
    await onOneClock(lab.sandbox, firm, () => origin + (Date.now() - origin) * SCALE)
    await firm.world.forgetCalls()
    await order(firm, 'poll')
    await untilDone(lab, firm, idsOf(firm).length)
    return figureOf(await firm.world.calls('cin7'))
  } finally {
    await close()
  }
}

const Clock = z.object({ now: z.number() })

const onOneClock = async (sandbox: string, { world }: WaveFirm, now: () => number): Promise<void> => {
  const control = async (body: object) => {
    const url = `${sandbox}/${world.name}/_control/clock`
    return Clock.parse(await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json())
  }
  const known = await control({ scale: SCALE })
  await control({ advanceMs: now() - known.now })
}

/** Whole minutes from the first call to the last; the rest of the last one has less to do. */
const figureOf = (calls: Recorded[]): Figure => {
  const times = calls.map(({ at }) => at)
  const first = Math.min(...times)
  const minutes = Math.floor((Math.max(...times) - first) / MINUTE)
  const inside = times.filter((at) => at < first + minutes * MINUTE).length
  const share = rounded(inside / (minutes * ALLOWED), 3)
  const refusals = calls.filter(({ status }) => status === 429 || status === 503).length
  return {
    value: { share, refusals },
    target: { share: TARGET, refusals: 0 },
    ok: share >= TARGET && refusals === 0,
    lines: [
      `${INVOICES} invoices waiting, clock ${SCALE} times as fast`,
      `${inside} calls in ${minutes} minutes, ${rounded(inside / minutes, 1)} a minute of ${ALLOWED} that we allow ourselves (Cin7 takes 60)`,
      `${refusals} refused`,
    ],
  }
}
