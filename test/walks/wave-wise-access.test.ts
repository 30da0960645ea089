import { beforeEach, describe, expect, it } from 'vitest'
import { publicKey } from '../../src/vendors/wise/webhook-keys'
import { receive } from '../support/deliver'
import {
  approve,
  askFor,
  atWise,
  invoiceFor,
  openPayOffice,
  type PayOffice,
  payoutsOf,
  settleIn,
} from '../support/payouts'
import { runOnce, settle } from '../support/settle'
import { booksOf, news, recordsIn, tell } from '../support/wave-wise'
import { openWise } from '../support/wise'
import { GENUINE } from '../vendors/wise/genuine'

let office: PayOffice

/** As far as it comes by itself. */
const ordered = async () => {
  await settleIn(office)
  await askFor(office, await invoiceFor(office))
  await approve(office, 'invoice-to-transfer')
  for (let run = 0; run < 5; run += 1) await runOnce(office.books.tenant)
}

const atOrder = async () => {
  const { transfers, payments } = await atWise(office)
  return { transfers: transfers.map(({ status }) => status), payments: payments.length }
}

const PAID = { transfers: ['processing'], payments: 1 }

/** The payment is done, and stands in Wave once: the fee on a line of its own. */
const booked = async () => {
  await tell(office.books, await news(office.books))
  expect(await payoutsOf(office)).toMatchObject([{ state: 'done' }])
  expect(await recordsIn(office.books, 'transfer-to-transaction')).toMatchObject([{ state: 'done' }])
  const { transactions, balances } = await booksOf(office.books)
  expect(transactions).toHaveLength(1)
  expect(Object.keys(balances).sort()).toEqual(['Payouts', 'Wise USD', 'Wise fees'])
}

describe('a payment', () => {
  it.each([
    ['by a personal token of an account in the US', { country: 'US' }],
    ['by consent to a partner’s app, for an account in Germany', { country: 'DE', partner: true }],
  ])('%s is funded from the balance, and booked', async (_, terms) => {
    office = await openPayOffice({}, terms)
    await ordered()
    expect(await atOrder()).toEqual(PAID)
    await booked()
  })

  it('by a personal token of an account in Germany is funded by a person on wise.com, and booked', async () => {
    office = await openPayOffice({}, { country: 'DE' })
    await ordered()
    expect(await atOrder()).toEqual({ transfers: ['incoming_payment_waiting'], payments: 0 })
    expect(await payoutsOf(office)).toMatchObject([
      { state: 'waiting', reason: 'funding', text: expect.stringContaining('wise_sca_required') },
    ])
    const [record] = await recordsIn(office.books, 'invoice-to-transfer')
    expect(record?.remedy).toContain('fund it on wise.com')
    const [{ id } = { id: 0 }] = (await atWise(office)).transfers
    await office.books.world.act('wise', 'fund-transfer', { transfer: String(id) })
    await booked()
    expect(await atOrder()).toEqual(PAID)
  })
})

describe('the key of a webhook’s signature', () => {
  const user = (id: number) => ({
    email: 'nora@field.example',
    name: 'Nora Field',
    tokens: [{ token: 'marker-secret-wise-token' }],
    profiles: [{ id, name: 'Field Trading LLC' }],
  })
  let profile = 52_000_000
  beforeEach(() => {
    profile += 2
  })

  const connection = async (environment: string, options: object = {}) => {
    const { admin, world, tenant } = await openWise({ users: [user(profile)] })
    const settings = { baseUrl: world.baseUrl('wise'), ...options }
    const given = { vendor: 'wise', environment, name: environment, settings }
    const { id } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, given)
    await admin.call('PUT', `/v1/tenants/${tenant}/connections/${id}/credentials`, {
      kind: 'token',
      token: 'marker-secret-wise-token',
    })
    await settle(tenant)
    return { world, id }
  }
  const sendTo = async (path: string, secrets: Record<string, string> = {}) =>
    (
      await receive(
        new Request(`https://connector.test/webhooks/wise${path}`, {
          method: 'POST',
          headers: { 'x-signature-sha256': GENUINE.signature, 'x-delivery-id': crypto.randomUUID() },
          body: GENUINE.body,
        }),
        secrets,
      )
    ).response.status

  it.each([
    ['sandbox', 200],
    ['production', 401],
  ])(
    'is the one that Wise publishes for %s: what its sandbox has signed is answered with %i',
    async (environment, status) => {
      const { id } = await connection(environment)
      expect(await sendTo(`/${id}`)).toBe(status)
    },
  )

  it('that the settings name takes the place of the published one', async () => {
    const { world } = await connection('sandbox')
    const { wise } = await world.dump<{ wise: { publicKey: string } }>()
    profile += 1
    const other = await connection('sandbox', { webhookPublicKey: wise.publicKey })
    expect(await sendTo(`/${other.id}`)).toBe(401)
    profile += 1
    const same = await connection('production', { webhookPublicKey: publicKey(SANDBOX) })
    expect(await sendTo(`/${same.id}`)).toBe(200)
  })

  it('of an app is that of its URL: what opens the one for the sandbox does not open the other, and the other way round', async () => {
    const app = { WISE_CLIENT_ID: 'wise-app', WISE_CLIENT_SECRET: 'marker-secret-wise-production' }
    expect(await sendTo('/app/sandbox', app)).toBe(200)
    expect(await sendTo('', app)).toBe(401)
    const turned = {
      ...app,
      WISE_WEBHOOK_SECRET: publicKey(SANDBOX),
      WISE_WEBHOOK_SECRET_SANDBOX: publicKey({ ...SANDBOX, environment: 'production' }),
    }
    expect(await sendTo('/app/sandbox', turned)).toBe(401)
    expect(await sendTo('', turned)).toBe(200)
  })
})

const SANDBOX = { environment: 'sandbox', settings: {} } as const
