import type { Stage } from '../demo/stage'
import type { Counted, Least } from './count'
import type { Figure, Measure } from './figure'
import { connectedFirms } from './firms'
import { openLab } from './stage/open'

/** Vendor calls per record of each flow, beside the least that is possible plus the named read-backs. */
export const calls: Measure = async () => {
  const { lab, close } = await openLab({ vars: { BENCH_LIMITS: 'off' } })
  try {
    return figureOf(await counted(lab))
  } finally {
    await close()
  }
}

/** Each firm has books of its own, and mostly waits. */
const counted = async (stage: Stage): Promise<Row[]> => {
  const firms = connectedFirms.map(async ({ measure, leasts }) => {
    const measured = await measure(stage)
    return leasts.map((least) => besideLeast(least, measured))
  })
  return (await Promise.all(firms)).flat()
}

const besideLeast = (least: Least, measured: Counted[]): Row => {
  const found = measured.find(({ flow }) => flow === least.flow)
  if (!found) throw new Error(`${least.flow} carried nothing`)
  return { least, counted: found }
}

interface Row {
  least: Least
  counted: Counted
}

const figureOf = (rows: Row[]): Figure => {
  const value = Object.fromEntries(rows.map(({ counted }) => [counted.flow, counted.calls]))
  const target = Object.fromEntries(rows.map(({ least }) => [least.flow, allowed(least)]))
  return {
    value,
    target,
    ok: rows.every(
      ({ least, counted }) => JSON.stringify(sorted(counted.calls)) === JSON.stringify(sorted(allowed(least))),
    ),
    lines: rows.flatMap(({ least, counted }) => [
      `${counted.flow.padEnd(34)} ${words(counted.calls).padEnd(24)} least ${words(least.least).padEnd(20)} read back ${least.readBacks.length}`,
      ...counted.routes.map((route) => `    ${route}`),
      ...least.readBacks.map(({ route, why }) => `    read back: ${route}, ${why}`),
    ]),
  }
}

const allowed = ({ least, readBacks }: Least): Record<string, number> => {
  const all = { ...least }
  for (const { vendor } of readBacks) all[vendor] = (all[vendor] ?? 0) + 1
  return all
}

const sorted = (counts: Record<string, number>): [string, number][] =>
  Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))

const words = (counts: Record<string, number>): string =>
  sorted(counts)
    .map(([vendor, count]) => `${vendor} ${count}`)
    .join(', ')
