import type { Flow } from '../../core/flow'
import { type CustomerDraft, customers } from '../../vendors/cin7/customers'
import { inCurrencies, partyMatching } from '../../vendors/cin7/party-currencies'
import { type Client, clientName, clients } from '../../vendors/freshbooks/clients'
import { CUSTOMER_FLOW } from './needs'
import { addressOf, contactOf, noCurrency } from './party'
import { Settings } from './settings'

/** A FreshBooks client becomes a Cin7 customer in each currency that it is billed in. */
export const clientToCustomer: Flow<Client, CustomerDraft, Settings> = {
  name: CUSTOMER_FLOW,
  source: clients,
  target: customers,
  settings: Settings,

  /** A deleted one may still stand on an invoice: then it is needed. */
  skip: ({ vis_state }, _settings, { variants }) =>
    vis_state === 1 && variants.length === 0 ? 'deleted in FreshBooks' : undefined,

  matching: partyMatching,

  fingerprint: (client) => ({
    name: clientName(client),
    currency: client.currency_code,
    contact: contact(client),
    addresses: addresses(client),
  }),

  map(client, settings, lookups) {
    const { currency_code: own } = client
    const name = clientName(client)
    if (own === '') return noCurrency('client', name)
    const common = { contact: contact(client), addresses: addresses(client) }
    const { paymentTerm, accountReceivable, revenueAccount, taxRule, location } = settings
    return inCurrencies({ name, own }, lookups, (named) => ({
      ...named,
      ...common,
      paymentTerm,
      accountReceivable,
      revenueAccount,
      taxRule,
      location,
    }))
  },
}

const contact = (client: Client): CustomerDraft['contact'] =>
  contactOf(clientName(client), {
    first: client.fname,
    last: client.lname,
    email: client.email,
    phone: client.bus_phone,
    mobile: client.mob_phone,
    website: '',
  })

const addresses = (client: Client): CustomerDraft['addresses'] => [
  ...addressOf('Billing', {
    street: client.p_street,
    street2: client.p_street2,
    city: client.p_city,
    state: client.p_province,
    postcode: client.p_code,
    country: client.p_country,
  }),
  ...addressOf('Shipping', {
    street: client.s_street,
    street2: client.s_street2,
    city: client.s_city,
    state: client.s_province,
    postcode: client.s_code,
    country: client.s_country,
  }),
]
