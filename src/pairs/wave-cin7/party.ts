import type { Failure } from '../../core/failure'
import type { Lookups, Mapped, Matching } from '../../core/flow'
import type { PartyDraft } from '../../vendors/cin7/parties'
import type { Customer } from '../../vendors/wave/customers'
import { addressesOf, contactOf } from './customer-parts'

/** What customers and suppliers have in common. */
type Common = Pick<PartyDraft, 'name' | 'currency' | 'contact' | 'addresses'>

export const partyFingerprint = (customer: Customer) => ({
  name: customer.name,
  currency: customer.currency?.code ?? null,
  contact: contactOf(customer),
  addresses: addressesOf(customer),
})

/** A Cin7 party stands for the customer in its own currency. */
export const partyMatching: Matching = {
  variant: (terms) => (terms.kind === 'named' ? terms.currency : undefined),
  brings: 'align',
}

/** Wave bills a customer in any currency; a Cin7 party has one. So a variant is a currency, made when an invoice needs it. */
export const partiesOf = <D>(
  customer: Customer,
  lookups: Lookups,
  draft: (common: Common) => D,
): Mapped<D>[] | Failure => {
  const own = customer.currency?.code ?? lookups.sourceAccount.baseCurrency
  if (own === null) return noCurrency(customer)
  const others = lookups.variants.filter((currency) => currency !== own)
  const [contact, addresses] = [contactOf(customer), addressesOf(customer)]
  // Others first: one of them may still hold the plain name, from when its currency was the customer's own.
  return [...new Set([...others, own])].map((currency) => {
    const name = currency === own ? customer.name : `${customer.name} (${currency})`
    return { variant: currency, draft: draft({ name: name.trim(), currency, contact, addresses }) }
  })
}

const noCurrency = ({ name }: Customer): Failure => ({
  kind: 'rejected',
  code: 'customer_without_currency',
  message: `neither the Wave customer "${name}" nor the Wave business shows a currency`,
  remedy:
    'Set the currency of the customer in Wave, or test the Wave connection so that the business is read again; then replay.',
})
