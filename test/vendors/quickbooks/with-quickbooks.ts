import { now } from '../../../src/lib/clock'
import { quickbooks } from '../../../src/vendors/quickbooks'
import { type Rig, rig } from '../../sandbox/quickbooks/rig'
import { ACCESS_TOKEN, REALM_ID } from '../../sandbox/quickbooks/seed-defaults'
import type { Simulator } from '../../sandbox/vendor'
import { onSimulator, type Writing } from '../../support/on-simulator'

export const MARKER = 'mlc:quickbooks-cin7/purchase-to-bill:p-1:t-1:g1'

/** A simulated company with two suppliers, one of them in euros; `realm` as its users have set it up. */
export const openQuickbooks = (realm: object = {}): Rig => {
  const opened = rig({
    grants: [{ expiresIn: 1_000_000_000 }],
    realms: [
      {
        multicurrency: true,
        accounts: ACCOUNTS,
        vendors: [
          { Id: '56', DisplayName: 'Bayside', CurrencyRef: { value: 'USD' } },
          { Id: '57', DisplayName: 'Nordlicht', CurrencyRef: { value: 'EUR' } },
        ],
        departments: [{ Id: '1', Name: 'Main Warehouse' }],
        classes: [{ Id: '5000000000000007280', Name: 'Garden' }],
        ...realm,
      },
    ],
  })
  opened.clock.now = now()
  return opened
}

const ACCOUNTS = [
  { Id: '33', Name: 'Accounts Payable', AccountType: 'Accounts Payable', AccountSubType: 'AccountsPayable' },
  {
    Id: '34',
    Name: 'Accounts Payable EUR',
    AccountType: 'Accounts Payable',
    AccountSubType: 'AccountsPayable',
    CurrencyRef: { value: 'EUR' },
  },
  { Id: '35', Name: 'Checking', AccountType: 'Bank', AccountSubType: 'Checking' },
  { Id: '7', Name: 'Advertising', AccountType: 'Expense', AccountSubType: 'AdvertisingPromotional' },
  { Id: '80', Name: 'Cost of Goods Sold', AccountType: 'Cost of Goods Sold', AccountSubType: 'SuppliesMaterialsCogs' },
  { Id: '81', Name: 'Inventory Asset', AccountType: 'Other Current Asset', AccountSubType: 'Inventory' },
  { Id: '82', Name: 'Freight In', AccountType: 'Expense', AccountSubType: 'ShippingFreightDelivery' },
]

/** Outside the US: a code of 20 %, one of 0 %, and one that is for sales only. */
export const BRITISH = {
  country: 'GB',
  homeCurrency: 'GBP',
  multicurrency: false,
  accounts: ACCOUNTS.filter(({ Id }) => Id !== '34'),
  vendors: [{ Id: '56', DisplayName: 'Bayside' }],
  taxRates: [
    { Id: '3', Name: 'Standard', RateValue: 20 },
    { Id: '6', Name: 'Zero', RateValue: 0 },
  ],
  taxCodes: [
    {
      Id: '4',
      Name: '20.0% S',
      Taxable: true,
      PurchaseTaxRateList: { TaxRateDetail: [{ TaxRateRef: { value: '3' } }] },
    },
    {
      Id: '7',
      Name: 'No VAT',
      Taxable: true,
      PurchaseTaxRateList: { TaxRateDetail: [{ TaxRateRef: { value: '6' } }] },
    },
  ],
}

/** Our client, calling it. `before` happens in QuickBooks after it was read and before the first write. */
export const client = ({ simulator }: Rig, writing: Writing = {}, before: () => void = () => {}) => {
  let pending: (() => void) | undefined = before
  const handle: Simulator['handle'] = (request) => {
    if (request.method === 'POST') {
      pending?.()
      pending = undefined
    }
    return simulator.handle(request)
  }
  return onSimulator(
    {
      vendor: quickbooks,
      simulator: { ...simulator, handle },
      credentials: { kind: 'oauth', grant: 'g_1' },
      token: ACCESS_TOKEN,
      account: REALM_ID,
    },
    { marker: MARKER, ...writing },
  )
}

/** What a person does in QuickBooks' own screens happens a second later: its stamps are whole seconds. */
export const later = ({ clock }: Rig, ms = 1_000): void => {
  clock.now += ms
}
