import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Answer, ReadApi } from '../../core/vendor'
import { pause } from '../../lib/clock'
import { statusOf } from './client'

/** What 202 and 204 say: whether an action still runs, and where to ask. */
export const Progress = z.lazy(() => z.object({ running: z.boolean(), location: z.string().nullable() }))
export type Progress = z.infer<typeof Progress>

export const DONE: Progress = { running: false, location: null }

/** Neither status has a body; everything else is parsed as it is. */
export const progressIn = ({ status, headers }: Answer): unknown =>
  status === 202 || status === 204 ? { running: status === 202, location: headers.get('location') } : undefined

/** Pauses between questions; actions may take over a minute (sheet 7). */
const PAUSES_MS = [1_000, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000, 15_000, 20_000]

/**
 * Waits for an action. Answers why its end is not known, or '' where it ended well: what came of it, the record itself says. How long
 * the place to ask lives, and what a failed action answers there, is not known (sheet 7).
 */
export const settled = async (api: ReadApi, { running, location }: Progress): Promise<string> => {
  if (!running) return ''
  if (location === null) return 'Acumatica did not say where to ask after it'
  for (const ms of PAUSES_MS) {
    await pause(ms)
    const failure = await ended(api, location)
    if (failure !== undefined) return failure
  }
  throw stillRunning()
}

const ended = async (api: ReadApi, location: string): Promise<string | undefined> => {
  try {
    const { running } = await api.read(statusOf(api, location), Progress)
    return running ? undefined : ''
  } catch (thrown) {
    if (thrown instanceof Failed && ['rejected', 'transient'].includes(thrown.failure.kind))
      return thrown.failure.message
    throw thrown
  }
}

const stillRunning = (): Failed =>
  new Failed({
    kind: 'transient',
    code: 'acumatica_still_running',
    message: 'an action in Acumatica has been running for more than a minute',
    remedy: 'Nothing to do: it is asked after again.',
  })
