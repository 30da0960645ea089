import type { AnyFlow } from '../core/flow'
import type { Link } from '../core/ledger'
import { flowNamed } from '../registry'
import type { Carried } from '../sync/record'
import type { AttemptTools } from './attempt'
import type { JobRow } from './inbox'
import { ownerOf } from './standing'
import { hasOpenWrite } from './writes'

/** The flow that goes back, where the two mirror each other. */
export const mutualOf = (flow: AnyFlow | undefined): AnyFlow | undefined => {
  const back = flowNamed(flow?.mirrors?.flow ?? '')
  return back?.mirrors?.flow === flow?.name ? back : undefined
}

/** What one of them has linked is linked for the other as well, which then looks at it: part of the transaction that ends the attempt. */
export const linkBack = (
  { storage, links, inbox, setups }: Pick<AttemptTools, 'storage' | 'links' | 'inbox' | 'setups'>,
  job: JobRow,
  { outcome, number }: Pick<Carried, 'outcome' | 'number'>,
  at: number,
): void => {
  const back = mutualOf(flowNamed(job.flow))
  if (!back || outcome.state !== 'done' || outcome.action === 'unchanged') return
  const { integration, correlation } = job
  for (const { variant, state, target } of links.all(ownerOf(job))) {
    if (state !== 'linked' || !target) continue
    const owner = { integration, flow: back.name, sourceId: target.id }
    const known = links.get(owner, variant) ?? fresh(variant)
    if (hasOpenWrite(storage.sql, owner)) continue
    // What it last carried is not what stands there now.
    const there = { id: job.source_id, number, facts: target.facts }
    links.put(owner, { ...known, state: 'linked', target: there, fingerprint: '' })
    if (!setups.isOn(integration, back.name)) continue
    const carry = { kind: 'carry', ...owner, history: false, correlation } as const
    inbox.accept({ ...carry, actor: { by: 'dependency', id: job.id } }, at)
  }
}

const fresh = (variant: string): Link => ({
  variant,
  generation: 1,
  revision: 0,
  state: 'linked',
  target: null,
  fingerprint: '',
  version: '',
})
