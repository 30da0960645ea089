import { z } from 'zod'
import type { Delivery } from '../../core/vendor'
import { instant } from '../../lib/dates'
import { parseJson } from '../../lib/json'
import { movementKey, movementOf } from './movements'
import { decimal, id, text } from './shapes'

const NOBODY = /^[0-]*$/

/** Key order varies, times come in three spellings, and of `data` only what every kind of event has is taken for granted (sheet 11). */
const Envelope = z.lazy(() =>
  z.object({
    event_type: z.string().min(1),
    schema_version: text,
    subscription_id: text,
    data: z.looseObject({
      resource: z.looseObject({ id: id.nullish(), profile_id: id.nullish() }).nullish(),
      profile_id: id.nullish(),
      transfer_id: id.nullish(),
      occurred_at: text,
    }),
  }),
)
type Data = z.infer<typeof Envelope>['data']

/** One event: what happened to what. */
export interface WiseEvent {
  /** `transfers#state-change` … */
  name: string
  /** Id of the profile that it is about. */
  profile: string
  /** Kind of record, and its id. */
  type: 'transfer' | 'balance-movement' | 'balance-credit' | 'balance' | 'profile' | 'other'
  id: string
  /** Milliseconds since 1970; NaN where it is not said. */
  at: number
  /** Sent to try the URL: ids of zero, half the fields. Never booked. */
  test: boolean
  data: Data
}

/** Undefined where it is not the envelope of an event. */
export const eventOf = ({ body, headers }: Delivery): WiseEvent | undefined => {
  const envelope = Envelope.safeParse(parseJson(body)).data
  if (!envelope) return undefined
  const { event_type: name, subscription_id, data } = envelope
  const ofProfile = name.startsWith('profiles#')
  const profile = (ofProfile ? data.resource?.id : (data.resource?.profile_id ?? data.profile_id)) ?? ''
  const test = headers.get('x-test-notification') === 'true' || NOBODY.test(subscription_id) || NOBODY.test(profile)
  return { name, profile, ...subjectOf(name, profile, data, body), at: instant(data.occurred_at), test, data }
}

const subjectOf = (name: string, profile: string, data: Data, body: string): Pick<WiseEvent, 'type' | 'id'> => {
  const resource = data.resource?.id ?? ''
  switch (name) {
    case 'transfers#state-change':
    case 'transfers#refund':
    case 'transfers#active-cases':
      return { type: 'transfer', id: resource }
    case 'transfers#payout-failure':
      return { type: 'transfer', id: data.transfer_id ?? '' }
    case 'balances#update':
      return { type: 'balance-movement', id: movementId(body) }
    case 'balances#credit':
      return { type: 'balance-credit', id: creditId(profile, resource, data) }
    // Subscribed under one name, sent under another.
    case 'balances#account-state-change':
    case 'balances#account-state-changed':
      return { type: 'balance', id: resource }
    case 'profiles#verification-state-change':
      return { type: 'profile', id: resource }
    default:
      return { type: 'other', id: '' }
  }
}

const movementId = (body: string): string => {
  const movement = movementOf(body)
  return movement ? movementKey(movement) : ''
}

const Credit = z.object({ amount: decimal })

const creditId = (profile: string, balance: string, data: Data): string => {
  const credit = Credit.safeParse(data).data
  return credit ? [profile, balance, credit.amount, instant(data.occurred_at)].join('-') : ''
}
