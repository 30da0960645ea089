import { toFailure } from '../core/failure'
import type { Answered } from '../core/tenant'
import { log } from '../lib/log'
import { trace } from '../lib/trace'

/** What a caller in another object gets: a class of errors does not survive the way there. */
export const answer = async <T>(work: () => Promise<T>): Promise<Answered<T>> => {
  try {
    return { ok: true, value: await work() }
  } catch (thrown) {
    const failure = toFailure(thrown)
    if (failure.kind === 'bug') log('bug', { stack: trace(thrown) })
    return { ok: false, failure }
  }
}
