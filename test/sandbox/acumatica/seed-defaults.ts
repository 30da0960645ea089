export const TENANT = 'MyTenant'
export const CLIENT_ID = '5E1F2A70-3C44-4B1D-9C0E-0A7B6D5C4E3F@MyTenant'
export const CLIENT_SECRET = 'acu-secret'
export const REDIRECT_URI = 'https://connector.test/oauth/callback'
export const ACCESS_TOKEN = 'acu-access-token'
export const REFRESH_TOKEN = 'acu-refresh-token'
export const USER = 'api'
export const PASSWORD = 'acu-password'

/** As a 24.2 build lists them. */
export const ENDPOINTS = [
  { name: 'Default', version: '20.200.001' },
  { name: 'Default', version: '22.200.001' },
  { name: 'Default', version: '23.200.001' },
  { name: 'eCommerce', version: '23.200.001' },
  { name: 'Default', version: '24.200.001' },
]

export const ACCOUNTS = [
  { AccountCD: '10200', Description: 'Checking', Type: 'Asset' as const, CashAccount: true },
  { AccountCD: '12100', Description: 'Inventory asset', Type: 'Asset' as const },
  { AccountCD: '20000', Description: 'Accounts payable', Type: 'Liability' as const },
  { AccountCD: '40000', Description: 'Sales', Type: 'Income' as const },
  { AccountCD: '54000', Description: 'Purchases', Type: 'Expense' as const },
  { AccountCD: '61000', Description: 'Freight and cartage', Type: 'Expense' as const },
  { AccountCD: '69000', Description: 'Old expenses', Type: 'Expense' as const, Active: false },
]

export const SUBACCOUNTS = [{ SubaccountCD: '000000', Description: 'Default' }]

export const VENDOR_CLASSES = [{ ClassID: 'SUPPLIER', Description: 'Suppliers' }]

export const ITEMS = [
  { id: 'BRICKS', description: 'Box of bricks', stock: true, account: '12100', cost: '12.35' },
  { id: 'DELIVERY', description: 'Delivery', stock: false, account: '61000', cost: '0' },
]

export const TERMS = [
  { id: '30D', days: 30 },
  { id: 'COD', days: 0 },
]
