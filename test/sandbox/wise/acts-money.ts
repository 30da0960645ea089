import { z } from 'zod'
import { type Act, Amount, act, InProfile, ownerOf, profileOf } from './acting'
import { balanceStateChanged, profileVerified } from './events'
import { balanceIn, debit, openBalance } from './ledger'
import { type Balance, type Book, must, type Recipient, save } from './model'
import { RecipientBody } from './recipient-checks'
import { acceptNameCheck, deactivate, makeRecipient } from './recipients'
import { topUp } from './simulation'

const InBalance = InProfile.extend({ currency: z.string() })

const balanceOf = (book: Book, { profile, currency }: z.infer<typeof InBalance>): Balance =>
  must(balanceIn(book, profileOf(book, profile).id, currency), `${currency} balance`)

const spend = act(InBalance.extend({ amount: Amount }), (book, { amount, ...of }) =>
  debit(book, balanceOf(book, of).id, amount, {
    at: book.world.now(),
    kind: 'CARD',
    reference: `CARD-${book.next('payment')}`,
    description: 'Card purchase',
  }),
)

const closeBalance = act(InBalance, (book, input) => {
  const closed = save(book.balances, { ...balanceOf(book, input), open: false })
  balanceStateChanged(book, closed)
  return closed
})

const OfRecipient = z.object({ recipient: z.coerce.string() })

const recipientBy = (book: Book, id: string): Recipient => must(book.recipients.get(id), `recipient ${id}`)

const createRecipient: Act = (book, input) => {
  const { profile, ...body } = z.looseObject({ profile: z.coerce.string().optional() }).parse(input)
  const of = profileOf(book, profile)
  return makeRecipient(book, ownerOf(book, of), RecipientBody.parse({ ...body, profile: of.id }))
}

export const moneyActs: Record<string, Act> = {
  'set-rate': act(
    z.object({ source: z.string(), target: z.string(), rate: Amount }),
    (book, { source, target, rate }) => book.rates.put(`${source}-${target}`, rate),
  ),
  'top-up': act(
    InBalance.extend({
      amount: Amount,
      channel: z.enum(['TRANSFER', 'CARD']).default('TRANSFER'),
      paymentReference: z.string().optional(),
    }),
    (book, { amount, channel, paymentReference, ...of }) =>
      topUp(book, balanceOf(book, of).id, amount, channel, paymentReference),
  ),
  spend,
  'open-balance': act(InBalance, (book, { profile, currency }) =>
    openBalance(book, profileOf(book, profile).id, currency),
  ),
  'close-balance': closeBalance,
  'create-recipient': createRecipient,
  'delete-recipient': act(OfRecipient, (book, { recipient }) => deactivate(book, recipientBy(book, recipient))),
  'accept-name-check': act(OfRecipient, (book, { recipient }) => acceptNameCheck(book, recipientBy(book, recipient))),
  'verify-profile': act(InProfile.extend({ verified: z.boolean().default(true) }), (book, { profile, verified }) =>
    profileVerified(book, profileOf(book, profile), verified),
  ),
}
