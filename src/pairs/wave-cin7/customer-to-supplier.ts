import type { Flow } from '../../core/flow'
import { partyMatching } from '../../vendors/cin7/party-currencies'
import { suppliers as cin7Suppliers, type SupplierDraft } from '../../vendors/cin7/suppliers'
import { type Customer, customers as waveCustomers } from '../../vendors/wave/customers'
import { partiesOf, partyFingerprint } from './party'
import { roleOf, Settings } from './settings'

/** A Wave customer that the settings call a supplier becomes one in Cin7. */
export const customerToSupplier: Flow<Customer, SupplierDraft, Settings> = {
  name: 'wave-cin7/customer-to-supplier',
  source: waveCustomers,
  target: cin7Suppliers,
  settings: Settings,

  concerns: ({ id }, settings) => roleOf(settings, id) !== 'customer',

  skip: ({ id }, settings) =>
    roleOf(settings, id) === 'customer' ? 'becomes a customer only (settings role, roles)' : undefined,

  matching: partyMatching,

  fingerprint: partyFingerprint,

  map: (customer, { suppliers, paymentTerm }, lookups) =>
    partiesOf(customer, lookups, (common) => ({
      ...common,
      paymentTerm,
      // The settings are refused without them where a customer becomes a supplier.
      accountPayable: suppliers?.accountPayable ?? '',
      taxRule: suppliers?.taxRule ?? '',
    })),
}
