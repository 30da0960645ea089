import { PROFILE } from '../../support/wave-wise-firm'
import type { Random } from '../random'
import type { Found, Look, Scene } from '../scene'
import { WAVE, WISE } from '../sides'
import { askForPayment, enterRecipient, settleIn } from './asking'
import { type Books, booksOf } from './books'
import {
  bookedMovementOf,
  bookedTransferOf,
  type Moved,
  paymentOf,
  payoutOf,
  recipientOf,
  twiceBooked,
} from './compare'
import { MARKER, openWaveWise, type WaveWise } from './office'
import { decimal, holder, tellAgain } from './words'

/** What a record is known by: its id as the connector has it, and what the books are compared by. */
interface Made {
  source: string
  known: string
  /** Wave's own number of it, where it tells of it. */
  bare?: string
  moved?: Moved
}

/** What is different from flow to flow. */
interface Telling extends Pick<Scene, 'source' | 'target' | 'jobs' | 'polled' | 'toldOnce'> {
  name: string
  review?: boolean
  ready?(office: WaveWise): Promise<void>
  make(office: WaveWise, random: Random, number: number, untold: boolean): Promise<Made>
  again(office: WaveWise, made: Made): Promise<unknown>
  find(books: Books, made: Made): Found
}

const scene = ({ name, review = false, ready, make, again, find, ...rest }: Telling): Scene => ({
  flow: `wave-wise/${name}`,
  review,
  ...rest,
  async open(stage, world, { untold }) {
    const office = await openWaveWise(stage, world)
    await ready?.(office)
    const all = new Map<string, Made>()
    const theMade = (source: string): Made => all.get(source) ?? { source, known: '' }
    return {
      office,
      isIdle: () => office.approving.isIdle(),
      async make(random) {
        const made = await make(office, random, all.size + 1, untold)
        all.set(made.source, made)
        return made.source
      },
      async tell(source) {
        await again(office, theMade(source))
      },
      async look(): Promise<Look> {
        const books = await booksOf(office)
        return { of: (source) => find(books, theMade(source)), strays: twiceBooked(books) }
      },
    }
  },
})

interface Named {
  graphId: string
  bareId: string
}

const bill = ({ world, customer }: WaveWise, number: string, unitPrice: string, more: object): Promise<Named> =>
  world.act<Named>('wave', 'create-invoice', {
    ...{ customer, number, status: 'SAVED', invoiceDate: '2026-03-02', dueDate: '2026-04-01' },
    items: [{ product: 'Misc. Services', quantity: '1', unitPrice }],
    ...more,
  })

const IN_EUROS = { currency: 'EUR', exchangeRate: '1.0852' }

/** Every second one is asked for by a person, the others are paid by the rule. */
const invoiceToTransfer = scene({
  name: 'invoice-to-transfer',
  source: WAVE,
  // The order and its money: both are POSTs to a transfer, and nothing else is.
  target: { ...WISE, writes: { method: 'POST', path: '/transfers' } },
  jobs: 1,
  ready: settleIn,
  async make(office, random, count) {
    const isByRule = count % 2 === 0
    const number = `INV-${1000 + count}`
    const more = { ...IN_EUROS, ...(isByRule && { memo: MARKER }) }
    const { graphId, bareId } = await bill(office, number, decimal(random.between(1_000, 90_000)), more)
    if (isByRule) await office.world.act('wave', 'pay-invoice', { id: bareId, exchangeRate: IN_EUROS.exchangeRate })
    else await askForPayment(office, graphId)
    return { source: graphId, known: number, bare: bareId }
  },
  again: ({ world }, { bare }) => world.act('wave', 'emit', { event: 'invoice.viewed', invoice: bare }),
  find: (books, { known }) => payoutOf(books, known),
})

const customerToRecipient = scene({
  name: 'customer-to-recipient',
  source: WAVE,
  target: { ...WISE, writes: { method: 'POST', path: '/accounts' } },
  jobs: 1,
  // Wave tells of no customers; the entering of bank details is what begins it.
  polled: true,
  async make(office, random, count) {
    const name = holder(random, count)
    const { graphId } = await office.world.act<Named>('wave', 'create-customer', { name })
    await enterRecipient(office, graphId, name)
    return { source: graphId, known: name }
  },
  again: ({ world }, { source }) => world.act('wave', 'edit-customer', { id: source, phone: '555-1' }),
  find: (books, { known }) => recipientOf(books, known, PROFILE.details.IBAN),
})

const BOOKED = { ...WAVE, writes: { body: 'moneyTransactionCreate' } }

/** Paid on wise.com, and what became of it. No statement shows what came back, so only webhooks can tell of that. */
const transferToTransaction = scene({
  name: 'transfer-to-transaction',
  source: WISE,
  target: BOOKED,
  review: true,
  jobs: 3,
  async make({ world, recipient }, random, count, untold) {
    const sourceAmount = random.between(1_000, 90_000) / 100
    const form = { recipient, sourceCurrency: 'USD', sourceAmount, reference: `rent ${count}` }
    const transfer = String((await world.act<{ id: number }>('wise', 'create-transfer', form)).id)
    await world.act('wise', 'fund-transfer', { transfer })
    const to = random.pick(['processing', 'outgoing_payment_sent', untold ? 'funds_converted' : 'funds_refunded'])
    if (to !== 'processing') await world.act('wise', 'advance-transfer', { transfer, to })
    return { source: transfer, known: transfer }
  },
  again: (office, { source }) => tellAgain(office, 'transfers#state-change', source),
  find: (books, { source }) => bookedTransferOf(books, source),
})

interface Entry extends Moved {
  id: number
  profile: number
  balance: number
  reference: string
}

const movementOf = ({ id, profile, balance, reference, amount, direction }: Entry): Made => ({
  source: [profile, balance, id].join('-'),
  known: reference,
  moved: { amount, direction },
})

const NOTHING: Moved = { amount: '0', direction: '' }

/** Money from somebody, from a card, or spent with one. */
const balanceToTransaction = scene({
  name: 'balance-to-transaction',
  source: WISE,
  target: BOOKED,
  review: true,
  toldOnce: true,
  jobs: 2,
  async make({ world }, random) {
    const form = { currency: random.pick(['USD', 'EUR']), amount: decimal(random.between(100, 90_000)) }
    const how = random.pick(['TRANSFER', 'CARD', 'spend'])
    const input = how === 'spend' ? form : { ...form, channel: how }
    return movementOf(await world.act<Entry>('wise', how === 'spend' ? 'spend' : 'top-up', input))
  },
  again: (office, { known }) => tellAgain(office, 'balances#update', known),
  find: (books, { source, moved }) => bookedMovementOf(books, source, moved ?? NOTHING),
})

const receiptToPayment = scene({
  name: 'receipt-to-payment',
  source: WISE,
  target: { ...WAVE, writes: { body: 'invoicePaymentCreateManual' } },
  review: true,
  toldOnce: true,
  jobs: 2,
  async make(office, random, count) {
    const number = `INV-${1000 + count}`
    const amount = decimal(random.between(1_000, 90_000))
    await bill(office, number, amount, { currency: 'USD' })
    const form = { currency: 'USD', amount, paymentReference: `for ${number}` }
    return { ...movementOf(await office.world.act<Entry>('wise', 'top-up', form)), known: number }
  },
  again: (office, { source }) => tellAgain(office, 'balances#update', source.split('-')[2] ?? ''),
  find: (books, { source, known, moved }) => paymentOf(books, source, moved ?? NOTHING, known),
})

export const waveWise: Scene[] = [
  customerToRecipient,
  invoiceToTransfer,
  transferToTransaction,
  receiptToPayment,
  balanceToTransaction,
]
