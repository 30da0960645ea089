/** What a firm has on either side: in walks, in the demo and under chaos. */
export const ACCOUNTS = [
  { Id: '33', Name: 'Accounts Payable (A/P)', AccountType: 'Accounts Payable', AccountSubType: 'AccountsPayable' },
  {
    Id: '34',
    Name: 'Accounts Payable CAD',
    AccountType: 'Accounts Payable',
    AccountSubType: 'AccountsPayable',
    CurrencyRef: { value: 'CAD' },
  },
  { Id: '7', Name: 'Advertising', AccountType: 'Expense', AccountSubType: 'AdvertisingPromotional' },
  { Id: '80', Name: 'Purchases', AccountType: 'Cost of Goods Sold', AccountSubType: 'SuppliesMaterialsCogs' },
  { Id: '81', Name: 'Inventory Asset', AccountType: 'Other Current Asset', AccountSubType: 'Inventory' },
  { Id: '88', Name: 'Tax on purchases', AccountType: 'Expense', AccountSubType: 'TaxesPaid' },
]

/** In QuickBooks. */
export const REALM = {
  multicurrency: true,
  currencies: [{ Code: 'CAD' }],
  departments: [{ Id: '1', Name: 'Main' }],
  classes: [{ Id: '9', Name: 'Garden' }],
}

export const SETTINGS = {
  accountPayable: '33',
  accountsPayable: { CAD: '34' },
  tax: { realm: 'us', account: '88' },
  orders: { account: '80' },
}

export const CIN7 = {
  suppliers: [{ Name: 'Bayside' }, { Name: 'Northern', Currency: 'CAD' }],
  products: [
    { SKU: 'WIDGET', Name: 'Widget', Type: 'Stock' },
    { SKU: 'GADGET', Name: 'Gadget', Type: 'Stock' },
  ],
  currencyRates: { CAD: '0.73' },
}

/** A row of an order, an invoice or a credit note in Cin7. */
export const line = (SKU: string, Quantity: number, Price: number, Tax = 0) => ({
  SKU,
  Quantity,
  Price,
  Tax,
  TaxRule: 'Tax on Purchases',
  Total: Math.round(Quantity * Price * 100) / 100,
  Account: '630',
})
