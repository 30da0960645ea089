import type { Flow, Lookups } from '../../core/flow'
import { type CustomerDraft, customers as cin7Customers } from '../../vendors/cin7/customers'
import { type Customer, customers as waveCustomers } from '../../vendors/wave/customers'
import { addressesOf, contactOf } from './customer-parts'
import { Settings } from './settings'

/** Wave bills a customer in any currency; a Cin7 customer has one. So a variant is a currency, made when an invoice needs it. */
export const customerToCustomer: Flow<Customer, CustomerDraft, Settings> = {
  name: 'wave-cin7/customer-to-customer',
  source: waveCustomers,
  target: cin7Customers,
  settings: Settings,

  fingerprint: (customer) => ({
    name: customer.name,
    currency: customer.currency?.code ?? null,
    contact: contactOf(customer),
    addresses: addressesOf(customer),
  }),

  map(customer, settings, lookups) {
    const own = ownCurrency(customer, lookups)
    if (own === null) return noCurrency(customer)
    const others = lookups.variants.filter((currency) => currency !== own)
    // Others first: one of them may still hold the plain name, from when its currency was the customer's own.
    return [...new Set([...others, own])].map((currency) => ({
      variant: currency,
      draft: draftOf(customer, settings, currency, currency === own ? customer.name : `${customer.name} (${currency})`),
    }))
  },
}

const ownCurrency = ({ currency }: Customer, { sourceAccount }: Lookups): string | null =>
  currency?.code ?? sourceAccount.baseCurrency

const draftOf = (customer: Customer, settings: Settings, currency: string, name: string): CustomerDraft => ({
  name: name.trim(),
  currency,
  paymentTerm: settings.paymentTerm,
  accountReceivable: settings.accountReceivable,
  revenueAccount: settings.revenueAccount,
  taxRule: settings.taxRule,
  location: settings.location,
  contact: contactOf(customer),
  addresses: addressesOf(customer),
})

const noCurrency = ({ name }: Customer) =>
  ({
    kind: 'rejected',
    code: 'customer_without_currency',
    message: `neither the Wave customer "${name}" nor the Wave business shows a currency`,
    remedy:
      'Set the currency of the customer in Wave, or test the Wave connection so that the business is read again; then replay.',
  }) as const
