export const REALM_ID = '9341453000000000001'
export const CLIENT_ID = 'qbo-client'
export const CLIENT_SECRET = 'qbo-secret'
export const REDIRECT_URI = 'https://connector.test/oauth/callback'
export const VERIFIER_TOKEN = 'qbo-verifier'
export const ACCESS_TOKEN = 'qbo-access-token'
export const REFRESH_TOKEN = 'qbo-refresh-token'

/** A small company, for seeds that name nothing. Ids are fixed, so that tests can write them down. */
export const ACCOUNTS = [
  { Id: '33', Name: 'Accounts Payable (A/P)', AccountType: 'Accounts Payable', AccountSubType: 'AccountsPayable' },
  { Id: '35', Name: 'Checking', AccountType: 'Bank', AccountSubType: 'Checking' },
  { Id: '7', Name: 'Advertising', AccountType: 'Expense', AccountSubType: 'AdvertisingPromotional' },
  { Id: '80', Name: 'Cost of Goods Sold', AccountType: 'Cost of Goods Sold', AccountSubType: 'SuppliesMaterialsCogs' },
  { Id: '81', Name: 'Inventory Asset', AccountType: 'Other Current Asset', AccountSubType: 'Inventory' },
  { Id: '82', Name: 'Freight In', AccountType: 'Expense', AccountSubType: 'ShippingFreightDelivery' },
  { Id: '79', Name: 'Sales', AccountType: 'Income', AccountSubType: 'SalesOfProductIncome' },
]

export const TERMS = [
  { Id: '1', Name: 'Due on receipt', Type: 'STANDARD', DueDays: 0 },
  { Id: '3', Name: 'Net 30', Type: 'STANDARD', DueDays: 30 },
  { Id: '5', Name: 'Mid month', Type: 'DATE_DRIVEN', DayOfMonthDue: 15, DueNextMonthDays: 10 },
]

export const ITEMS = [
  {
    Id: '19',
    Name: 'Widget',
    Sku: 'WIDGET',
    Type: 'Inventory',
    UnitPrice: 4,
    PurchaseCost: 2.5,
    ExpenseAccountRef: { value: '80' },
  },
  {
    Id: '20',
    Name: 'Gadget',
    Sku: 'GADGET',
    Type: 'NonInventory',
    PurchaseCost: 12,
    ExpenseAccountRef: { value: '80' },
  },
]

export const TAX_RATES = [{ Id: '3', Name: 'Standard purchases', RateValue: 20 }]

/** Numeric codes are for companies outside the US; the second has no purchase list. */
export const TAX_CODES = [
  {
    Id: '4',
    Name: 'Standard',
    Taxable: true,
    PurchaseTaxRateList: { TaxRateDetail: [{ TaxRateRef: { value: '3' } }] },
  },
  { Id: '5', Name: 'Sales only', Taxable: true, PurchaseTaxRateList: { TaxRateDetail: [] } },
]
