import { z } from 'zod'
import { type Act, act, InProfile, OfTransfer, ownerOf, profileOf, transferBy } from './acting'
import { casesChanged, payoutFailed } from './events'
import { failureText } from './failure-codes'
import { fundByBank, fundFromBalance } from './funding'
import { type Book, must, save, type Transfer } from './model'
import { readQuote } from './quote-input'
import { makeQuote } from './quotes'
import { cancel, refund } from './refunds'
import { canMove, move } from './states'
import { makeTransfer, TransferBody } from './transfers'

const Created = InProfile.extend({
  recipient: z.coerce.string(),
  sourceCurrency: z.string(),
  sourceAmount: z.number().optional(),
  targetAmount: z.number().optional(),
  reference: z.string().optional(),
})

/** A user pays somebody on wise.com: a transfer that no API call made. */
const create = act(Created, (book, { profile: id, recipient, reference, ...quoted }) => {
  const profile = profileOf(book, id)
  const { id: targetAccount, currency } = must(book.recipients.get(recipient), `recipient ${recipient}`)
  const body = { ...quoted, targetCurrency: currency, targetAccount, preferredPayIn: 'BALANCE' }
  const quote = makeQuote(book, profile, readQuote({ book, body }))
  const customerTransactionId = crypto.randomUUID()
  const details = reference === undefined ? {} : { reference }
  const form = TransferBody.parse({ targetAccount, quoteUuid: quote.id, customerTransactionId, details })
  return makeTransfer(book, ownerOf(book, profile), form)
})

const step = (book: Book, transfer: Transfer, to: string): Transfer =>
  to === 'funds_refunded'
    ? refund(book, transfer, book.world.now())
    : move(book, transfer, to, book.world.now(), { simulated: to })

const setState = act(
  OfTransfer.extend({ to: z.string(), force: z.boolean().default(false) }),
  (book, { transfer: id, to, force }) => {
    const transfer = transferBy(book, id)
    if (!force && !canMove(transfer.status, to)) throw new Error(`${transfer.status} cannot become ${to}`)
    return step(book, transfer, to)
  },
)

const WAY = ['processing', 'funds_converted', 'outgoing_payment_sent', 'bounced_back', 'funds_refunded']

/** Through every state on the way, as the simulation routes go. */
const advance = act(OfTransfer.extend({ to: z.string() }), (book, { transfer: id, to }) => {
  let transfer = transferBy(book, id)
  const [from, until] = [WAY.indexOf(transfer.status), WAY.indexOf(to)]
  if (from < 0 || until <= from) throw new Error(`${transfer.status} does not lead to ${to}`)
  for (const state of WAY.slice(from + 1, until + 1)) transfer = step(book, transfer, state)
  return transfer
})

const fund = act(
  OfTransfer.extend({ by: z.enum(['BALANCE', 'BANK_TRANSFER']).default('BALANCE') }),
  (book, { transfer: id, by }) => {
    if (by === 'BANK_TRANSFER') return fundByBank(book, transferBy(book, id))
    fundFromBalance(book, transferBy(book, id))
    return transferBy(book, id)
  },
)

const setCases = (book: Book, id: string, cases: string[]): Transfer => {
  const saved = save(book.transfers, { ...transferBy(book, id), cases })
  casesChanged(book, saved)
  return saved
}

export const transferActs: Record<string, Act> = {
  'create-transfer': create,
  'fund-transfer': fund,
  'cancel-transfer': act(OfTransfer, (book, { transfer }) =>
    cancel(book, transferBy(book, transfer), book.world.now()),
  ),
  'set-transfer-state': setState,
  'advance-transfer': advance,
  'fail-payout': act(
    OfTransfer.extend({ code: z.string().default('WRONG_ACCOUNT_NUMBER') }),
    (book, { transfer, code }) =>
      payoutFailed(book, transferBy(book, transfer), { code, text: failureText(code) }, book.world.now()),
  ),
  'open-case': act(
    OfTransfer.extend({ cases: z.array(z.string()).default(['deposit_amount_less_invoice']) }),
    (book, { transfer, cases }) => setCases(book, transfer, cases),
  ),
  'close-case': act(OfTransfer, (book, { transfer }) => setCases(book, transfer, [])),
}
