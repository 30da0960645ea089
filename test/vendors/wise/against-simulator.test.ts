import { beforeEach, describe, expect, it } from 'vitest'
import { wise } from '../../../src/vendors/wise'
import { readBalances } from '../../../src/vendors/wise/balances'
import { fitReference } from '../../../src/vendors/wise/form-check'
import { fund, fundStep } from '../../../src/vendors/wise/funding'
import { movementOf } from '../../../src/vendors/wise/movements'
import { balancePrice, previewPrice } from '../../../src/vendors/wise/price'
import { bindStep, isFresh, quoteStep, readPreview, readQuote, type Wanted } from '../../../src/vendors/wise/quotes'
import { checkRecipient } from '../../../src/vendors/wise/recipient-check'
import { doubtOf, RecipientProfile } from '../../../src/vendors/wise/recipient-shapes'
import { acceptNameCall, readRecipient, recipientStep, retireStep } from '../../../src/vendors/wise/recipients'
import { readTransferForms } from '../../../src/vendors/wise/requirements'
import { transferEventOf } from '../../../src/vendors/wise/transfer-events'
import { transfers } from '../../../src/vendors/wise/transfer-list'
import { cancelStep, createStep, TransferDraft, theTransfer } from '../../../src/vendors/wise/transfers'
import { HOOK, openStage, type Stage } from '../../sandbox/wise/stage'
import { type Ledger, onSimulator, type Writing } from '../../support/on-simulator'
import { failureOf } from './scripted'

let stage: Stage
beforeEach(() => {
  stage = openStage()
})

const client = (writing?: Writing) => {
  const reached = {
    vendor: wise,
    simulator: stage.wise,
    credentials: { kind: 'token' as const, token: stage.token },
    account: String(stage.business),
  }
  return onSimulator(reached, writing)
}
type Client = ReturnType<typeof client>

const LENA = RecipientProfile.parse({
  type: 'iban',
  currency: 'EUR',
  accountHolderName: 'Lena Fischer',
  legalType: 'PRIVATE',
  details: {
    IBAN: 'DE89370400440532013000',
    address: { country: 'DE', city: 'Berlin', firstLine: 'Lindenweg 3', postCode: '10115' },
  },
})

const WANTED = { source: 'USD', target: 'EUR', fixed: 'source', amount: '1000' } as const

const quoted = ({ api }: Client, over: Partial<Wanted> = {}) =>
  api.step(quoteStep(api, 'quote', { ...WANTED, ...over }))

/** Everything up to the money. */
const ordered = async (mine: Client, profile = LENA) => {
  const { api } = mine
  const quote = await quoted(mine)
  const recipient = await api.step(recipientStep(api, profile))
  const bound = await api.step(bindStep(api, 'bind', quote.id, recipient.id))
  const draft = TransferDraft.parse({
    recipient: recipient.id,
    quote: bound.id,
    customerTransactionId: '9f0c3c3e-6f43-4e1b-8a7a-0c5a8c1d2e3f',
    reference: 'INV-1042',
    since: stage.clock.now,
  })
  const transfer = await api.step(createStep(api, draft))
  return { quote: bound, recipient, transfer, draft }
}

const dollars = async (): Promise<string | undefined> =>
  (await readBalances(client().api)).find(({ currency }) => currency === 'USD')?.amount.value

const wiped = (ledger: Ledger, ...steps: string[]) => {
  for (const step of steps) ledger.delete(step)
  return ledger
}

describe('a payment from the balance', () => {
  it('goes through quote, recipient, transfer and funding, and debits what the price had said', async () => {
    const mine = client()
    const { quote, transfer } = await ordered(mine)
    const price = balancePrice(quote)
    expect(isFresh(quote, stage.clock.now)).toBe(true)
    expect(await mine.api.step(fundStep(mine.api, transfer.id))).toMatchObject({ status: 'COMPLETED' })
    expect(Number(await dollars())).toBe(25000 - Number(price.source))
    expect(await theTransfer(mine.api, transfer.id)).toMatchObject({ status: 'processing', targetValue: price.target })
  })

  it('is priced beforehand without a trace', async () => {
    const mine = client()
    const preview = await readPreview(mine.api, WANTED)
    const { quote } = await ordered(mine)
    expect(previewPrice(preview)).toMatchObject({
      source: balancePrice(quote).source,
      target: balancePrice(quote).target,
    })
  })

  it('has a price that ends: half an hour later none can be made of it', async () => {
    const mine = client()
    const { id } = await quoted(mine)
    stage.clock.now += 29 * 60_000 + 1_000
    expect(isFresh(await readQuote(mine.api, id), stage.clock.now)).toBe(false)
  })

  it('in a currency without a balance is refused before anything is made', async () => {
    const quote = await quoted(client(), { source: 'AUD' })
    expect(await failureOf(Promise.resolve().then(() => balancePrice(quote)))).toMatchObject({
      code: 'wise_balance_not_offered',
    })
  })

  it.each(['rejected', 'unavailable', 'legacy', 'text'])(
    'without enough money is told so, and nothing moves (%s)',
    async (form) => {
      stage.switches['funding.insufficient'] = form
      await stage.act('spend', { currency: 'USD', amount: '24500' })
      const mine = client()
      const { transfer } = await ordered(mine)
      expect(await failureOf(mine.api.step(fundStep(mine.api, transfer.id)))).toMatchObject({
        code: 'wise_insufficient_funds',
      })
      await stage.act('top-up', { currency: 'USD', amount: '1000' })
      expect(await mine.api.step(fundStep(mine.api, transfer.id))).toMatchObject({ status: 'COMPLETED' })
      expect(await dollars()).toBe('500')
    },
  )

  it.each(['gateway', 'guide'])('that wants strong authentication waits for a person (%s)', async (body) => {
    stage.switches['sca.body'] = body
    await stage.act('set-country', { country: 'DE' })
    const mine = client()
    const { transfer } = await ordered(mine)
    expect(await failureOf(mine.api.step(fundStep(mine.api, transfer.id)))).toMatchObject({ code: 'wise_sca_required' })
    await stage.act('fund-transfer', { transfer: transfer.id })
    expect(await fund(mine.api, transfer.id)).toEqual({ status: 'COMPLETED' })
    expect(await dollars()).toBe('24000')
  })
})

describe('a lost answer', () => {
  it('to a recipient makes no second one', async () => {
    const ledger: Ledger = new Map()
    const first = client({ ledger, trouble: { recipient: 'lost' } })
    await failureOf(first.api.step(recipientStep(first.api, LENA)))
    const again = client({ ledger })
    const found = await again.api.step(recipientStep(again.api, LENA))
    expect(again.steps()).toEqual([])
    expect(found).toMatchObject({ active: true })
  })

  it.each(['quote', 'bind'])('to a %s costs nothing but another call', async (step) => {
    const ledger: Ledger = new Map()
    await failureOf(ordered(client({ ledger, trouble: { [step]: 'lost' } })))
    const again = client({ ledger })
    await ordered(again)
    expect(again.steps()[0]).toBe(step === 'quote' ? 'quote' : 'transfer')
  })

  it.each(['lost', 'never'] as const)('to a transfer makes no second one (%s)', async (what) => {
    const ledger: Ledger = new Map()
    await failureOf(ordered(client({ ledger, trouble: { transfer: what } })))
    const again = client({ ledger })
    await ordered(again)
    expect(again.steps()).toEqual(what === 'lost' ? [] : ['transfer'])
    const { items } = await transfers.changes(again.api, null, null)
    expect(items).toHaveLength(1)
  })

  it('to a transfer is harmless even where it is sent again unseen', async () => {
    const ledger: Ledger = new Map()
    const { transfer } = await ordered(client({ ledger }))
    const again = client({ ledger: wiped(ledger, 'transfer') })
    expect((await ordered(again)).transfer.id).toBe(transfer.id)
    expect(again.steps()).toEqual(['transfer'])
  })

  it.each(['lost', 'never'] as const)('to the funding moves the money once (%s)', async (what) => {
    const ledger: Ledger = new Map()
    const first = client({ ledger, trouble: { fund: what } })
    const { transfer } = await ordered(first)
    await failureOf(first.api.step(fundStep(first.api, transfer.id)))
    const again = client({ ledger })
    expect(await again.api.step(fundStep(again.api, transfer.id))).toMatchObject({ status: 'COMPLETED' })
    expect(again.steps()).toEqual(what === 'lost' ? [] : ['fund'])
    expect(await dollars()).toBe('24000')
  })

  it.each(['text', 'json'])('to the funding, sent again unseen, is looked up (%s)', async (form) => {
    stage.switches['funding.errors'] = form
    const ledger: Ledger = new Map()
    const first = client({ ledger })
    const { transfer } = await ordered(first)
    await first.api.step(fundStep(first.api, transfer.id))
    const again = client({ ledger: wiped(ledger, 'fund') })
    expect(await failureOf(again.api.step(fundStep(again.api, transfer.id)))).toMatchObject({
      kind: 'uncertain',
      code: 'wise_funded_before',
    })
    expect(await fundStep(again.api, transfer.id).find?.()).toEqual({ status: 'COMPLETED' })
    expect(await dollars()).toBe('24000')
  })

  it('to a cancellation, and one that comes too late', async () => {
    const ledger: Ledger = new Map()
    const mine = client({ ledger, trouble: { cancel: 'lost' } })
    const { transfer } = await ordered(mine)
    await failureOf(mine.api.step(cancelStep(mine.api, transfer.id)))
    expect(await mine.api.step(cancelStep(mine.api, transfer.id))).toMatchObject({ status: 'cancelled' })
    expect(await failureOf(mine.api.step(fundStep(mine.api, transfer.id)))).toMatchObject({ kind: 'uncertain' })
    expect(await failureOf(fundStep(mine.api, transfer.id).find?.())).toMatchObject({ code: 'wise_transfer_cancelled' })
  })

  it('to a cancellation that Wise refuses is a refusal', async () => {
    const mine = client()
    const { transfer } = await ordered(mine)
    await mine.api.step(fundStep(mine.api, transfer.id))
    await stage.act('advance-transfer', { transfer: transfer.id, to: 'outgoing_payment_sent' })
    expect(await failureOf(mine.api.step(cancelStep(mine.api, transfer.id)))).toMatchObject({
      code: 'wise_cancel_refused',
    })
  })
})

describe('bank details, as Wise asks for them', () => {
  const checked = async (profile: RecipientProfile, target: string) => {
    const mine = client()
    const { id } = await quoted(mine, { target })
    return (await checkRecipient(mine.api, id, profile)).map(({ key }) => key)
  }

  it('are found right, and Wise agrees', async () => {
    expect(await checked(LENA, 'EUR')).toEqual([])
    const { api } = client()
    expect(await api.step(recipientStep(api, LENA))).toMatchObject({ active: true, currency: 'EUR' })
  })

  it('are found wrong in every field that Wise would refuse, with what a country adds', async () => {
    const profile = RecipientProfile.parse({
      type: 'aba',
      currency: 'USD',
      accountHolderName: 'Paul',
      legalType: 'PRIVATE',
      details: {
        abartn: '12',
        accountNumber: '998877665',
        address: { country: 'US', city: 'Albany', postCode: '12207' },
      },
    })
    expect((await checked(profile, 'USD')).sort()).toEqual([
      'abartn',
      'accountHolderName',
      'accountType',
      'address.firstLine',
      'address.state',
    ])
    const { api } = client()
    expect(await failureOf(api.step(recipientStep(api, profile)))).toMatchObject({ code: 'wise_field_refused' })
  })

  it('give a reference that the route takes', async () => {
    const mine = client()
    const { transfer, quote, recipient } = await ordered(mine)
    const forms = await readTransferForms(mine.api, { recipient: recipient.id, quote: quote.id, details: {} })
    expect(fitReference(forms, 'INV-1042')).toBe('INV-1042')
    expect(transfer.reference).toBe('INV-1042')
  })

  it('whose name the bank doubts are used once a person has said so', async () => {
    stage.switches['recipients.nameCheck'] = 'PARTIAL_FAILURE'
    const { api } = client()
    const made = await api.step(recipientStep(api, LENA))
    expect(doubtOf(made)).not.toBe('')
    const accepted = await stage.call('PATCH', acceptNameCall(made.id).path, acceptNameCall(made.id).body)
    expect(accepted.status).toBe(200)
    expect(doubtOf(await readRecipient(api, made.id))).toBe('')
  })

  it('are retired once, whatever answers', async () => {
    const ledger: Ledger = new Map()
    const mine = client({ ledger, trouble: { retire: 'lost' } })
    const { id } = await mine.api.step(recipientStep(mine.api, LENA))
    await failureOf(mine.api.step(retireStep(mine.api, id)))
    expect(await mine.api.step(retireStep(mine.api, id))).toEqual({ active: false })
    expect(await readRecipient(mine.api, id)).toMatchObject({ active: false })
  })
})

describe('what Wise tells afterwards', () => {
  it('is read from every delivery of a payment that bounces and comes back', async () => {
    stage.switches['webhooks.probe'] = 'skip'
    for (const event of wise.webhook?.registry?.events ?? [])
      await stage.call('POST', `/v3/profiles/${stage.business}/subscriptions`, {
        name: event,
        trigger_on: event,
        delivery: { version: '4.0.0', url: HOOK },
      })
    const mine = client()
    const { transfer, quote } = await ordered(mine)
    await mine.api.step(fundStep(mine.api, transfer.id))
    await stage.act('advance-transfer', { transfer: transfer.id, to: 'bounced_back' })
    await stage.act('fail-payout', { transfer: transfer.id, code: 'ACCOUNT_CLOSED' })
    await stage.act('set-transfer-state', { transfer: transfer.id, to: 'funds_refunded' })
    const bodies = (await stage.take()).map(({ body }) => body)
    const told = bodies.flatMap((body) => transferEventOf(body) ?? [])
    expect(told.flatMap((event) => (event.kind === 'state' ? [event.to] : []))).toEqual([
      'incoming_payment_waiting',
      'processing',
      'funds_converted',
      'outgoing_payment_sent',
      'bounced_back',
      'funds_refunded',
    ])
    expect(told).toContainEqual(expect.objectContaining({ kind: 'payout failure', code: 'ACCOUNT_CLOSED' }))
    expect(told).toContainEqual(expect.objectContaining({ kind: 'refund', amount: '1000', currency: 'USD' }))
    const moved = bodies.flatMap((body) => movementOf(body) ?? [])
    const source = balancePrice(quote).source
    expect(moved.map(({ direction, amount, transfer: of }) => [direction, amount, of])).toEqual([
      ['debit', source, transfer.id],
      ['credit', source, transfer.id],
    ])
    expect(new Set(moved.map(({ step }) => step)).size).toBe(2)
  })
})
