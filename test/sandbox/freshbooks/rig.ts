import { z } from 'zod'
import { openWorld } from '../../support/world'
import { ACCOUNT_ID } from './seed-input'

/** Helpers of the simulator's own tests: one world each, called through its HTTP front. */
export interface Answer {
  status: number
  headers: Headers
  body: unknown
}

const Row = z.record(z.string(), z.unknown())
export type Row = z.infer<typeof Row>

/** `dig(body, 'response.result.invoice.id')` */
export const dig = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return at[Number(key)]
    return Row.safeParse(at).data?.[key]
  }, value)

export const rows = (value: unknown): Row[] => z.array(Row).parse(value)

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
}

const MADE = z.object({ freshbooks: Row })

export const open = async (seed: Row = {}) => {
  const world = openWorld(`freshbooks-${crypto.randomUUID()}`)
  const made = MADE.parse(await world.seed({ freshbooks: { tokens: [{ token: 'full' }], ...seed } })).freshbooks
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const send = { authorization: 'Bearer full', 'content-type': 'application/json', ...headers }
    const given = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const init = { method, headers: send, redirect: 'manual' as const, ...given }
    const response = await fetch(`${world.baseUrl('freshbooks')}${path}`, init)
    return { status: response.status, headers: response.headers, body: await bodyOf(response) }
  }
  const books = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    call(method, `/accounting/account/${ACCOUNT_ID}/${path}`, body, headers)
  /** Rows of one list; throws what was refused. */
  const list = async (path: string): Promise<Row[]> => {
    const { body } = await books('GET', path)
    const [plural = ''] = path.split('?')[0]?.split('/').slice(-1) ?? []
    return rows(dig(body, `response.result.${plural}`))
  }
  const act = async (action: string, input: Row = {}) => Row.parse(await world.act('freshbooks', action, input))
  const switches = (values: Row) =>
    world.switches(Object.fromEntries(Object.entries(values).map(([name, value]) => [`freshbooks.${name}`, value])))
  return { world, made, call, books, list, act, switches }
}

/** One business with one client, and whatever else a test needs. */
export const shop = (business: Row = {}, rest: Row = {}) =>
  open({ businesses: [{ clients: [{ organization: 'Acme', currency_code: 'USD' }], ...business }], ...rest })

export const line = (cost: string, more: Row = {}): Row => ({
  name: 'Bowls',
  qty: '1',
  unit_cost: { amount: cost, code: 'USD' },
  ...more,
})

/** Sent, unless it says otherwise. */
export const invoice = (cost: string, more: Row = {}): Row => ({
  client: 'Acme',
  create_date: '2026-03-02',
  status: 2,
  lines: [line(cost)],
  ...more,
})
