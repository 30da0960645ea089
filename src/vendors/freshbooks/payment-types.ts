/** What payments are made by (sheet section 4); SDKs disagree on letter case, so codes are in lower case. Others may come. */
const PAYMENT_TYPES = [
  'Check',
  'Credit',
  'Cash',
  'Bank Transfer',
  'Credit Card',
  'Debit',
  'PayPal',
  '2Checkout',
  'VISA',
  'MasterCard',
  'Discover',
  'AMEX',
  'Diners',
  'JCB',
  'ACH',
  'Eurocard',
  'Nova',
  'Other',
]

export const paymentTypeCode = (type: string): string => type.trim().toLowerCase()

export const paymentTypes = PAYMENT_TYPES.map((name) => ({ code: paymentTypeCode(name), name }))
