import { z } from 'zod'
import type { Failure } from '../core/failure'
import { type Guards, isAnother, type Limit, type Offer, Who } from '../core/guard'
import type { Guarded, Link, Owner } from '../core/ledger'
import { canonical } from '../lib/json'
import { add, atMost, type Decimal, multiply, round, show } from '../lib/money'

/** Prices move between approval and payment: so much more than was shown is covered by it. */
const MARGIN = '1.01'
const DAY_MS = 24 * 3_600_000

/** The part of an integration's settings that guards money, as a subject of approval. */
export const SETTINGS = 'settings'

export type ApprovalRow = {
  integration: string
  subject: string
  terms: string
  highest: string
  price: string
  askers: string
  approved: string
  approver: string
}

const Askers = z.array(Who)
const Highest = z.object({ amount: z.string(), currency: z.string() }).nullable()
export const highestOf = ({ highest }: Pick<ApprovalRow, 'highest'>) => Highest.parse(JSON.parse(highest))
export const askersOf = ({ askers }: Pick<ApprovalRow, 'askers'>): Who[] => Askers.parse(JSON.parse(askers))
export const approverOf = ({ approver }: Pick<ApprovalRow, 'approver'>): Who | undefined =>
  approver === '' ? undefined : Who.parse(JSON.parse(approver))

/** What an approval is bound to, as text. */
export const boundBy = ({ subject, terms, highest }: ApprovalRow): string => canonical({ subject, terms, highest })

/** By another person than any who asked, and of the very terms that stand there now. */
export const isApproved = (row: ApprovalRow): boolean => {
  const approver = approverOf(row)
  return (
    row.approved === boundBy(row) && approver !== undefined && askersOf(row).every((one) => isAnother(approver, one))
  )
}

export const subjectOf = ({ flow, sourceId }: Owner, variant: string): string =>
  [flow.slice(flow.indexOf('/') + 1), sourceId, variant].filter(Boolean).join('|')

/** Approvals, and what is reserved of the limits. Every method is one moment, part of the caller's transaction. */
export class GuardStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Undefined = it may begin, and its cost is reserved. Else why not; what waits for approval stands there for somebody to see. */
  pass(owner: Owner, { variant, generation }: Link, { guards, offer }: Guarded, at: number): Failure | undefined {
    const settings = this.#settled(owner.integration, guards)
    if (settings) return settings
    const highest = highestFor(offer)
    const limit = guards.limits.find(({ currency }) => currency === highest?.currency)
    if (highest && !limit) return notAllowed(highest.currency)
    if (highest && limit && !atMost(highest.amount, limit.perTransfer)) return tooLarge(highest.amount, limit)
    if (this.#isReservedBefore(owner, generation)) return second()
    if (!(highest && isAlone(highest.amount, limit))) {
      const row = this.#proposed(owner, variant, offer)
      if (!isApproved(row)) return unapproved(row.subject)
      const bound = highestOf(row)
      return bound && limit ? this.#reserve(owner, generation, bound, limit, at) : undefined
    }
    return limit ? this.#reserve(owner, generation, highest, limit, at) : undefined
  }

  /** On these terms, unless what was proposed before covers them. */
  propose(owner: Owner, variant: string, offer: Offer): void {
    const row = this.#proposed(owner, variant, offer)
    // It had been begun on the terms that stand there: they did not do.
    this.#put({ ...row, ...(offer.cost && { highest: JSON.stringify(highestFor(offer)) }) })
  }

  /** Settings as they are to hold from now on; whoever changed them does not approve them. */
  settingsChanged(integration: string, settings: unknown, by: Who): void {
    const terms = canonical(settings ?? null)
    const known = this.find(integration, SETTINGS)
    if (known?.terms === terms) return void this.#put({ ...known, askers: withAsker(known.askers, by) })
    const isOpen = known !== undefined && !isApproved(known)
    this.#put({ ...blank(integration, SETTINGS, terms), askers: withAsker(isOpen ? known.askers : '[]', by) })
  }

  #settled(integration: string, { settings }: Guards): Failure | undefined {
    const terms = canonical(settings)
    const known = this.find(integration, SETTINGS)
    if (known?.terms !== terms) this.#put({ ...blank(integration, SETTINGS, terms), askers: known?.askers ?? '[]' })
    return known?.terms === terms && isApproved(known) ? undefined : settingsUnapproved()
  }

  #proposed(owner: Owner, variant: string, offer: Offer): ApprovalRow {
    const subject = subjectOf(owner, variant)
    const known = this.find(owner.integration, subject)
    const terms = canonical(offer.terms)
    const askers = this.#askers(owner, variant)
    const covers = known?.terms === terms && coversCost(highestOf(known), offer)
    const fresh = { ...blank(owner.integration, subject, terms), highest: JSON.stringify(highestFor(offer)), askers }
    const row = { ...(known && covers ? { ...known, askers } : fresh), price: JSON.stringify(offer.price) }
    this.#put(row)
    return row
  }

  #askers(owner: Owner, variant: string): string {
    const [row] = this.#sql
      .exec<{ askers: string }>(
        'select askers from entered where integration = ? and flow = ? and source_id = ? and variant = ?',
        ...keyOf(owner),
        variant,
      )
      .toArray()
    return row?.askers ?? '[]'
  }

  find(integration: string, subject: string): ApprovalRow | undefined {
    const query = 'select * from approvals where integration = ? and subject = ?'
    return this.#sql.exec<ApprovalRow>(query, integration, subject).toArray()[0]
  }

  all(integration: string): ApprovalRow[] {
    const query = 'select * from approvals where integration = ? order by subject'
    return this.#sql.exec<ApprovalRow>(query, integration).toArray()
  }

  /** Answers whether these are still the terms. */
  approve(row: ApprovalRow, by: Who): boolean {
    const known = this.find(row.integration, row.subject)
    if (!known || boundBy(known) !== boundBy(row)) return false
    this.#put({ ...known, approved: boundBy(known), approver: JSON.stringify(by) })
    return true
  }

  #put({ integration, subject, terms, highest, price, askers, approved, approver }: ApprovalRow): void {
    const values = [integration, subject, terms, highest, price, askers, approved, approver]
    this.#sql.exec('insert or replace into approvals values (?, ?, ?, ?, ?, ?, ?, ?)', ...values)
  }

  /** A record whose money was reserved is paid once: another generation of it has to be asked for anew. */
  #isReservedBefore(owner: Owner, generation: number): boolean {
    const known = this.reserved(owner)
    return known !== undefined && known !== generation
  }

  reserved(owner: Owner): number | undefined {
    const query = 'select generation from reservations where integration = ? and flow = ? and source_id = ?'
    return this.#sql.exec<{ generation: number }>(query, ...keyOf(owner)).toArray()[0]?.generation
  }

  #reserve(
    owner: Owner,
    generation: number,
    { amount, currency }: Money,
    limit: Limit,
    at: number,
  ): Failure | undefined {
    if (!atMost(amount, limit.perTransfer)) return tooLarge(amount, limit)
    const sum = add(amount, ...this.#others(owner, currency, at))
    if (!atMost(sum, limit.perDay)) return dayFull(sum, limit)
    const values = [...keyOf(owner), generation, currency, amount, at]
    this.#sql.exec('insert or replace into reservations values (?, ?, ?, ?, ?, ?, ?)', ...values)
    return undefined
  }

  /** Within any 24 hours, so that midnight is no way round the limit. */
  #others({ integration, flow, sourceId }: Owner, currency: string, at: number): Decimal[] {
    const query = `select amount from reservations where integration = ? and currency = ? and at > ?
      and not (flow = ? and source_id = ?)`
    return this.#sql
      .exec<{ amount: string }>(query, integration, currency, at - DAY_MS, flow, sourceId)
      .toArray()
      .map(({ amount }) => amount)
  }

  /** The most that the write in work may cost. */
  allowed(owner: Owner): Money | undefined {
    const query = 'select amount, currency from reservations where integration = ? and flow = ? and source_id = ?'
    return this.#sql.exec<Money>(query, ...keyOf(owner)).toArray()[0]
  }

  /** Of a write that certainly has not paid anything. */
  release(owner: Owner): void {
    this.#sql.exec('delete from reservations where integration = ? and flow = ? and source_id = ?', ...keyOf(owner))
  }
}

type Money = { amount: Decimal; currency: string }

const keyOf = ({ integration, flow, sourceId }: Owner): [string, string, string] => [integration, flow, sourceId]

const blank = (integration: string, subject: string, terms: string): ApprovalRow => ({
  integration,
  subject,
  terms,
  highest: 'null',
  price: '{}',
  askers: '[]',
  approved: '',
  approver: '',
})

export const withAsker = (askers: string, by: Who): string => {
  const known = Askers.parse(JSON.parse(askers))
  return JSON.stringify(known.some((one) => canonical(one) === canonical(by)) ? known : [...known, by])
}

const highestFor = ({ cost }: Offer): Money | null =>
  cost && { currency: cost.currency, amount: round(multiply(cost.amount, MARGIN), 2) }

const coversCost = (highest: Money | null, { cost }: Offer): boolean =>
  cost === null || (highest !== null && highest.currency === cost.currency && atMost(cost.amount, highest.amount))

const isAlone = (amount: Decimal, limit: Limit | undefined): boolean =>
  limit?.alone !== undefined && atMost(amount, limit.alone)

const refused = (code: string, message: string, remedy: string): Failure => ({
  kind: 'rejected',
  code,
  message,
  remedy,
})

const notAllowed = (currency: string): Failure =>
  refused(
    'guard_currency',
    `the settings allow no payment from ${currency}`,
    'Pay from a currency that the settings name, or have them changed and approved; then replay.',
  )

const tooLarge = (amount: Decimal, { perTransfer, currency }: Limit): Failure =>
  refused(
    'guard_transfer_limit',
    `it may cost ${show(amount)} ${currency}, and the limit of one transfer is ${show(perTransfer)}`,
    'Nothing was sent. Pay less, pay on wise.com, or have the limit changed and approved; then replay.',
  )

const dayFull = (sum: Decimal, { perDay, currency }: Limit): Failure =>
  refused(
    'guard_day_limit',
    `with it, ${show(sum)} ${currency} would be paid within 24 hours, and the limit is ${show(perDay)}`,
    'Nothing was sent. Replay it tomorrow, or have the limit changed and approved.',
  )

const second = (): Failure =>
  refused(
    'guard_second_transfer',
    'money was reserved for this document before: a second transfer is not made of it',
    'See GET …/transfers what became of the first. If it was cancelled without any money, ask for the payment anew.',
  )

const waits = (code: string, message: string, remedy: string): Failure => ({
  kind: 'waits',
  reason: 'approval',
  code,
  message,
  remedy,
  waitMs: null,
})

const unapproved = (subject: string): Failure =>
  waits(
    'guard_unapproved',
    `waits for approval (${subject})`,
    'Somebody else than its asker approves it, by a key with the scope "approve": GET and POST …/approvals.',
  )

const settingsUnapproved = (): Failure =>
  waits(
    'guard_settings_unapproved',
    'the settings that guard payments were changed, and nobody else has approved them',
    'Somebody else than who changed them approves "settings", by a key with the scope "approve": GET and POST …/approvals.',
  )
