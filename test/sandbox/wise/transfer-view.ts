import { number } from './decimal'
import type { Book, Transfer } from './model'
import { spacedStamp } from './stamps'

const businessOf = (book: Book, { profile }: Transfer): number | null =>
  book.profiles.get(String(profile))?.type === 'BUSINESS' ? profile : null

export const transferView = (book: Book, transfer: Transfer) => ({
  id: transfer.id,
  user: transfer.user,
  targetAccount: transfer.targetAccount,
  sourceAccount: transfer.sourceAccount,
  quote: null,
  quoteUuid: transfer.quote,
  status: transfer.status,
  reference: transfer.details.reference ?? '',
  rate: number(transfer.rate),
  created: spacedStamp(transfer.createdAt),
  business: businessOf(book, transfer),
  transferRequest: null,
  details: { reference: transfer.details.reference ?? '' },
  hasActiveIssues: transfer.cases.length > 0,
  sourceCurrency: transfer.sourceCurrency,
  sourceValue: number(transfer.sourceValue),
  targetCurrency: transfer.targetCurrency,
  targetValue: number(transfer.targetValue),
  customerTransactionId: transfer.customerTransactionId,
  payinSessionId: transfer.payinSession,
})
