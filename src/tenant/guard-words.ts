import type { Failure } from '../core/failure'
import type { Limit } from '../core/guard'
import { dateIn } from '../lib/dates'
import { type Decimal, show } from '../lib/money'

/** `at` = ms since 1970; `zone` = whose calendar counts. */
export interface Moment {
  at: number
  zone: string
}

const refused = (code: string, message: string, remedy: string): Failure => ({
  kind: 'rejected',
  code,
  message,
  remedy,
})

export const notAllowed = (currency: string): Failure =>
  refused(
    'guard_currency',
    `the settings allow no payment from ${currency}`,
    'Pay from a currency that the settings name, or have them changed and approved; then replay.',
  )

export const tooLarge = (amount: Decimal, { perTransfer, currency }: Limit): Failure =>
  refused(
    'guard_transfer_limit',
    `it may cost ${show(amount)} ${currency}, and the limit of one transfer is ${show(perTransfer)}`,
    'Nothing was sent. Pay less, pay on wise.com, or have the limit changed and approved; then replay.',
  )

export const dayFull = (sum: Decimal, { perDay, currency }: Limit, { at, zone }: Moment): Failure =>
  refused(
    'guard_day_limit',
    `with it, ${show(sum)} ${currency} would be paid on ${dateIn(zone, at)} (${zone || 'UTC'}), and the limit of a day is ${show(perDay)}`,
    'Nothing was sent. Replay it tomorrow, or have the limit changed and approved.',
  )

export const second = (): Failure =>
  refused(
    'guard_second_transfer',
    'money was reserved for this document before: a second transfer is not made of it',
    'See GET …/transfers what became of the first. If it was cancelled without any money, ask for the payment anew.',
  )

export const withdrawnAs = (reason: string): Failure => ({
  kind: 'withdrawn',
  code: 'payment_withdrawn',
  message: reason,
  remedy: 'Nothing was paid. Ask for it anew, if it is to be paid after all.',
})

const waits = (code: string, message: string, remedy: string): Failure => ({
  kind: 'waits',
  reason: 'approval',
  code,
  message,
  remedy,
  waitMs: null,
})

export const unapproved = (subject: string): Failure =>
  waits(
    'guard_unapproved',
    `waits for approval (${subject})`,
    'Somebody else than its asker approves it, by a key with the scope "approve": GET and POST …/approvals.',
  )

export const settingsUnapproved = (): Failure =>
  waits(
    'guard_settings_unapproved',
    'the settings that guard payments were changed, and nobody else has approved them',
    'Somebody else than who changed them approves "settings", by a key with the scope "approve": GET and POST …/approvals.',
  )
