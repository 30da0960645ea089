import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Admin } from '../../support/admin'
import {
  approvalsOf,
  approve,
  as,
  askFor,
  atWise,
  invoiceFor,
  openPayOffice,
  type PayOffice,
  settleIn,
} from '../../support/payouts'
import { settle } from '../../support/settle'
import { booksOf, recordsIn } from '../../support/wave-wise'
import { PROFILE } from '../../support/wave-wise-firm'
import { filled, type Route, routes, as as withKey } from './support'

const EVERYTHING = ['read', 'source', 'operate', 'admin', 'approve']
const FLOW = 'wave-wise/invoice-to-transfer'

/** Who calls: whoever has asked for the payment, by keys of every kind, and others who may not approve. */
const CALLERS: [string, (office: PayOffice) => Promise<Admin>][] = [
  ...EVERYTHING.map((scope): (typeof CALLERS)[number] => [
    `the asker with the scope ${scope}`,
    ({ books }) => as(books.admin, 'Ada', [scope]),
  ]),
  ['the asker with every scope, spelt otherwise', ({ books }) => as(books.admin, ' ADA', EVERYTHING)],
  [
    'another person by a key that the asker has made',
    async ({ books }) => as(await as(books.admin, 'Ada', EVERYTHING), 'Bea', EVERYTHING),
  ],
  [
    'another person with every scope but approve',
    ({ books }) =>
      as(
        books.admin,
        'Zoe',
        EVERYTHING.filter((scope) => scope !== 'approve'),
      ),
  ],
]

let all: Route[]
let ends: Route[]
beforeAll(async () => {
  // What takes everything away comes last.
  const given = await routes()
  const isEnd = ({ method, path }: Route) => method === 'DELETE' || path.endsWith('/withdraw')
  all = given.filter((route) => !isEnd(route))
  ends = given.filter(isEnd)
})

/** Settings, recipient and an invoice that waits for approval: all but the last word. */
const openWaiting = async (): Promise<PayOffice> => {
  const office = await openPayOffice()
  await settleIn(office)
  await askFor(office, await invoiceFor(office))
  return office
}

const Example = z.looseObject({ schema: z.looseObject({ $ref: z.string().optional(), example: z.unknown() }) })

/** The body that would come nearest to a payment; else the example of the API itself. */
const bodiesFor = async (
  office: PayOffice,
  invoiceId: string,
  { method, path, requestBody }: Route,
): Promise<unknown[]> => {
  const { books } = office
  if (method === 'GET') return [undefined]
  const is = (end: string) => `${method} ${path}`.endsWith(end)
  if (is('/approvals')) return (await approvalsOf(office)).map(({ subject, hash }) => ({ subject, hash }))
  if (is('/transfers/withdraw')) return [{ invoiceId, reason: 'tried' }]
  if (is('/transfers')) return [{ invoiceId }, { invoiceId: await invoiceFor(office, '11.00'), amount: '11' }]
  if (is('/recipients'))
    return [{ customerId: books.customer, profile: { ...PROFILE, accountHolderName: 'Somebody Else' } }]
  if (is('/{integration}/records')) return [{ flow: FLOW, sourceId: invoiceId }]
  if (is('/replay')) return [{ newGeneration: true }, { reread: true, remap: true }]
  if (is('/replays')) return [{ flow: FLOW }]
  if (is('/adopt')) return [{ targetId: '1' }]
  if (is('/ignore')) return [{ reason: 'paid by hand' }]
  if (is('/resolve')) return [{ holds: 'target' }]
  if (is('/matches/accept')) return [{ links: [{ flow: FLOW, sourceId: invoiceId, variant: '', targetId: '1' }] }]
  if (is('/preview')) return [{ flow: FLOW, sourceId: invoiceId }]
  if (is('/backfill')) return [{}, { from: '2020-01-01' }]
  if (is('POST /v1/keys')) return [{ principal: 'Accomplice', scopes: ['approve'] }]
  if (is('/integrations/{integration}') && method === 'PATCH') return [{ settings: await loosened(office) }]
  const media = Example.safeParse(requestBody?.content['application/json']).data
  return [requestBody ? (media?.schema.example ?? {}) : undefined]
}

/** The settings as they are, with everything allowed to everybody. */
const loosened = async ({ books, path }: PayOffice): Promise<object> => {
  const { settings } = await books.admin.call<{ settings: { payout: object } }>('GET', path('').replace(/\/$/, ''))
  const payout = { ...settings.payout, approval: 'self', selfLimit: '5000' }
  return { ...settings, payout }
}

const Key = z.object({ key: z.string() })

/** Every call of the API, with everything to come near to a payment; a key that is made by it approves as well. */
const tryAll = async (office: PayOffice, caller: Admin): Promise<number[]> => {
  const { books } = office
  const [record] = await recordsIn(books, 'invoice-to-transfer')
  const invoiceId = record?.sourceId ?? ''
  const values = { tenant: books.tenant, integration: books.integration, record: record?.id ?? '', kind: 'account' }
  const statuses: number[] = []
  const call = async (by: Admin, route: Route) => {
    for (const body of await bodiesFor(office, invoiceId, route)) {
      const answer = await by.ask(route.method, filled(route.path, { ...values, side: 'source' }), body)
      statuses.push(answer.status)
      const made = Key.safeParse(answer.body).data
      if (made) await approveAll(withKey(made.key))
    }
  }
  const approveAll = async (by: Admin) => {
    for (const route of all.filter(({ method, path }) => method === 'POST' && path.endsWith('/approvals')))
      await call(by, route)
  }
  for (const route of all) await call(caller, route)
  await settle(books.tenant)
  await approveAll(caller)
  await settle(books.tenant)
  expect(await moved(office)).toEqual(NOTHING)
  for (const route of ends) await call(caller, route)
  return statuses
}

const NOTHING = { transfers: 0, payments: 0, balance: '25000', recipients: 2, posted: 0 }

const Held = z.object({
  wise: z.object({
    balances: z.array(z.object({ currency: z.string(), amount: z.string() })),
    recipients: z.array(z.unknown()),
  }),
})

const moved = async (office: PayOffice) => {
  const { transfers, payments } = await atWise(office)
  const { balances, recipients } = Held.parse(await office.books.world.dump()).wise
  const { transactions, payments: entered } = await booksOf(office.books)
  return {
    transfers: transfers.length,
    payments: payments.length,
    balance: balances.find(({ currency }) => currency === 'USD')?.amount,
    recipients: recipients.length,
    posted: transactions.length + entered.length,
  }
}

describe('no call of the API moves money without the approval that the settings demand', () => {
  it.each(CALLERS)('by %s', async (_, callerOf) => {
    const office = await openWaiting()
    expect(await moved(office)).toEqual(NOTHING)
    const statuses = await tryAll(office, await callerOf(office))
    expect(statuses.length).toBeGreaterThanOrEqual(all.length + ends.length)
    expect(statuses.filter((status) => status >= 500 && status !== 503)).toEqual([])
    expect(await moved(office)).toEqual(NOTHING)
  })

  it('which another person can give', async () => {
    const office = await openWaiting()
    await approve(office, 'invoice-to-transfer')
    await settle(office.books.tenant)
    expect(await moved(office)).toMatchObject({ transfers: 1, payments: 1 })
  })
})
