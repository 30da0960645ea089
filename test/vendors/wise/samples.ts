/** Made up, in the shapes of the reference; amounts are JSON numbers. */
export const QUOTE_ID = '3f1c2b5a-7a5e-4d0b-9d57-2f0f6c8f4b11'
export const TRANSACTION_ID = '9f0c3c3e-6f43-4e1b-8a7a-0c5a8c1d2e3f'

const option = (payIn: string, total: number, targetAmount: number, over: object = {}) => ({
  disabled: false,
  estimatedDelivery: '2026-03-04T12:00:00Z',
  fee: { transferwise: total, payIn: 0, discount: 0, partner: 0, total },
  sourceAmount: 1000,
  targetAmount,
  sourceCurrency: 'USD',
  targetCurrency: 'EUR',
  payIn,
  payOut: 'BANK_TRANSFER',
  ...over,
})

export const fromBalance = (over: object = {}) => option('BALANCE', 5.15, 916.75, over)
export const byBank = () => option('BANK_TRANSFER', 6.1, 915.88)

export const quote = (over: object = {}) => ({
  id: QUOTE_ID,
  sourceCurrency: 'USD',
  targetCurrency: 'EUR',
  sourceAmount: 1000,
  targetAmount: 916.75,
  payOut: 'BANK_TRANSFER',
  preferredPayIn: 'BALANCE',
  rate: 0.9215,
  createdTime: '2026-03-02T15:04:05Z',
  user: 9889627,
  profile: 14599371,
  rateType: 'FIXED',
  rateExpirationTime: '2026-03-02T15:34:05Z',
  providedAmountType: 'SOURCE',
  paymentOptions: [byBank(), fromBalance()],
  status: 'PENDING',
  expirationTime: '2026-03-02T15:34:05Z',
  notices: [],
  ...over,
})

export const transfer = (over: object = {}) => ({
  id: 47500002,
  user: 9889627,
  targetAccount: 40000417,
  sourceAccount: null,
  quote: null,
  quoteUuid: QUOTE_ID,
  status: 'incoming_payment_waiting',
  reference: 'INV-1042',
  rate: 0.9215,
  created: '2026-03-02 15:05:10',
  business: 14599371,
  transferRequest: null,
  details: { reference: 'INV-1042' },
  hasActiveIssues: false,
  sourceCurrency: 'USD',
  sourceValue: 994.85,
  targetCurrency: 'EUR',
  targetValue: 916.75,
  customerTransactionId: TRANSACTION_ID,
  ...over,
})

interface Asked {
  required?: boolean
  refresh?: boolean
  least?: number
  most?: number
  pattern?: string
  words?: string[]
}

export const field = (key: string, { required = true, refresh = false, least, most, pattern, words }: Asked = {}) => ({
  name: key,
  group: [
    {
      key,
      name: key,
      type: words ? 'select' : 'text',
      refreshRequirementsOnChange: refresh,
      required,
      displayFormat: null,
      example: '',
      minLength: least ?? null,
      maxLength: most ?? null,
      validationRegexp: pattern ?? null,
      validationAsync: null,
      valuesAllowed: words ? words.map((word) => ({ key: word, name: word })) : null,
    },
  ],
})

export const form = (type: string, ...fields: object[]) => ({ type, title: type, usageInfo: null, fields })
