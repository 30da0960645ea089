/** Reasons of payout failures (sheet 10, 11); the list may grow. */
// biome-ignore format: thirty-four words
const CODES = [
  'ACCOUNT_BLOCKED', 'ACCOUNT_CLOSED', 'ACCOUNT_DOES_NOT_EXIST', 'ACCOUNT_FROZEN', 'ACCOUNT_LIMIT_REACHED',
  'BUSINESS_PAYMENTS_FORBIDDEN', 'CANNOT_ACCEPT_FROM_3RD_PARTY', 'CREDITING_ACCOUNT_FORBIDDEN', 'DUPLICATE_ENTRY',
  'EXTERNAL_IDENTIFIER_DETAILS_HAVE_CHANGED', 'FUNDS_NOT_EXPECTED_RETURNED', 'MANDATE_NOT_FILLED_IN', 'REASON_NOT_SPECIFIED',
  'REQUEST_FOR_INFORMATION_EXPIRED', 'RETURN_REQUESTED_BY_RECIPIENT', 'SENDER_REQUESTED_TO_CANCEL', 'TAX_ID_NOT_MATCHING',
  'TAX_ID_SUSPENDED', 'TECHNICAL_ISSUE', 'TECHNICAL_ISSUE_RETRYABLE', 'WRONG_ACCOUNT_DETAILS', 'WRONG_ACCOUNT_NUMBER',
  'WRONG_ACCOUNT_TYPE', 'WRONG_BANK_CODE', 'WRONG_BRANCH_CODE', 'WRONG_CARD_NUMBER', 'WRONG_CARD_TYPE', 'WRONG_CURRENCY',
  'WRONG_ID_NUMBER', 'WRONG_NAME', 'WRONG_PHONE_NUMBER', 'WRONG_REFERENCE', 'WRONG_PAYMENT_PURPOSE', 'WRONG_RUT_NUMBER',
]

export const isFailureCode = (code: string): boolean => CODES.includes(code)

export const anyFailureCode = (): string => CODES[Math.floor(Math.random() * CODES.length)] ?? 'TECHNICAL_ISSUE'

/** `WRONG_ID_NUMBER` as people would read it. */
export const failureText = (code: string): string => {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
