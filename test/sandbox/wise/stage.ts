import { z } from 'zod'
import { memoryStore } from '../memory-store'
import type { Delivery, OutgoingRequest, Simulator, VendorResponse } from '../vendor'
import { makeWise } from '.'
import { PERSONAL_TOKEN } from './seed-input'

/** As much of a JSON answer as tests walk through; the rest is compared as it is. */
export interface Json {
  [key: string]: unknown
  id: number | string
  status: string
  content: Json[]
  paymentOptions: Json[]
  errors: Json[]
  transactions: Json[]
}

const Json = z.custom<Json>((value) => typeof value === 'object' && value !== null)

export interface Answer extends VendorResponse {
  json: Json
  list: Json[]
  headers: Record<string, string>
}

/** Callback URLs that begin with this answer 204 to a probe in tests that replace `fetch`. */
export const HOOK = 'https://connector.example/hooks/wise'
export const START = Date.parse('2026-03-02T15:04:05.123Z')

const Seeded = z.object({
  publicKey: z.string(),
  users: z.array(
    z.object({
      id: z.number(),
      profiles: z.array(
        z.object({
          id: z.number(),
          type: z.string(),
          balances: z.array(z.object({ id: z.number(), currency: z.string() })),
          recipients: z.array(z.object({ id: z.number() })),
        }),
      ),
    }),
  ),
  grants: z.array(z.object({ accessToken: z.string(), refreshToken: z.string() })),
})

export interface Stage {
  wise: Simulator
  clock: { now: number }
  switches: Record<string, unknown>
  /** Given to the world and not yet taken. */
  deliveries: Delivery[]
  publicKey: string
  personal: number
  business: number
  balances: Record<string, number>
  token: string
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  act(action: string, input?: unknown): Promise<Json>
  /** Signed requests of all that waits, in order; forgets them. */
  take(tampered?: boolean): Promise<OutgoingRequest[]>
}

/** One Wise with its default seed: Nora Field, held in GB, and her firm, held in the US. */
export const openStage = (seed: unknown = {}): Stage => {
  const clock = { now: START }
  const switches: Record<string, unknown> = {}
  const deliveries: Delivery[] = []
  const wise = makeWise({
    store: memoryStore(),
    now: () => clock.now,
    switched: <T>(name: string, otherwise: T) => (switches[name] as T | undefined) ?? otherwise,
    deliver: (delivery) => {
      deliveries.push({ ...delivery, id: String(deliveries.length), vendor: 'wise' })
    },
  })
  const made = Seeded.parse(wise.seed(seed))
  const [personal, business] = ['PERSONAL', 'BUSINESS'].map((type) =>
    made.users[0]?.profiles.find((profile) => profile.type === type),
  )
  const stage: Stage = {
    wise,
    clock,
    switches,
    deliveries,
    publicKey: made.publicKey,
    personal: personal?.id ?? 0,
    business: business?.id ?? 0,
    balances: Object.fromEntries((business?.balances ?? []).map(({ currency, id }) => [currency, id])),
    token: PERSONAL_TOKEN,
    call: (method, path, body, headers = {}) => send(stage, method, path, body, headers),
    act: async (action, input) => Json.catch(() => Json.parse({})).parse(await wise.act(action, input)),
    async take(tampered = false) {
      const taken = deliveries.splice(0)
      return Promise.all(taken.map(async (one) => (await wise.outgoing?.(one, clock.now, tampered)) ?? raise()))
    },
  }
  return stage
}

const raise = (): never => {
  throw new Error('nothing goes out')
}

const send = async (
  stage: Stage,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> => {
  const url = new URL(`https://wise.test${path}`)
  const answer = await stage.wise.handle({
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: new Headers({ authorization: `Bearer ${stage.token}`, 'content-type': 'application/json', ...headers }),
    body: typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
    baseUrl: 'https://wise.test',
  })
  // Through text, as on the wire.
  const wire: unknown = typeof answer.body === 'string' ? {} : JSON.parse(JSON.stringify(answer.body ?? {}))
  const list = Array.isArray(wire) ? z.array(Json).parse(wire) : []
  return { ...answer, headers: answer.headers ?? {}, json: Json.parse(wire), list }
}

const BERLIN = { country: 'DE', city: 'Berlin', firstLine: 'Lindenweg 3', postCode: '10115' }

/** With an address, as money that comes in dollars needs one. */
export const iban = (profile: number, name = 'Lea Sommer') => ({
  profile,
  currency: 'EUR',
  type: 'iban',
  accountHolderName: name,
  details: { legalType: 'PRIVATE', IBAN: 'DE75512108001245126199', address: BERLIN },
})

export const ADDRESS = { country: 'US', state: 'NY', city: 'Albany', firstLine: '4 Elm Street', postCode: '12207' }

export const aba = (profile: number, address: unknown = ADDRESS) => ({
  profile,
  currency: 'USD',
  type: 'aba',
  accountHolderName: 'Paul Winter',
  details: { legalType: 'PRIVATE', abartn: '026009593', accountNumber: '998877665', accountType: 'CHECKING', address },
})

/** A quote of 1000 USD to EUR, paid from the balance; fields can be changed. */
export const quoteBody = (change: Record<string, unknown> = {}) => ({
  sourceCurrency: 'USD',
  targetCurrency: 'EUR',
  sourceAmount: 1000,
  preferredPayIn: 'BALANCE',
  ...change,
})

export const MERGE = { 'content-type': 'application/merge-patch+json' }

/** Quote, recipient and transfer order, not yet funded. */
export const ordered = async (stage: Stage, change: Record<string, unknown> = {}) => {
  const { business, call } = stage
  const quote = (await call('POST', `/v3/profiles/${business}/quotes`, quoteBody(change))).json
  const recipient = (await call('POST', '/v1/accounts', iban(business))).json
  const body = {
    targetAccount: recipient.id,
    quoteUuid: quote.id,
    customerTransactionId: crypto.randomUUID(),
    details: { reference: 'INV-7' },
  }
  const transfer = (await call('POST', '/v1/transfers', body)).json
  return { quote, recipient, body, transfer, pay: `/v3/profiles/${business}/transfers/${transfer.id}/payments` }
}

export const balanceOf = async ({ call, business }: Stage, currency: string): Promise<unknown> => {
  const { list } = await call('GET', `/v4/profiles/${business}/balances?types=STANDARD`)
  return z.object({ value: z.number() }).parse(list.find((one) => one.currency === currency)?.amount).value
}
