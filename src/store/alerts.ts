import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { Db } from './config'
import { alerts } from './schema'

export type AlertRow = typeof alerts.$inferSelect

/** In the order of their causes. A cause is one row, however often it was raised. */
export const listAlerts = (
  db: Db,
  tenant: string,
  filter: { open: boolean; cursor: string; limit: number },
): Promise<AlertRow[]> =>
  db
    .select()
    .from(alerts)
    .where(
      and(
        eq(alerts.tenant, tenant),
        gt(alerts.cause, filter.cursor),
        filter.open ? isNull(alerts.resolvedAt) : undefined,
      ),
    )
    .orderBy(asc(alerts.cause))
    .limit(filter.limit)
