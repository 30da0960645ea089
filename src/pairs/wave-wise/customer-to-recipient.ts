import type { Failure } from '../../core/failure'
import { Entered, type Flow } from '../../core/flow'
import { type Customer, customers } from '../../vendors/wave/customers'
import { RecipientProfile } from '../../vendors/wise/recipient-shapes'
import { type RecipientDraft, recipientOffer, recipientTarget, tailOf } from '../../vendors/wise/recipient-target'
import { guardsOf } from './payout-guards'
import { Settings } from './settings'

export const CUSTOMER_TO_RECIPIENT = 'wave-wise/customer-to-recipient'

const Known = Entered(RecipientProfile)

/** A customer becomes a recipient by the bank details that somebody has entered, and somebody else has approved; one for each currency. */
export const customerToRecipient: Flow<Customer, RecipientDraft, Settings> = {
  name: CUSTOMER_TO_RECIPIENT,
  source: customers,
  target: recipientTarget,
  settings: Settings,

  skip(_, { payout }, { entered = {}, variants }) {
    if (!payout) return 'the settings allow no payouts'
    const wanted = variants.length + Object.keys(entered).length
    return wanted === 0 ? 'nobody has entered bank details for it' : undefined
  },

  // What matters is entered here; the name in Wave is not the holder's.
  fingerprint: () => '',

  sealed: true,

  entry: {
    kind: 'recipient',
    take(given) {
      const body = RecipientProfile.parse(given)
      const { currency, accountHolderName, type } = body
      return { variant: currency, shown: { currency, type, holder: accountHolderName, account: tailOf(body) }, body }
    },
  },

  guard: { of: guardsOf, offer: (_, draft) => recipientOffer(draft), zone: () => '' },

  map({ name }, { payout }, { entered = {}, variants }) {
    const currencies = [...new Set([...Object.keys(entered), ...variants])]
    const missing = currencies.find((currency) => !Object.hasOwn(entered, currency))
    if (missing !== undefined) return notEntered(name, missing)
    return currencies.map((variant) => ({
      variant,
      draft: { name, source: payout?.from ?? '', profile: Known.parse(entered[variant]).body },
    }))
  },
}

const notEntered = (name: string, currency: string): Failure => ({
  kind: 'rejected',
  code: 'recipient_not_entered',
  message: `nobody has entered where ${name} is paid in ${currency}`,
  remedy: 'Wave has no bank details: enter them (PUT …/recipients), and have somebody else approve them.',
})
