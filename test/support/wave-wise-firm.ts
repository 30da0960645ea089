/** What a firm has in Wave and at Wise, for walks and for programs that run beside the connector. */

const ACCOUNTS = [
  { name: 'Sales', subtype: 'INCOME' },
  { name: 'Wise USD', subtype: 'CASH_AND_BANK', currency: 'USD' },
  { name: 'Wise EUR', subtype: 'CASH_AND_BANK', currency: 'EUR' },
  { name: 'Payouts', subtype: 'OTHER_CURRENT_LIABILITY' },
  { name: 'Pending', subtype: 'OTHER_CURRENT_ASSETS' },
  { name: 'Wise fees', subtype: 'PAYMENT_PROCESSING_FEES' },
  { name: 'Exchange', subtype: 'OTHER_CURRENT_ASSETS' },
  { name: 'Clearing', subtype: 'OTHER_CURRENT_LIABILITY' },
  { name: 'Meals', subtype: 'EXPENSE' },
]

/** A business with one customer and one product. Its id is its own in every test. */
export const waveBusiness = (more: object = {}) => ({
  id: crypto.randomUUID(),
  accounts: ACCOUNTS,
  customers: [{ name: 'Lena Fischer' }],
  products: [{ name: 'Misc. Services' }],
  ...more,
})

/** Where Lena is paid. */
const BANK = {
  IBAN: 'DE89370400440532013000',
  address: { country: 'DE', city: 'Berlin', firstLine: 'Lindenweg 3', postCode: '10115' },
}

const LENA = {
  currency: 'EUR',
  type: 'iban',
  accountHolderName: 'Lena Fischer',
  details: { legalType: 'PRIVATE', ...BANK },
}

/** The same, as it is entered in the admin API. */
export const PROFILE = {
  type: 'iban',
  currency: 'EUR',
  accountHolderName: 'Lena Fischer',
  legalType: 'PRIVATE',
  details: BANK,
}

export const RATES = { 'USD-EUR': '0.9215' }

/** Lena is a recipient of it, by somebody's hand on wise.com. */
export const wiseProfile = (id: number, more: object = {}) => ({
  id,
  name: 'Field Trading LLC',
  country: 'US',
  balances: [
    { currency: 'USD', amount: '25000' },
    { currency: 'EUR', amount: '500' },
  ],
  recipients: [LENA],
  ...more,
})

export const PAYOUT = { from: 'USD', currencies: ['EUR'], perTransfer: '5000', perDay: '6000' }

interface Names {
  /** GraphQL id of the Wave account of that name. */
  account(name: string): string
  /** Id at Wise. */
  balance(currency: string): string
}

export const settingsFor = ({ account, balance }: Names) => ({
  balances: ['USD', 'EUR'].map((currency) => ({
    balance: balance(currency),
    currency,
    account: account(`Wise ${currency}`),
  })),
  payoutAccount: account('Payouts'),
  feeAccount: account('Wise fees'),
  fxAccount: account('Exchange'),
  clearingAccount: account('Clearing'),
})
