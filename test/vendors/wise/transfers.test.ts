import { describe, expect, it } from 'vitest'
import type { Call } from '../../../src/core/vendor'
import { fundStep } from '../../../src/vendors/wise/funding'
import { transferMadeBy, transfers } from '../../../src/vendors/wise/transfer-list'
import { createdAt, readTransfer, TransferShape } from '../../../src/vendors/wise/transfer-reads'
import { isOpen, progressOf } from '../../../src/vendors/wise/transfer-states'
import { cancelStep, createCall, createStep, TransferDraft } from '../../../src/vendors/wise/transfers'
import { QUOTE_ID, TRANSACTION_ID, transfer } from './samples'
import { answer, answering, failureOf, PROFILE, scripted } from './scripted'

const ONE = 'GET /v1/transfers/47500002'
const PAYMENTS = 'GET /v1/transfers/47500002/payments'
const FUND = `/v3/profiles/${PROFILE}/transfers/47500002/payments`

const draft = TransferDraft.parse({
  recipient: '40000417',
  quote: QUOTE_ID,
  customerTransactionId: TRANSACTION_ID,
  reference: 'INV-1042',
  since: Date.parse('2026-03-02T15:04:00Z'),
})

describe('a transfer', () => {
  it('is read with its amounts as text, kept and read back the same', async () => {
    const read = await readTransfer(answering({ [ONE]: transfer() }).api, '47500002')
    expect(read).toMatchObject({ id: '47500002', targetAccount: '40000417', sourceValue: '994.85', business: PROFILE })
    expect(TransferShape.parse(JSON.parse(JSON.stringify(read)))).toEqual(read)
  })

  it('that Wise does not know is none; one of another profile of the same user neither', async () => {
    expect(await readTransfer(answering({ [ONE]: answer(404, '') }).api, '47500002')).toBeNull()
    expect(await readTransfer(answering({ [ONE]: transfer({ business: 1 }) }).api, '47500002')).toBeNull()
    expect(await readTransfer(answering({ [ONE]: transfer({ business: null }) }).api, '47500002')).not.toBeNull()
  })

  it('is refused, not missing, where the token may not see it', async () => {
    const { api } = answering({ [ONE]: answer(403, { error: 'Forbidden', message: 'no' }) })
    expect(await failureOf(readTransfer(api, '47500002'))).toMatchObject({ code: 'wise_forbidden' })
  })

  it.each([['2026-03-02 15:05:10'], ['2026-03-02T15:05:10Z'], ['2026-03-02T15:05:10.000+00:00']])(
    'was made at a time without a zone, or with one: %s',
    (created) => {
      expect(createdAt({ created })).toBe(Date.parse('2026-03-02T15:05:10Z'))
    },
  )
})

describe('making a transfer', () => {
  it('names quote, recipient and our own id, and what the route asks for', () => {
    expect(createCall({ ...draft, more: { transferPurpose: 'verification.transfers.purpose.pay.bills' } })).toEqual({
      method: 'POST',
      path: '/v1/transfers',
      route: '/v1/transfers',
      body: {
        targetAccount: 40000417,
        quoteUuid: QUOTE_ID,
        customerTransactionId: TRANSACTION_ID,
        details: { reference: 'INV-1042', transferPurpose: 'verification.transfers.purpose.pay.bills' },
      },
    })
    expect(createCall({ ...draft, reference: '' }).body).toMatchObject({ details: {} })
  })

  it('takes no id that Wise would refuse', () => {
    expect(TransferDraft.safeParse({ ...draft, customerTransactionId: 'INV-1042' }).success).toBe(false)
  })

  it('without an answer is looked for by our id in all that was made since', async () => {
    const rows = Array.from({ length: 250 }, (_, n) => transfer({ id: 1000 + n, customerTransactionId: null }))
    rows[249] = transfer({ customerTransactionId: TRANSACTION_ID.toUpperCase() })
    const { api, calls } = listing(rows)
    expect(await createStep(api, draft).find?.()).toMatchObject({ id: '47500002' })
    expect(calls[0]?.query).toMatchObject({
      profile: PROFILE,
      createdDateStart: '2026-03-02T14:54:00.000Z',
      offset: '0',
    })
    expect(calls.map(({ query }) => query?.offset)).toEqual(['0', '100', '200'])
  })

  it('is found on no page where it was never made, however few rows Wise gives at once', async () => {
    const { api, calls } = listing(
      [transfer({ id: 1, customerTransactionId: null }), transfer({ id: 2, customerTransactionId: null })],
      1,
    )
    expect(await transferMadeBy(api, TRANSACTION_ID, 0)).toBeNull()
    expect(calls).toHaveLength(3)
  })

  it('brings it into being, so that a failure can name it', () => {
    const born = createStep(answering({}).api, draft).born?.(TransferShape.parse(transfer()))
    expect(born).toEqual({
      id: '47500002',
      number: '47500002',
      facts: { status: 'incoming_payment_waiting', quote: QUOTE_ID },
    })
  })
})

describe('cancelling a transfer', () => {
  it.each([
    ['cancelled', true],
    ['funds_refunded', true],
    ['incoming_payment_waiting', false],
    ['processing', false],
  ])('whose answer is lost has happened where it is %s: %s', async (status, happened) => {
    const step = cancelStep(answering({ [ONE]: transfer({ status }) }).api, '47500002')
    expect(step.call('key')).toMatchObject({ method: 'PUT', path: '/v1/transfers/47500002/cancel' })
    expect((await step.find?.()) !== null).toBe(happened)
  })
})

describe('paying a transfer', () => {
  it('is one call without a key, so it is never sent again unseen', () => {
    const step = fundStep(answering({}).api, '47500002')
    expect(step.call('key')).toMatchObject({ method: 'POST', path: FUND, body: { type: 'BALANCE' } })
    expect(step.answer.parse({ type: 'BALANCE', status: 'COMPLETED', balanceTransactionId: 987654321 })).toEqual({
      status: 'COMPLETED',
      balanceTransactionId: '987654321',
    })
    expect(step.answer.safeParse({ type: 'BALANCE' }).success).toBe(false)
  })

  const seen = (status: string, payments: object[] = []) =>
    fundStep(answering({ [ONE]: transfer({ status }), [PAYMENTS]: payments }).api, '47500002').find?.()

  const PAID = [{ id: 1, method: 'BALANCE', amount: 1000, currency: 'USD', timeCreated: '2026-03-02T15:06:00Z' }]

  it.each([
    'processing',
    'funds_converted',
    'outgoing_payment_sent',
    'bounced_back',
    'funds_refunded',
    'charged_back',
    'news',
  ])('has happened where it is %s', async (status) => {
    expect(await seen(status)).toEqual({ status: 'COMPLETED' })
  })

  it('has happened where a payment stands although the state lags, or although it was cancelled since', async () => {
    expect(await seen('incoming_payment_waiting', PAID)).toEqual({ status: 'COMPLETED' })
    expect(await seen('cancelled', PAID)).toEqual({ status: 'COMPLETED' })
  })

  it('has not where it waits without one', async () => {
    expect(await seen('incoming_payment_waiting')).toBeNull()
    expect(await seen('waiting_recipient_input_to_proceed')).toBeNull()
  })

  it('never will where it was cancelled without one, or is gone', async () => {
    expect(await failureOf(seen('cancelled'))).toMatchObject({ kind: 'rejected', code: 'wise_transfer_cancelled' })
    const { api } = answering({ [ONE]: answer(404, '') })
    expect(await failureOf(fundStep(api, '47500002').find?.())).toMatchObject({ code: 'wise_transfer_gone' })
  })
})

describe('the states of a transfer', () => {
  it.each([
    ['incoming_payment_waiting', 'waiting', true],
    ['incoming_payment_initiated', 'under way', true],
    ['processing', 'under way', true],
    ['funds_converted', 'under way', true],
    ['outgoing_payment_sent', 'sent', true],
    ['bounced_back', 'bounced', true],
    ['cancelled', 'ended', false],
    ['funds_refunded', 'ended', false],
    ['charged_back', 'ended', false],
    ['unknown', 'under way', true],
    ['something_new', 'under way', true],
  ] as const)('%s is %s', (status, progress, open) => {
    expect([progressOf(status), isOpen(status)]).toEqual([progress, open])
  })
})

/** As Wise lists: newest first, by offset; `most` rows at once, whatever is asked for. */
const listing = (rows: object[], most = 100) =>
  scripted(({ path, query }: Call) => {
    expect(path).toBe('/v1/transfers')
    const offset = Number(query?.offset)
    return answer(200, rows.slice(offset, offset + Math.min(most, Number(query?.limit))))
  })

describe('the list of transfers', () => {
  const walk = async (rows: object[], cursor: string | null, since: string | null = null, most = 100) => {
    const { api, calls } = listing(rows, most)
    const ids: string[] = []
    for (let at = cursor; ; ) {
      const page = await transfers.changes(api, at, since)
      ids.push(...page.items.map(({ change }) => change.id))
      at = page.next
      if (page.done) return { ids, cursor: page.next, calls }
    }
  }

  it('is walked to an empty page, and the next time from the newest on, with some overlap', async () => {
    const rows = [
      transfer({ id: 3, created: '2026-03-04 10:00:00', status: 'outgoing_payment_sent' }),
      transfer({ id: 2, status: 'cancelled' }),
      transfer({ id: 1, status: 'outgoing_payment_sent' }),
    ]
    const first = await walk(rows, null, '2026-01-01', 2)
    expect(first.ids).toEqual(['3', '2', '1'])
    expect(first.calls[0]?.query?.createdDateStart).toBe('2025-12-31T23:50:00.000Z')
    const second = await walk([], first.cursor)
    expect(second.calls[0]?.query?.createdDateStart).toBe('2026-03-04T09:50:00.000Z')
    const third = await walk([], second.cursor)
    expect(third.calls[0]?.query).toEqual(second.calls[0]?.query)
  })

  it.each(['incoming_payment_waiting', 'processing', 'bounced_back'])(
    'is walked from the oldest that is %s on, each time until it is not',
    async (status) => {
      const sent = { id: 3, created: '2026-03-04 10:00:00', status: 'outgoing_payment_sent' }
      const open = { id: 2, created: '2026-03-03 08:00:00' }
      const first = await walk([transfer(sent), transfer({ ...open, status })], null)
      const second = await walk([transfer(sent), transfer({ ...open, status: 'funds_refunded' })], first.cursor)
      expect(second.calls[0]?.query?.createdDateStart).toBe('2026-03-03T07:50:00.000Z')
      expect(second.ids).toEqual(['3', '2'])
      const third = await walk([], second.cursor)
      expect(third.calls[0]?.query?.createdDateStart).toBe('2026-03-04T09:50:00.000Z')
    },
  )

  it('is not walked from one on that is under way for longer than a month', async () => {
    const stuck = transfer({ id: 1, created: '2026-01-01 10:00:00', status: 'processing' })
    const { cursor } = await walk([transfer({ id: 2, created: '2026-03-04 10:00:00' }), stuck], null)
    const { calls } = await walk([], cursor)
    expect(calls[0]?.query?.createdDateStart).toBe('2026-02-02T09:50:00.000Z')
  })

  it('shows state and issues as the row: the stamp never moves', async () => {
    const { api } = listing([transfer({ status: 'processing', hasActiveIssues: true })])
    const { items } = (await transfers.all?.(api, null)) ?? { items: [] }
    expect(items).toEqual([
      {
        change: { type: 'transfer', id: '47500002', event: 'listed' },
        version: '',
        row: 'processing with issues',
        date: '2026-03-02',
        number: '47500002',
      },
    ])
    expect(transfers.row?.(TransferShape.parse(transfer({ status: 'processing', hasActiveIssues: true })))).toBe(
      items[0]?.row,
    )
  })

  it('is read whole for the comparison of all', async () => {
    const rows = Array.from({ length: 150 }, (_, n) => transfer({ id: n + 1 }))
    const { api } = listing(rows)
    const pages = [
      await transfers.all?.(api, null),
      await transfers.all?.(api, '100'),
      await transfers.all?.(api, '150'),
    ]
    expect(pages.map((page) => [page?.items.length, page?.next, page?.done])).toEqual([
      [100, '100', false],
      [50, '150', false],
      [0, '150', true],
    ])
  })
})
