import type { Miniflare } from 'miniflare'
import { z } from 'zod'
import { bundle } from './bundle'
import type { Beside, Worker } from './runtime'

export type Value = string | number | null

const HOST = 'database.test'

/**
 * A worker beside the connector. Miniflare's own handle of a database stops this process at each statement until the runtime
 * answers; a runtime that waits meanwhile for somebody to read its log never does.
 */
export const databaseOf = async ({ d1Databases = {} }: Worker): Promise<Beside> => ({
  name: 'database',
  code: await bundle('test/bench/worker/database.ts'),
  options: { d1Databases, compatibilityDate: '2026-10-20', routes: [`${HOST}/*`] },
})

export const queryIn =
  (miniflare: Miniflare) =>
  async <T>(row: z.ZodType<T>, sql: string, ...values: Value[]): Promise<T[]> => {
    const body = JSON.stringify({ sql, values })
    const response = await miniflare.dispatchFetch(`http://${HOST}/`, { method: 'POST', body })
    if (!response.ok) throw new Error(`the database answered ${response.status}: ${await response.text()}`)
    return z.array(row).parse(await response.json())
  }
