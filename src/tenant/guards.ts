import { z } from 'zod'
import type { Failure } from '../core/failure'
import { type Guards, isAnother, type Limit, type Offer, Who } from '../core/guard'
import type { Guarded, Link, Owner } from '../core/ledger'
import { dateIn } from '../lib/dates'
import { canonical } from '../lib/json'
import { add, atMost, type Decimal, multiply, round } from '../lib/money'
import {
  dayFull,
  type Moment,
  notAllowed,
  second,
  settingsUnapproved,
  tooLarge,
  unapproved,
  withdrawnAs,
} from './guard-words'

/** Prices move between approval and payment: so much more than was shown is covered by it. */
const MARGIN = '1.01'
/** No day on a calendar is longer, also where the clocks go back. */
const LONGEST_DAY_MS = 26 * 3_600_000

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
  pass(owner: Owner, { variant, generation }: Link, { guards, offer, zone }: Guarded, at: number): Failure | undefined {
    const withdrawn = this.withdrawn(owner)
    if (withdrawn !== undefined) return withdrawnAs(withdrawn)
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
      return bound && limit ? this.#reserve(owner, generation, bound, limit, { at, zone }) : undefined
    }
    return limit ? this.#reserve(owner, generation, highest, limit, { at, zone }) : undefined
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

  /** What nobody has asked for by name comes of a rule of the settings: whoever set that has asked. */
  #askers(owner: Owner, variant: string): string {
    const [row] = this.#sql
      .exec<{ askers: string }>(
        'select askers from entered where integration = ? and flow = ? and source_id = ? and variant = ?',
        ...keyOf(owner),
        variant,
      )
      .toArray()
    return row?.askers ?? this.find(owner.integration, SETTINGS)?.askers ?? '[]'
  }

  /** Records of a flow that were proposed for approval, or that money is reserved for. */
  begun(integration: string, flow: string): string[] {
    const prefix = subjectOf({ integration, flow, sourceId: '' }, '')
    const proposed = this.all(integration).flatMap(({ subject }) => {
      const [of, sourceId] = subject.split('|')
      return of === prefix && sourceId !== undefined ? [sourceId] : []
    })
    const query = 'select source_id from reservations where integration = ? and flow = ?'
    const reserved = this.#sql.exec<{ source_id: string }>(query, integration, flow).toArray()
    return [...new Set([...proposed, ...reserved.map(({ source_id }) => source_id)])]
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
    when: Moment,
  ): Failure | undefined {
    if (!atMost(amount, limit.perTransfer)) return tooLarge(amount, limit)
    const sum = add(amount, ...this.#others(owner, currency, when))
    if (!atMost(sum, limit.perDay)) return dayFull(sum, limit, when)
    const { at } = when
    const values = [...keyOf(owner), generation, currency, amount, at]
    this.#sql.exec('insert or replace into reservations values (?, ?, ?, ?, ?, ?, ?)', ...values)
    return undefined
  }

  /** Of the same day on the calendar of the business, as its accountant counts it. */
  #others({ integration, flow, sourceId }: Owner, currency: string, { at, zone }: Moment): Decimal[] {
    const query = `select amount, at from reservations where integration = ? and currency = ? and at > ?
      and not (flow = ? and source_id = ?)`
    return this.#sql
      .exec<{ amount: string; at: number }>(query, integration, currency, at - LONGEST_DAY_MS, flow, sourceId)
      .toArray()
      .flatMap((other) => (dateIn(zone, other.at) === dateIn(zone, at) ? [other.amount] : []))
  }

  /** Why somebody has withdrawn what was asked for; undefined = nobody has. */
  withdrawn(owner: Owner): string | undefined {
    const query = 'select reason from withdrawals where integration = ? and flow = ? and source_id = ?'
    return this.#sql.exec<{ reason: string }>(query, ...keyOf(owner)).toArray()[0]?.reason
  }

  /** Nothing of it is there to be approved any more. */
  withdraw(owner: Owner, variant: string, reason: string): void {
    this.#sql.exec('insert or replace into withdrawals values (?, ?, ?, ?)', ...keyOf(owner), reason)
    const query = 'delete from approvals where integration = ? and subject = ?'
    this.#sql.exec(query, owner.integration, subjectOf(owner, variant))
  }

  askedAnew(owner: Owner): void {
    this.#sql.exec('delete from withdrawals where integration = ? and flow = ? and source_id = ?', ...keyOf(owner))
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
