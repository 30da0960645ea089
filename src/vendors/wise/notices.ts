import { z } from 'zod'
import type { Notice } from '../../core/vendor'
import { type TransferEvent, transferEventOf } from './transfer-events'
import type { WiseEvent } from './webhook-events'

/** What people have to hear of: payments that did not arrive, cases that Wise has opened, a profile that is not verified. */
export const noticesOf = (event: WiseEvent, body: string): Notice[] => {
  if (event.type === 'profile') return verificationOf(event)
  const told = transferEventOf(body)
  return told && !Number.isNaN(told.at) ? transferNotices(told) : []
}

const transferNotices = (told: TransferEvent): Notice[] => {
  switch (told.kind) {
    case 'payout failure':
      return [payoutFailed(told)]
    case 'cases':
      return [casesOf(told)]
    case 'state':
      return SETTLED.has(told.to) ? [{ ...aboutPayout(told), text: '', remedy: '', resolved: true }] : []
    case 'refund':
      return []
  }
}

/** The recipient has the money, or it is back: the failure is over, whichever way. */
const SETTLED = new Set(['outgoing_payment_sent', 'funds_refunded'])

const aboutPayout = ({ transfer, at }: TransferEvent): Pick<Notice, 'about' | 'at'> => ({
  about: `payout ${transfer}`,
  at,
})

const payoutFailed = (told: Extract<TransferEvent, { kind: 'payout failure' }>): Notice => ({
  ...aboutPayout(told),
  text: `Wise could not pay out transfer ${told.transfer}: ${told.words.slice(0, 300)} (${told.code})`,
  remedy:
    'See the transfer on wise.com: correct what it asks for, or let it be refunded. What comes back is booked by itself.',
  resolved: false,
})

const casesOf = ({ transfer, cases, at }: Extract<TransferEvent, { kind: 'cases' }>): Notice => ({
  about: `cases ${transfer}`,
  text: `Wise holds transfer ${transfer} until somebody has answered: ${cases.join(', ').slice(0, 300)}`,
  remedy: 'Answer what Wise asks on wise.com; the transfer goes on by itself then.',
  at,
  resolved: cases.length === 0,
})

const State = z.object({ current_state: z.enum(['verified', 'not_verified']) })

const verificationOf = ({ data, at }: WiseEvent): Notice[] => {
  const state = State.safeParse(data).data?.current_state
  if (state === undefined || Number.isNaN(at)) return []
  return [
    {
      about: 'verification',
      text: 'Wise has not verified the profile, or verifies it anew: payments are delayed',
      remedy: 'Finish the verification on wise.com. POST …/test says for which currencies it is missing.',
      at,
      resolved: state === 'verified',
    },
  ]
}
