import type { Flow } from '../../core/flow'
import { type CustomerDraft, customers as cin7Customers } from '../../vendors/cin7/customers'
import { partyMatching } from '../../vendors/cin7/party-currencies'
import { type Customer, customers as waveCustomers } from '../../vendors/wave/customers'
import { partiesOf, partyFingerprint } from './party'
import { roleOf, Settings } from './settings'

/** A Wave customer becomes a Cin7 customer in each currency that it is billed in. */
export const customerToCustomer: Flow<Customer, CustomerDraft, Settings> = {
  name: 'wave-cin7/customer-to-customer',
  source: waveCustomers,
  target: cin7Customers,
  settings: Settings,

  skip: ({ id }, settings) =>
    roleOf(settings, id) === 'supplier' ? 'becomes a supplier only (settings role, roles)' : undefined,

  matching: partyMatching,

  fingerprint: partyFingerprint,

  map: (customer, settings, lookups) =>
    partiesOf(customer, lookups, (common) => ({
      ...common,
      paymentTerm: settings.paymentTerm,
      accountReceivable: settings.accountReceivable,
      revenueAccount: settings.revenueAccount,
      taxRule: settings.taxRule,
      location: settings.location,
    })),
}
