import { z } from 'zod'
import { AuditEntry } from '../core/audit'
import { rejected } from '../core/failure'
import type { AnyFlow } from '../core/flow'
import type { Approval, Payout, Who } from '../core/guard'
import { isAnother } from '../core/guard'
import type { Owner } from '../core/ledger'
import { PairName } from '../core/pair'
import type { EnteredNow, PendingAction } from '../core/tenant'
import { sha256 } from '../lib/bytes'
import { now } from '../lib/clock'
import { newId } from '../lib/ids'
import { canonical } from '../lib/json'
import { pairs } from '../registry'
import type { AttemptTools } from './attempt'
import type { EnteredRow } from './entered'
import { type ApprovalRow, approverOf, askersOf, boundBy, highestOf, isApproved, subjectOf } from './guards'
import { jobKey } from './inbox'
import type { Setup } from './setup'
import { hasOpenWrite } from './writes'

const Terms = z.record(z.string(), z.string())

/** What people enter for records that money depends on, and what they approve. */
export class Desk {
  readonly #tools: AttemptTools

  constructor(tools: AttemptTools) {
    this.#tools = tools
  }

  /** Takes what was entered for a record, and has it carried. A record that was paid, or is being paid, takes nothing more. */
  async enter(
    setup: Setup,
    owner: Owner,
    { variant, body, shown, by }: EnteredNow,
    action: PendingAction,
  ): Promise<void> {
    const { storage, entered, guards, inbox } = this.#tools
    const at = now()
    const sealed = await entered.seal(setup.key, owner, variant, { id: newId('e', at), at, body })
    storage.transactionSync(() => {
      this.#refuseUnlessFree(owner)
      this.#renew(owner)
      const before = entered.known(owner, variant)
      guards.askedAnew(owner)
      entered.put(owner, variant, { sealed, shown, by, at })
      const actor = { by: 'key', id: by.key } as const
      const correlation = newId('x', at)
      inbox.accept({ kind: 'carry', ...owner, actor, correlation }, at)
      const job = inbox.get(jobKey(owner.integration, owner.flow, owner.sourceId))
      if (job) inbox.replay(job.key, { reread: true, remap: true }, actor, correlation, at)
      this.#note(action, { before: before ? Terms.parse(JSON.parse(before.shown)) : null, after: shown })
    })
  }

  /** Nothing more is begun of it, and what was ordered without money is cancelled. What has its money is not taken back. */
  withdraw(owner: Owner, reason: string, action: PendingAction): void {
    const { storage, guards, inbox, links } = this.#tools
    storage.transactionSync(() => {
      const job = inbox.get(jobKey(owner.integration, owner.flow, owner.sourceId))
      if (!job || job.state === 'skipped') throw noPayment(owner.sourceId)
      if (links.all(owner).some(({ state }) => state === 'linked')) throw paid()
      guards.withdraw(owner, '', reason)
      const { actor, correlation } = AuditEntry.parse(JSON.parse(action.entry))
      inbox.replay(job.key, { reread: false, remap: false }, actor, correlation, now())
      this.#note(action)
    })
  }

  #refuseUnlessFree(owner: Owner): void {
    const { guards, storage } = this.#tools
    if (guards.reserved(owner) !== undefined || hasOpenWrite(storage.sql, owner))
      throw rejected(
        'guard_second_transfer',
        'it was paid before, or is being paid',
        'See GET …/transfers. Only what was cancelled without any money can be asked for anew.',
      )
  }

  /** What had begun and certainly came to nothing begins anew, under other keys. */
  #renew(owner: Owner): void {
    const { links } = this.#tools
    const isOpen = links.all(owner).some(({ state, target }) => state === 'open' && target === null)
    if (isOpen) links.renew(owner)
  }

  approvals(integration: string): Promise<Approval[]> {
    return Promise.all(this.#tools.guards.all(integration).map(shownOf))
  }

  /** The caller says which terms it has seen: `hash`. */
  async approve(integration: string, subject: string, hash: string, by: Who, action: PendingAction): Promise<Approval> {
    const { guards, storage, inbox } = this.#tools
    const row = guards.find(integration, subject)
    if (!row) throw rejected('no_approval', `nothing is proposed as ${subject}`, 'See GET …/approvals.')
    if ((await sha256(boundBy(row))) !== hash) throw changed()
    if (!askersOf(row).every((asker) => isAnother(by, asker))) throw samePerson()
    storage.transactionSync(() => {
      if (!guards.approve(row, by)) throw changed()
      inbox.wakeWaiting('approval', now())
      this.#note(action, { before: approverOf(row)?.principal ?? null, terms: termsOf(row), highest: highestOf(row) })
    })
    return shownOf(guards.find(integration, subject) ?? row)
  }

  /** What people have asked for by name, and after it what the rule of the settings has. */
  payouts(integration: string, flow: string): Payout[] {
    const { entered, guards } = this.#tools
    const named = entered.all(integration, flow)
    const byRule = guards
      .begun(integration, flow)
      .filter((sourceId) => !named.some((row) => row.source_id === sourceId))
      .map((sourceId) => ({ source_id: sourceId, variant: '', shown: BY_RULE, askers: undefined }))
    return [...named, ...byRule].map((row) => this.#payout(integration, flow, row))
  }

  #payout(integration: string, flow: string, { source_id: sourceId, variant, shown, askers }: AskedRow): Payout {
    const { inbox, links, guards } = this.#tools
    const owner = { integration, flow, sourceId }
    const job = inbox.get(jobKey(integration, flow, sourceId))
    const [link] = links.all(owner)
    const proposed = guards.find(integration, subjectOf(owner, variant))
    const failure = job?.failure ? Said.parse(JSON.parse(job.failure)) : undefined
    return {
      invoiceId: sourceId,
      number: job?.source_number ?? '',
      state: job?.state ?? 'queued',
      reason: job?.reason ?? '',
      text: failure ? `${failure.code}: ${failure.message}` : '',
      transfer: link?.target?.id ?? '',
      askedBy: askersOf({ askers: askers ?? proposed?.askers ?? '[]' }).map(({ principal }) => principal),
      asked: Terms.parse(JSON.parse(shown)),
      price: link?.target?.facts ?? (proposed ? Terms.parse(JSON.parse(proposed.price)) : {}),
    }
  }

  /** Of what was entered, only what people may see. */
  shown(integration: string, flow: string): { sourceId: string; variant: string; shown: Record<string, string> }[] {
    return this.#tools.entered
      .all(integration, flow)
      .map(({ source_id, variant, shown }) => ({ sourceId: source_id, variant, shown: Terms.parse(JSON.parse(shown)) }))
  }

  /** An audit line that says that an integration's settings were changed. Part of the transaction that enters it. */
  heard({ outcome, integration, details, actor, text }: AuditEntry): void {
    if (integration === undefined || !outcome.startsWith('integration.')) return
    const after = Changed.safeParse(details?.after ?? details).data
    if (!after) return
    for (const flow of pairs[after.pair]?.flows ?? []) {
      const settings = guardedPart(flow, after.settings)
      const by = { key: actor.id ?? '', principal: text ?? '', madeBy: '' }
      if (settings !== undefined) this.#tools.guards.settingsChanged(integration, settings, by)
    }
  }

  /** With what only this object knows: what stood there before, and the terms that were approved. */
  #note({ id, entry }: PendingAction, known: Record<string, unknown> = {}): void {
    if (!this.#tools.inbox.fresh(`action|${id}`, now())) return
    const said = AuditEntry.parse(JSON.parse(entry))
    this.#tools.outbox.add({ ...said, details: { ...said.details, ...known } }, null)
  }
}

/** `askers` left out = by a rule: see what was proposed. */
type AskedRow = Pick<EnteredRow, 'source_id' | 'variant' | 'shown'> & { askers: string | undefined }

const BY_RULE = JSON.stringify({ by: 'the rule of the settings' })

const Said = z.object({ code: z.string(), message: z.string() })
const Changed = z.object({ pair: PairName, settings: z.record(z.string(), z.unknown()) })

/** Undefined where the flow guards nothing. */
const guardedPart = (flow: AnyFlow, given: unknown): unknown =>
  flow.use(({ guard, settings }) => {
    const known = settings.safeParse(given)
    return guard && known.success ? guard.of(known.data).settings : undefined
  })

const shownOf = async (row: ApprovalRow): Promise<Approval> => ({
  subject: row.subject,
  hash: await sha256(boundBy(row)),
  terms: termsOf(row),
  highest: highestOf(row),
  price: Terms.parse(JSON.parse(row.price)),
  askedBy: askersOf(row).map(({ principal }) => principal),
  approvedBy: isApproved(row) ? (approverOf(row)?.principal ?? null) : null,
})

/** Settings are shown as text, each under its name. */
const termsOf = ({ terms }: ApprovalRow): Record<string, string> => {
  const known: unknown = JSON.parse(terms)
  const entries = typeof known === 'object' && known !== null ? Object.entries(known) : []
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value : canonical(value ?? null)]),
  )
}

const changed = () =>
  rejected(
    'guard_changed',
    'these are not the terms that stand there now',
    'See GET …/approvals, and approve what it shows.',
  )

const noPayment = (sourceId: string) =>
  rejected('no_payment', `nobody has asked for ${sourceId} to be paid`, 'See GET …/transfers.')

const paid = () =>
  rejected(
    'payment_made',
    'it has its money: Wise takes no payment back',
    'See GET …/transfers. Cancel it on wise.com while that is possible, or ask the recipient to send it back.',
  )

const samePerson = () =>
  rejected(
    'guard_same_person',
    'whoever asked for it, or made the key, does not approve it',
    'Somebody else approves it, by a key that the asker has not made.',
  )
