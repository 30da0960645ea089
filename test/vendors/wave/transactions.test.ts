import { beforeEach, describe, expect, it } from 'vitest'
import { Failed, type Failure } from '../../../src/core/failure'
import type { TargetApi } from '../../../src/core/flow'
import { sidesOf, TransactionDraft, transactionCall, transactions } from '../../../src/vendors/wave/transactions'
import { BUSINESS } from './samples'
import { client, openWave, type Rig } from './with-wave'

const MARKER = 'mlc:wave-wise/transfer-to-transaction:50500593:debit:g1'

let rig: Rig
beforeEach(() => {
  rig = openWave()
})

/** 100.00 leave the balance: 99.20 to the recipient, 0.80 to Wise. */
const paidOut = (over: object = {}): TransactionDraft =>
  TransactionDraft.parse({
    date: '2026-03-02',
    description: 'Wise transfer 50500593 to Example GmbH',
    notes: 'rate 0.9241',
    currency: 'USD',
    anchor: { account: rig.account('Wise USD'), amount: '100.00', direction: 'withdrawal' },
    lines: [
      { account: rig.account('Payouts'), amount: '99.20', side: 'debit' },
      { account: rig.account('Fees'), amount: '0.80', side: 'debit', description: 'Wise fee' },
    ],
    ...over,
  })

const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  try {
    await work
  } catch (thrown) {
    if (thrown instanceof Failed) return thrown.failure
    throw thrown
  }
  throw new Error('it did not fail')
}

const balanceOf = (name: string) => rig.dump().accounts.find((account) => account.name === name)?.balance

describe('a money transaction', () => {
  it('is one call, with everything as variables and our marker as its external id', () => {
    const call = transactionCall({ account: BUSINESS, marker: MARKER }, paidOut())
    expect(call).toMatchObject({ method: 'POST', path: '/graphql/public', route: 'moneyTransactionCreate' })
    expect(call.body).toMatchObject({
      operationName: 'moneyTransactionCreate',
      variables: {
        input: {
          businessId: btoa(`Business:${BUSINESS}`),
          externalId: MARKER,
          date: '2026-03-02',
          anchor: { accountId: rig.account('Wise USD'), amount: '100.00', direction: 'WITHDRAWAL' },
          lineItems: [
            { accountId: rig.account('Payouts'), amount: '99.20', balance: 'DEBIT' },
            { accountId: rig.account('Fees'), amount: '0.80', balance: 'DEBIT', description: 'Wise fee' },
          ],
        },
      },
    })
    expect(JSON.stringify(call.body)).not.toMatch(/mutation[^"]*50500593/)
  })

  it('moves the accounts, and its number is the one of its id', async () => {
    const { api } = client(rig, { marker: MARKER })
    const made = await transactions.create(api, paidOut())
    expect(rig.dump().transactions).toMatchObject([
      {
        graphId: made.id,
        externalId: MARKER,
        description: 'Wise transfer 50500593 to Example GmbH',
        notes: 'rate 0.9241',
      },
    ])
    expect(made).toMatchObject({ number: expect.stringMatching(/^\d+$/), facts: { date: '2026-03-02' } })
    expect(['Wise USD', 'Payouts', 'Fees'].map(balanceOf)).toEqual(['-100', '99.2', '0.8'])
  })

  it('the other way round brings everything back to nothing', async () => {
    await transactions.create(client(rig, { marker: MARKER }).api, paidOut())
    const back = paidOut({
      anchor: { account: rig.account('Wise USD'), amount: '100.00', direction: 'deposit' },
      lines: [
        { account: rig.account('Payouts'), amount: '99.20', side: 'credit' },
        { account: rig.account('Fees'), amount: '0.80', side: 'credit' },
      ],
    })
    expect(sidesOf(back)).toEqual({ debit: '100', credit: '100' })
    await transactions.create(client(rig, { marker: `${MARKER}-back` }).api, back)
    expect(['Wise USD', 'Payouts', 'Fees'].map(balanceOf)).toEqual(['0', '0', '0'])
  })

  it('has no look-up, so that an outcome that is not known waits for a person, who can say which one it is', async () => {
    const { api } = client(rig, { marker: MARKER })
    const lookUps: boolean[] = []
    const adopted: unknown[] = []
    const watched: TargetApi = {
      ...api,
      step(plan) {
        lookUps.push(plan.find !== undefined)
        adopted.push(plan.adopt?.('the-id'))
        return api.step(plan)
      },
    }
    await transactions.create(watched, paidOut())
    expect(lookUps).toEqual([false])
    expect(adopted).toEqual([{ data: { moneyTransactionCreate: { transaction: { id: 'the-id' } } } }])
  })

  it('cannot be changed, taken back or matched: Wave has no way to', () => {
    expect(Object.keys(transactions).sort()).toEqual(['booked', 'create', 'draft', 'list', 'type', 'vendor'])
  })

  it('that does not balance never leaves', async () => {
    const { api, calls } = client(rig)
    const lines = [{ account: rig.account('Payouts'), amount: '99.00', side: 'debit' }]
    expect(await failureOf(transactions.create(api, paidOut({ lines })))).toMatchObject({
      kind: 'rejected',
      code: 'wave_transaction_unbalanced',
      message: 'debits of 99 and credits of 100 do not balance',
    })
    expect(calls).toEqual([])
  })

  it.each(['0.001', '0', '-1'])('with an amount of %s never leaves', async (amount) => {
    const { api, calls } = client(rig)
    const draft = paidOut({
      anchor: { account: rig.account('Wise USD'), amount, direction: 'withdrawal' },
      lines: [{ account: rig.account('Payouts'), amount, side: 'debit' }],
    })
    expect(await failureOf(transactions.create(api, draft))).toMatchObject({ code: 'wave_amount_unfit' })
    expect(calls).toEqual([])
  })

  it('that Wave refuses says so in the words of Wave', async () => {
    const draft = paidOut({ anchor: { account: rig.account('Sales'), amount: '100', direction: 'withdrawal' } })
    expect(await failureOf(transactions.create(client(rig).api, draft))).toMatchObject({
      kind: 'rejected',
      code: 'wave_input_refused',
      message: 'input.anchor.accountId: This type of account cannot be the anchor.',
    })
    expect(rig.dump().transactions).toEqual([])
  })
})

describe('what a transaction says in the books', () => {
  it('is kept with the link, because Wave does not show it again, and costs no call', async () => {
    const { api, reads } = client(rig)
    const made = await transactions.create(api, paidOut())
    expect(await transactions.booked?.(api, made)).toMatchObject({
      date: '2026-03-02',
      figures: {
        total: '-100',
        currency: 'USD',
        accounts: { [rig.account('Payouts')]: '-99.2', [rig.account('Fees')]: '-0.8' },
      },
      changes: [],
    })
    expect(reads()).toEqual([])
  })
})
