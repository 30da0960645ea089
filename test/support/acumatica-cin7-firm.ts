/** What a firm with Cin7 and Acumatica has in both, for walks and for programs that run beside the connector. */

export const ACUMATICA_APP = {
  clientId: '5e1f2a70-3c44-4b1d-9c0e-0a7b6d5c4e3f@MyTenant',
  clientSecret: 'marker-secret-acumatica-app',
}
export const ACUMATICA_USER = { username: 'api', password: 'marker-secret-acumatica-user' }

const ACCOUNTS = [
  { AccountCD: '12100', Description: 'Inventory asset', Type: 'Asset' },
  { AccountCD: '20000', Description: 'Accounts payable', Type: 'Liability' },
  { AccountCD: '54000', Description: 'Purchases', Type: 'Expense' },
  { AccountCD: '61000', Description: 'Freight and cartage', Type: 'Expense' },
  { AccountCD: '69500', Description: 'Tax on purchases', Type: 'Expense' },
]

export const BOOKS = {
  accounts: ACCOUNTS,
  items: [{ id: 'WIDGET', description: 'Widget', stock: true, account: '12100', cost: '2.5' }],
}

/** An instance with the site `Prod` and one tenant. */
export const acumaticaSeed = (books: object = {}, connector = 'https://connector.test') => ({
  instance: { site: 'Prod' },
  apps: [{ ...ACUMATICA_APP, redirectUris: [`${connector}/oauth/acumatica/callback`] }],
  tenants: [
    {
      name: 'MyTenant',
      users: [{ name: ACUMATICA_USER.username, password: ACUMATICA_USER.password }],
      ...books,
    },
  ],
  grants: [],
})

export const CIN7_SEED = {
  suppliers: [{ Name: 'Bayside' }],
  products: [
    { SKU: 'WIDGET', Name: 'Widget', Type: 'Stock' },
    { SKU: 'GADGET', Name: 'Gadget', Type: 'Stock' },
  ],
}

export const SETTINGS = {
  suppliers: { attribute: 1 },
  cin7: { paymentTerm: '30 days', taxRule: 'Tax Exempt', accountPayable: '800' },
  warehouse: 'WH01',
  branch: 'MAIN',
  subaccount: '000000',
  tax: { as: 'line', account: '69500' },
  orders: { account: '54000' },
}

export const BACK = {
  location: 'Main Warehouse',
  taxRule: 'Tax Exempt',
  taxAccount: '400',
  accounts: { 61000: '400', 12100: '630' },
  items: { WIDGET: 'WIDGET' },
  locations: { WH01: 'Second Warehouse' },
}

/** The form SM302000 as the connector asks for it: one inquiry for each kind of record. */
export const pushTo = (url: string, secret: string) => ({
  url,
  header: { name: 'x-connector-secret', value: secret },
  queries: [
    { name: 'Connector Vendors', entity: 'Vendor', columns: { NoteID: 'id', Modified: 'LastModifiedDateTime' } },
    { name: 'Connector Bills', entity: 'Bill', columns: { NoteID: 'id', Modified: 'LastModifiedDateTime' } },
    {
      name: 'Connector Purchase Orders',
      entity: 'PurchaseOrder',
      columns: { NoteID: 'id', Modified: 'LastModifiedDateTime' },
    },
  ],
})

/** What somebody enters in Acumatica for a vendor. */
export const enteredBill = (Vendor: string, VendorRef: string, day: string, ExtendedCost: string) => ({
  Type: 'Bill',
  Vendor,
  VendorRef,
  Date: day,
  Hold: false,
  Details: [{ Account: '61000', Subaccount: '000000', TransactionDescription: 'Cartage', ExtendedCost }],
})

export const enteredOrder = (VendorID: string, VendorRef: string, day: string, OrderQty: string) => ({
  Type: 'Normal',
  VendorID,
  VendorRef,
  Date: day,
  Hold: false,
  Details: [{ InventoryID: 'WIDGET', OrderQty, UnitCost: '2.5', WarehouseID: 'WH01' }],
})

export const line = (SKU: string, Quantity: number, Price: number, Tax = 0) => ({
  SKU,
  Quantity,
  Price,
  Tax,
  TaxRule: 'Tax on Purchases',
  Total: Math.round(Quantity * Price * 100) / 100,
  Account: '630',
})
