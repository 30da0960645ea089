/** How a transfer stands, for us. States can step back, and `sent` is the usual end, but not for good (sheet 8). */
export type Progress = 'waiting' | 'under way' | 'sent' | 'bounced' | 'ended'

const PROGRESS = new Map<string, Progress>([
  ['incoming_payment_waiting', 'waiting'],
  ['waiting_recipient_input_to_proceed', 'waiting'],
  ['incoming_payment_initiated', 'under way'],
  ['processing', 'under way'],
  ['funds_converted', 'under way'],
  ['outgoing_payment_sent', 'sent'],
  ['bounced_back', 'bounced'],
  ['cancelled', 'ended'],
  ['funds_refunded', 'ended'],
  ['charged_back', 'ended'],
])

/** A state that nobody knows of yet is kept, and taken for one on the way. */
export const progressOf = (status: string): Progress => PROGRESS.get(status) ?? 'under way'

/** Whether it can still change by itself: it is looked at again from time to time. */
export const isOpen = (status: string): boolean => progressOf(status) !== 'ended'
