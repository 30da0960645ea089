import type { Firm, Row } from '../demo/stage'

/** The least that the vendors' APIs permit for one record in steady state, and what is read back on purpose. */
export interface Least {
  flow: string
  /** Calls by vendor. */
  least: Record<string, number>
  /** Routes that are read back although the API does not ask for it, and why. */
  readBacks: { vendor: string; route: string; why: string }[]
}

export interface Counted {
  flow: string
  /** By vendor, the median over the records. */
  calls: Record<string, number>
  routes: string[]
}

interface Request {
  vendor: string
  method: string
  route: string
}

/** Where it is not the vendor's pace that is measured: Cin7 lets this firm pass. */
export const unhurried = async <F extends Firm>(firm: F): Promise<F> => {
  await firm.world.switches({ 'cin7.rateLimit.off': true })
  return firm
}

/** The calls of the attempt that wrote to the target; the median over the records. */
export const countCalls = async (firm: Firm, flow: string, target: string, rows: Row[]): Promise<Counted> => {
  const each = await Promise.all(rows.map((row) => requestsOf(firm, target, row)))
  const vendors = [...new Set(each.flat().map(({ vendor }) => vendor))]
  const median = (vendor: string): number => {
    const counts = each.map((requests) => requests.filter((one) => one.vendor === vendor).length).sort((a, b) => a - b)
    return counts[Math.floor(counts.length / 2)] ?? 0
  }
  const last = each.at(-1) ?? []
  return {
    flow,
    calls: Object.fromEntries(vendors.map((vendor) => [vendor, median(vendor)])),
    routes: last.map(({ vendor, method, route }) => `${vendor} ${method} ${route}`),
  }
}

const requestsOf = async ({ admin, tenant }: Firm, target: string, { id }: Row): Promise<Request[]> => {
  const answer = await admin.call<{ timeline: { outcome: string; requests: Request[] }[] }>(
    'GET',
    `/v1/tenants/${tenant}/records/${id}`,
  )
  const done = answer.timeline.find(
    ({ outcome, requests }) =>
      outcome === 'done' && requests.some(({ method, vendor }) => vendor === target && method !== 'GET'),
  )
  return done?.requests ?? []
}
