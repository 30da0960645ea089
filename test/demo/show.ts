import type { Firm, Row } from './stage'

/** What a record went through, call by call. */
export const showTimeline = async ({ admin, tenant, screen }: Firm, row: Row): Promise<void> => {
  type Entry = {
    outcome: string
    requests: { vendor: string; method: string; route: string; status: number; ms: number }[]
  }
  const { timeline } = await admin.call<{ timeline: Entry[] }>('GET', `/v1/tenants/${tenant}/records/${row.id}`)
  for (const { outcome, requests } of timeline) {
    for (const { vendor, method, route, status, ms } of requests)
      screen.note(`  ${vendor.padEnd(5)} ${method.padEnd(4)} ${route} → ${status} in ${ms} ms`)
    screen.note(`  ${outcome}`)
  }
}

export const showAudit = async ({ admin, tenant, screen }: Firm): Promise<void> => {
  type Entry = { seq: number; kind: string; flow?: string; sourceNumber?: string; outcome: string; text?: string }
  screen.step('The audit trail')
  const { items } = await admin.call<{ items: Entry[] }>('GET', `/v1/tenants/${tenant}/audit?limit=100`)
  for (const { seq, kind, flow = '', sourceNumber = '', outcome, text = '' } of items)
    screen.note(
      `${String(seq).padStart(3)}  ${kind.padEnd(8)} ${outcome.padEnd(22)} ${flow} ${sourceNumber} ${text}`
        .trimEnd()
        .slice(0, 150),
    )
}
