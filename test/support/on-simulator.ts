import type { z } from 'zod'
import { Failed } from '../../src/core/failure'
import type { StepPlan, TargetApi } from '../../src/core/flow'
import type { Answer, Call, Vendor } from '../../src/core/vendor'
import { parseJson } from '../../src/lib/json'
import type { Simulator } from '../sandbox/vendor'

/** `lost` = it happened, the answer did not come; `never` = it did not happen, and nobody knows. */
export type Trouble = 'lost' | 'never'

/** What is known of the steps of one write. Given to a second run, it goes on where the first one ended. */
export type Ledger = Map<string, { state: 'sent' | 'done'; result?: unknown }>

/** What is called, and how. */
export interface Reached<C> {
  vendor: Vendor<C>
  simulator: Simulator
  credentials: C
  /** Access token, for vendors that are reached with one. */
  token?: string
  account?: string
  settings?: unknown
}

export interface Writing {
  marker?: string
  ledger?: Ledger
  /** By the name of a step; each strikes once. */
  trouble?: Record<string, Trouble>
}

export interface Made {
  /** '' for a read. */
  step: string
  method: Call['method']
  path: string
  query: Record<string, string>
  body: unknown
}

const PLACE = 'https://vendor.test'

/**
 * A vendor's client against its simulator: calls go out as the session sends them and come back with the vendor's own refusals;
 * steps are kept and looked up as the ledger does it. No limiter, no waiting, nothing stored.
 */
export const onSimulator = <C>(reached: Reached<C>, writing: Writing = {}) => {
  const { marker = 'mlc:pair/flow:1:document:g1', ledger = new Map(), trouble = {} } = writing
  const calls: Made[] = []

  const exchange = async (call: Call, step: string): Promise<unknown> => {
    calls.push({ step, method: call.method, path: call.path, query: call.query ?? {}, body: wire(call) })
    const answer = await answerTo(reached, call)
    const failure = reached.vendor.refusal?.(answer, call)
    const isOpen = step !== '' && answer.status >= 500 && !reached.vendor.undone?.(answer)
    if (failure?.kind !== 'throttled' && isOpen) throw noAnswer()
    if (failure) throw new Failed(failure)
    if (answer.status >= 400 || (answer.json === undefined && answer.text !== ''))
      throw new Error(`${call.method} ${call.path}: ${answer.status} ${answer.text.slice(0, 200)}`)
    return reached.vendor.content?.(answer) ?? answer.json
  }

  const finish = <T>(plan: StepPlan<T>, result: T): T => {
    ledger.set(plan.name, { state: 'done', result: parseJson(JSON.stringify(result) ?? 'null') })
    return result
  }

  const send = async <T>(plan: StepPlan<T>): Promise<T> => {
    const call = plan.call(keyOf(ledger, plan.name))
    ledger.set(plan.name, { state: 'sent' })
    const what = trouble[plan.name]
    delete trouble[plan.name]
    if (what === 'never') throw noAnswer()
    const answer = await exchange(call, plan.name).catch((thrown) => {
      if (!isUncertain(thrown)) {
        ledger.delete(plan.name)
        refused(ledger, plan.name)
      }
      throw thrown
    })
    if (what) throw noAnswer()
    return finish(plan, plan.answer.parse(answer))
  }

  const api: TargetApi = {
    account: reached.account ?? 'account',
    settings: reached.settings ?? {},
    marker,
    async read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
      if (!reached.vendor.reads(call)) throw new Error(`${call.method} ${call.path} is not a read`)
      return schema.parse(await exchange(call, ''))
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
  const steps = (): string[] => calls.flatMap(({ step }) => step || [])
  return { api, calls, ledger, steps, reads: () => calls.filter(({ step }) => step === '') }
}

/** Of each write, how often each of its steps was refused. */
const writes = new WeakMap<Ledger, { id: string; refusals: Record<string, number> }>()

const writeOf = (ledger: Ledger) => {
  const known = writes.get(ledger) ?? { id: crypto.randomUUID().slice(0, 8), refusals: {} }
  writes.set(ledger, known)
  return known
}

const refused = (ledger: Ledger, step: string): void => {
  const { refusals } = writeOf(ledger)
  refusals[step] = (refusals[step] ?? 0) + 1
}

/** The same whenever a step of one write is sent again, another one once it was refused, as the ledger's. */
const keyOf = (ledger: Ledger, step: string): string => {
  const { id, refusals } = writeOf(ledger)
  return `${id}|${step}|${refusals[step] ?? 0}`
}

/** Numbers as they leave, digit for digit, come back as numbers. */
const wire = ({ body }: Call): unknown => (body === undefined ? undefined : parseJson(JSON.stringify(body)))

const answerTo = async <C>({ vendor, simulator, credentials, token }: Reached<C>, call: Call): Promise<Answer> => {
  const headers = new Headers({ accept: 'application/json' })
  if (call.body !== undefined) headers.set('content-type', 'application/json')
  for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value)
  vendor.authorise(headers, credentials, token ?? '')
  const response = await simulator.handle({
    method: call.method,
    path: call.path,
    query: new URLSearchParams(call.query),
    headers,
    body: call.body === undefined ? '' : JSON.stringify(call.body),
    baseUrl: PLACE,
  })
  const text = typeof response.body === 'string' ? response.body : (JSON.stringify(response.body) ?? '')
  return { status: response.status, headers: new Headers(response.headers), text, json: parseJson(text) }
}

const isUncertain = (thrown: unknown): boolean => thrown instanceof Failed && thrown.failure.kind === 'uncertain'

const noAnswer = (): Failed =>
  new Failed({ kind: 'uncertain', code: 'outcome_unknown', message: 'no answer', remedy: '', waitMs: 0 })
