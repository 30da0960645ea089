import { z } from 'zod'

/** Billable operations, each by its cause. */
const Causes = z.record(z.string(), z.number())
const Counts = z.object({
  requests: Causes,
  queue: Causes,
  objectRequests: Causes,
  objectRowsRead: Causes,
  objectRowsWritten: Causes,
  databaseRowsRead: Causes,
  databaseRowsWritten: Causes,
  /** Milliseconds that objects were in memory because of work. */
  duration: Causes,
  /** D1 round trips. */
  databaseCalls: Causes,
})
export type Counts = z.infer<typeof Counts>

export const countsAt = async (origin: string): Promise<Counts> => {
  const response = await fetch(`${origin}/_bench/counts`, { method: 'POST' })
  if (!response.ok) throw new Error(`no counts: ${response.status}`)
  return Counts.parse(await response.json())
}

export const sum = (causes: Record<string, number>): number => Object.values(causes).reduce((all, one) => all + one, 0)
