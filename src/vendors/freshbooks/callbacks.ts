import { z } from 'zod'
import { Failed, type FailureKind } from '../../core/failure'
import type { Call, Hook, HookRegistry, SetupApi } from '../../core/vendor'
import { accountPath, accountRoute, post, put, remove } from './client'
import { readAll } from './lists'

const LIST = 'events/callbacks'

/** `updated_at` comes in several spellings and is not needed. */
const Callback = z.lazy(() =>
  z.object({
    callbackid: z.number().int().transform(String),
    event: z.string(),
    uri: z.string(),
    verified: z.boolean(),
  }),
)
const One = z.lazy(() =>
  z
    .object({ response: z.object({ result: z.object({ callback: Callback }) }) })
    .transform(({ response }) => response.result.callback),
)

/** A noun alone means all its verbs. There are none for bill payments and journal entries: those are polled. */
const NOUNS = ['invoice', 'payment', 'client', 'bill', 'bill_vendor', 'expense', 'item']

const one = (api: SetupApi, remoteId: string): [path: string, route: string] => [
  accountPath(api, 'events', `${LIST}/${encodeURIComponent(remoteId)}`),
  accountRoute('events', `${LIST}/{callback}`),
]

const REFUSED: FailureKind[] = ['rejected', 'conflict', 'malformed']

const update = (api: SetupApi, { remoteId, event }: Hook, callback: object): Call => {
  if (remoteId === null) throw new Error(`the callback for ${event} is not registered`)
  return put(...one(api, remoteId), { callback })
}

export const registry: HookRegistry = {
  events: NOUNS,

  /** FreshBooks delivers once a callback is verified, and takes that back where it fails for long. */
  async list(api) {
    const rows = await readAll(api, 'events', LIST, Callback, ({ callbackid }) => callbackid)
    return rows.map(({ callbackid, event, uri, verified }) => ({
      remoteId: callbackid,
      event,
      url: uri,
      active: verified,
    }))
  },

  async register(api, { event, url }) {
    const call = post(accountPath(api, 'events', LIST), accountRoute('events', LIST), { callback: { event, uri: url } })
    return (await api.change(call, One)).callbackid
  },

  /** One that is gone already is what was wanted. */
  async unregister(api, remoteId) {
    await api.change(remove(...one(api, remoteId)), z.unknown()).catch((thrown: unknown) => {
      if (!(thrown instanceof Failed && thrown.failure.code === 'freshbooks_not_found')) throw thrown
    })
  },

  async revive(api, hook) {
    await api.change(update(api, hook, { resend: true }), One)
  },

  /** What a stale verifier is answered is not public: any refusal of the content may be it. */
  async confirm(api, hook, verifier) {
    try {
      return (await api.change(update(api, hook, { verifier }), One)).verified
    } catch (thrown) {
      if (thrown instanceof Failed && REFUSED.includes(thrown.failure.kind)) return false
      throw thrown
    }
  },
}
