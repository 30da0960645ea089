import type { z } from 'zod'
import { Failed } from '../../../src/core/failure'
import type { StepPlan, TargetApi } from '../../../src/core/flow'
import type { Call } from '../../../src/core/vendor'
import { parseJson } from '../../../src/lib/json'

export const MARKER = 'mlc:wave-cin7/invoice-to-sale:inv-15:sale:g1'

/** `lost` = it happened, the answer did not come; `never` = it did not happen, and nobody knows. */
export type Trouble = 'lost' | 'never'

export type Ledger = Map<string, { state: 'sent' | 'done'; result?: unknown }>

/** What a step sent, as it would go over the wire. */
export interface Sent {
  step: string
  call: Call
  body: Record<string, unknown>
}

/**
 * A ledger and a target in memory: steps that are done answer from the ledger, a lost one is looked up before it is sent again,
 * as the engine does it. `handle` is the target.
 */
export const scripted = (
  handle: (call: Call) => unknown,
  ledger: Ledger = new Map(),
  trouble: Record<string, Trouble> = {},
) => {
  const sent: Sent[] = []
  const reads: Call[] = []
  const send = <T>(plan: StepPlan<T>): T => {
    const call = plan.call(`key|${plan.name}`)
    const wire = Object(parseJson(JSON.stringify(call.body ?? {})))
    sent.push({ step: plan.name, call, body: wire })
    ledger.set(plan.name, { state: 'sent' })
    const what = trouble[plan.name]
    delete trouble[plan.name]
    const answer = what === 'never' ? undefined : handle({ ...call, body: wire })
    if (what) throw crash()
    return finish(plan, plan.answer.parse(answer))
  }
  const finish = <T>(plan: StepPlan<T>, result: T): T => {
    ledger.set(plan.name, { state: 'done', result: parseJson(JSON.stringify(result) ?? 'null') })
    return result
  }
  const api: TargetApi = {
    account: 'cin7-account',
    settings: {},
    marker: MARKER,
    async read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
      reads.push(call)
      return schema.parse(handle(call))
    },
    stepState: () => undefined,
    allowed: () => undefined,
    withdrawn: () => undefined,
    async step<T>(plan: StepPlan<T>): Promise<T> {
      const known = ledger.get(plan.name)
      if (known?.state === 'done') return plan.answer.parse(known.result)
      const found = known && plan.find ? await plan.find() : null
      return found === null ? send(plan) : finish(plan, found)
    },
    refuseUnless(differences, standing) {
      if (differences.length === 0) return
      throw new Failed({ kind: 'totals', code: 'totals_differ', message: 'differ', remedy: standing, differences })
    },
  }
  return { api, sent, reads, ledger, steps: () => sent.map(({ step }) => step) }
}

export const crash = () =>
  new Failed({ kind: 'uncertain', code: 'cin7_outcome_unknown', message: 'no answer', remedy: '', waitMs: 0 })
