import type { Customer } from '../../../src/vendors/wave/customers'
import type { Invoice, InvoiceItem, InvoicePayment } from '../../../src/vendors/wave/invoices'
import type { Product } from '../../../src/vendors/wave/products'

export const BUSINESS = '7d1f4c0a-2b7e-4a53-9f0c-6e2a1b3c4d5e'

const minor = (minorUnitValue: string) => ({ minorUnitValue })

export const SALES = { id: 'acc-sales', name: 'Sales' }
export const VAT = { id: 'tax-vat', name: 'VAT', abbreviation: 'VAT' }

/** One line of 40.00 with 20 % on it, amounts in minor units. */
export const anItem = (change: Partial<InvoiceItem> = {}): InvoiceItem => ({
  id: 'item-1',
  description: 'Spreadsheet changes',
  quantity: '2',
  unitPrice: '20',
  product: { id: 'prod-1', name: 'Misc. Services' },
  account: SALES,
  subtotal: minor('4000'),
  total: minor('4800'),
  taxes: [{ amount: minor('800'), salesTax: VAT }],
  ...change,
})

export const anInvoice = (change: Partial<Invoice> = {}): Invoice => ({
  id: 'inv-15',
  status: 'SENT',
  invoiceNumber: '15',
  invoiceDate: '2026-03-02',
  dueDate: '2026-04-01',
  poNumber: 'PO-7',
  memo: 'Thank you',
  createdAt: '2026-03-02T15:04:27.707Z',
  modifiedAt: '2026-03-02T15:04:43.189Z',
  exchangeRate: '1',
  currency: { code: 'USD', exponent: 2 },
  customer: { id: 'cust-1', name: 'Harbour Lane Offices Ltd' },
  subtotal: minor('4000'),
  taxTotal: minor('800'),
  discountTotal: minor('0'),
  total: minor('4800'),
  amountDue: minor('4800'),
  amountPaid: minor('0'),
  items: [anItem()],
  payments: [],
  ...change,
})

/** 30.00 of the 48.00, into a bank account in the invoice's currency. */
export const aPayment = (change: Partial<InvoicePayment> = {}): InvoicePayment => ({
  id: btoa(`Business:${BUSINESS};InvoicePayment:77`),
  amount: '30.00',
  paymentDate: '2026-03-05',
  paymentMethod: 'BANK_TRANSFER',
  exchangeRate: '1',
  memo: null,
  active: true,
  account: { id: 'acc-bank', name: 'Bank', currency: { code: 'USD' } },
  modifiedAt: '2026-03-05T09:00:00.000Z',
  ...change,
})

export const aProduct = (change: Partial<Product> = {}): Product => ({
  id: btoa(`Business:${BUSINESS};Product:80000001`),
  name: 'Misc. Services',
  description: 'By the hour',
  isArchived: false,
  isSold: true,
  isBought: false,
  incomeAccount: SALES,
  defaultSalesTaxes: [{ id: VAT.id, name: VAT.name }],
  modifiedAt: '2026-03-02T15:04:43.189Z',
  ...change,
})

export const aCustomer = (change: Partial<Customer> = {}): Customer => ({
  id: 'cust-1',
  name: 'Harbour Lane Offices Ltd',
  firstName: 'Ann',
  lastName: 'Harbour',
  email: 'ann@example.com',
  phone: '555 1',
  mobile: '',
  website: null,
  isArchived: false,
  currency: { code: 'USD' },
  address: {
    addressLine1: '1 Quay',
    addressLine2: '',
    city: 'Toronto',
    postalCode: 'M5V',
    province: { code: 'CA-ON', name: 'Ontario' },
    country: { code: 'CA', name: 'Canada' },
  },
  shippingDetails: null,
  modifiedAt: '2026-03-02T15:04:43.189Z',
  ...change,
})
