import type { Failure } from '../../core/failure'
import type { Lookups, Mapped } from '../../core/flow'
import type { PartyDraft } from '../../vendors/cin7/parties'
import { inCurrencies } from '../../vendors/cin7/party-currencies'
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

export const partiesOf = <D>(
  customer: Customer,
  lookups: Lookups,
  draft: (common: Common) => D,
): Mapped<D>[] | Failure => {
  const own = customer.currency?.code ?? lookups.sourceAccount.baseCurrency
  if (own === null) return noCurrency(customer)
  const [contact, addresses] = [contactOf(customer), addressesOf(customer)]
  return inCurrencies({ name: customer.name, own }, lookups, (named) => draft({ ...named, contact, addresses }))
}

const noCurrency = ({ name }: Customer): Failure => ({
  kind: 'rejected',
  code: 'customer_without_currency',
  message: `neither the Wave customer "${name}" nor the Wave business shows a currency`,
  remedy:
    'Set the currency of the customer in Wave, or test the Wave connection so that the business is read again; then replay.',
})
