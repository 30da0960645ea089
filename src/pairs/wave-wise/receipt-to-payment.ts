import type { Failure } from '../../core/failure'
import type { Flow, Lookups } from '../../core/flow'
import type { Candidate, Terms } from '../../core/match'
import { dateIn } from '../../lib/dates'
import { same, show } from '../../lib/money'
import { figuresOf } from '../../vendors/wave/as-posted'
import type { InvoicePaymentDraft } from '../../vendors/wave/invoice-payments'
import { receipts } from '../../vendors/wave/receipts'
import { type KnownMovement, movements } from '../../vendors/wise/movement-source'
import { movementKey } from '../../vendors/wise/movements'
import { BANK_FEED, bankAccount } from './balances'
import { ruleFor } from './rules'
import { Settings } from './settings'

const VARIANT = 'payment'

/**
 * Money that somebody has paid for an open invoice is entered as its payment, so that it is not booked as income a second time. Where
 * it is not certain which invoice is meant, a person says so; what fits none is booked by balance-to-transaction.
 */
export const receiptToPayment: Flow<KnownMovement, InvoicePaymentDraft, Settings> = {
  name: 'wave-wise/receipt-to-payment',
  source: movements,
  target: receipts,
  settings: Settings,
  shares: { with: 'wave-wise/balance-to-transaction', isFirst: true },
  matching: { variant: () => VARIANT, brings: 'align' },

  skip(movement, settings) {
    if (settings.bankFeed) return BANK_FEED
    if (movement.direction === 'debit') return 'money that was paid, not received'
    if (movement.ours) return `of transfer ${movement.transfer}: money that came back`
    if (movement.channel === 'CONVERSION') return 'from another balance: nobody has paid'
    if (!settings.balances.some((one) => one.currency === movement.currency))
      return `no Wave account stands for ${movement.currency}: see the same record of balance-to-transaction`
    return ruleFor(settings, movement) ? 'a rule of the settings says where it is booked' : undefined
  },

  seeks: (movement) => termsOf(movement),

  fingerprint: ({ balance, amount, currency }) => ({ balance, amount, currency }),

  /** Where it is none, the other flow shows it. */
  figures: ({ amount, currency }, _, { variants }) =>
    variants.includes(VARIANT) ? [{ variant: VARIANT, figures: figuresOf(amount, currency) }] : [],

  map(movement, settings, { found, targetAccount }) {
    const meant = found && meantBy(movement, found)
    if (found && !meant) return undecided(movement, found)
    const { amount, currency, balance, at, reference } = movement
    const draft = {
      invoice: meant?.id ?? '',
      account: bankAccount(settings, currency, balance),
      amount,
      currency,
      rate: '1',
      date: dateIn(targetAccount.timeZone ?? '', at),
      memo: ['Wise', reference || movementKey(movement), movement.note?.reference].filter(Boolean).join(' · '),
    }
    return [{ variant: VARIANT, draft }]
  },
}

/** `number` = the payer's words, in which the number of an invoice may stand. */
const termsOf = ({ note, amount, currency, at }: KnownMovement): Terms => ({
  kind: 'dated',
  number: note?.reference ?? '',
  date: new Date(at).toISOString().slice(0, 10),
  total: amount,
  currency,
  party: note?.words ?? '',
})

/** The only open invoice over exactly this amount whose number the payer has named. */
const meantBy = (
  { note, amount, currency }: KnownMovement,
  found: NonNullable<Lookups['found']>,
): Candidate | undefined => {
  const [only, ...more] = found.filter(({ number, terms }) => {
    const isOver = terms.kind === 'dated' && terms.currency === currency && same(terms.total, amount)
    return isOver && names(note?.reference ?? '', number)
  })
  return more.length === 0 ? only : undefined
}

const LEAST = 3

/** Whole, and not as a part of a longer number; what stands between letters and digits does not matter. */
const names = (words: string, number: string): boolean => {
  const runs = number.toUpperCase().match(/[A-Z]+|\d+/g) ?? []
  if (runs.join('').length < LEAST) return false
  const [first = '', last = ''] = [runs[0], runs.at(-1)]
  const before = /\d/.test(first) ? '(?<!\\d)' : '(?<![A-Z])'
  const after = /\d/.test(last) ? '(?!\\d)' : '(?![A-Z])'
  return new RegExp(`${before}${runs.join('[^A-Z0-9]*')}${after}`).test(words.toUpperCase())
}

const undecided = (movement: KnownMovement, found: Candidate[]): Failure => {
  const { amount, currency, note } = movement
  return {
    kind: 'conflict',
    code: 'receipt_undecided',
    message: `${show(amount)} ${currency} came (${saidBy(note)}), and it is not certain which invoice it pays: ${found.map(({ number }) => number).join(', ')}`,
    remedy:
      'Link it with the invoice that it pays, or with a payment that was entered by hand (POST …/matches/accept with variant "payment" and the id). If it is for none, ignore this record: it is booked as any other movement then.',
    facts: {
      variant: VARIANT,
      ...Object.fromEntries(found.map(({ id, number, terms }) => [number, worded(id, terms)])),
    },
  }
}

const saidBy = (note: KnownMovement['note']): string => {
  if (note === null) return 'Wise shows this access no words of the payer'
  return note.reference === '' ? 'the payer wrote nothing' : `the payer wrote "${note.reference.slice(0, 100)}"`
}

const worded = (id: string, terms: Terms): string =>
  terms.kind === 'dated' ? `${terms.total} ${terms.currency} open, ${terms.party}, ${terms.date} · ${id}` : id
