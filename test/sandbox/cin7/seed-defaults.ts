/** A small usable company: what `seed({})` makes. Codes and names as in the vendor's samples. */
export const ACCOUNT_ID = '1a783f0d-810c-43c4-b61b-fa7cc293d8a0'
export const APPLICATION_KEY = '7e57ab1e-0000-4000-8000-000000000001'

export const ME = {
  Company: 'Example Company',
  Currency: 'USD',
  TimeZone: 'UTC',
  DefaultWeightUnits: 'g',
  DefaultDimensionsUnits: 'cm',
  LockDate: null,
  OpeningBalanceDate: '2021-07-31T00:00:00',
  TaxCalculationMethod: 'Total',
  DefaultSaleTaxRuleId: 'cd3b41ce-e4ba-4fc4-a615-18ca17e7a4c7',
  DefaultSaleTaxRuleName: 'Tax on Sales',
  MaximumDecimalPlacesInQuantity: 'N4',
  ApplyCustomerDiscountsAfterOtherDiscounts: true,
  DiscountRule: 'Discount',
  AutomaticallyApplyDiscounts: false,
  RoundingTable: [],
}

// biome-ignore format: one line for each account
export const ACCOUNTS = [
  { Code: '200', Name: 'Sales', Type: 'REVENUE', Class: 'REVENUE' },
  { Code: '201', Name: 'Sales - Other', Type: 'REVENUE', Class: 'REVENUE' },
  { Code: '260', Name: 'Discounts given', Type: 'REVENUE', Class: 'REVENUE' },
  { Code: '310', Name: 'Cost of Goods Sold', Type: 'EXPENSE', Class: 'EXPENSE' },
  { Code: '400', Name: 'Advertising', Type: 'EXPENSE', Class: 'EXPENSE' },
  { Code: '404', Name: 'Bank Fees', Type: 'EXPENSE', Class: 'EXPENSE' },
  { Code: '610', Name: 'Accounts Receivable', Type: 'CURRENT', Class: 'ASSET', SystemAccount: 'Accounts receivable', SystemAccountCode: 'DEBTORS' },
  { Code: '630', Name: 'Inventory', Type: 'CURRENT', Class: 'ASSET', SystemAccount: 'Inventory', SystemAccountCode: 'INVENTORY' },
  { Code: '713', Name: 'EFT bank account', Type: 'BANK', Class: 'ASSET', ForPayments: true, Bank: 'Unknown Bank', BankAccountNumber: 'No Number' },
  { Code: '714', Name: 'Petty cash', Type: 'CURRENT', Class: 'ASSET', ForPayments: true },
  { Code: '718', Name: 'PayPal account', Type: 'BANK', Class: 'ASSET', Bank: 'Unknown Bank', BankAccountNumber: 'No Number' },
  { Code: '800', Name: 'Accounts Payable', Type: 'CURRLIAB', Class: 'LIABILITY', SystemAccount: 'Accounts payable', SystemAccountCode: 'CREDITORS' },
  { Code: '801', Name: 'Unpaid Expense Claims', Type: 'CURRLIAB', Class: 'LIABILITY' },
  { Code: '820', Name: 'Sales Tax', Type: 'CURRLIAB', Class: 'LIABILITY', SystemAccount: 'Tax liability', SystemAccountCode: 'GST' },
  { Code: '899', Name: 'Old income', Type: 'REVENUE', Class: 'REVENUE', Status: 'ARCHIVED' },
]

// biome-ignore format: one line for each rule
export const TAXES = [
  { Name: 'Tax on Sales', TaxPercent: 10, IsTaxForSale: true },
  { Name: 'Tax Exempt', TaxPercent: 0, IsTaxForSale: true, IsTaxForPurchase: true },
  { Name: 'GST on Income', TaxPercent: 10, IsTaxForSale: true },
  { Name: 'Tax on Purchases', TaxPercent: 10, IsTaxForPurchase: true },
  { Name: 'BAS Excluded', TaxPercent: 0, IsTaxForSale: true, IsTaxForPurchase: true },
  { Name: 'Old Tax', TaxPercent: 8, IsTaxForSale: true, IsActive: false },
]

// biome-ignore format: one line for each term
export const TERMS = [
  { Name: '30 days', Duration: 30, IsDefault: true },
  { Name: '14 days', Duration: 14 },
  { Name: 'Due on receipt', Duration: 0 },
  { Name: '10 days since end of month', Duration: 10, Method: 'days since the end of the month' },
  { Name: 'cash', Duration: 0, IsActive: false },
]

export const LOCATIONS = [
  { Name: 'Main Warehouse', IsDefault: true },
  { Name: 'Second Warehouse' },
  { Name: 'Closed Warehouse', IsDeprecated: true },
]

export const PRODUCTS = [
  { SKU: 'SERVICE', Name: 'Service', Type: 'Service', Category: 'Service' },
  { SKU: 'Bread', Name: 'Baked Bread', Type: 'Stock', Category: 'Other', RevenueAccount: '200', onHand: '100' },
]
