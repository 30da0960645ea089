import Big from 'big.js'
import { z } from 'zod'
import { type Call, ok, readBody, userOf } from './call'
import { notFound, type Problem } from './errors'
import type { Quote, Recipient } from './model'
import { priceOf } from './pricing'
import { usableRecipient } from './recipients'
import { fieldView } from './requirements'

/** Reference rules per route: US and Mexico are documented, the others are ours (sheet 7). */
const REFERENCE: Record<string, { most: number; pattern: string }> = {
  aba: { most: 10, pattern: '[a-zA-Z0-9- ]*' },
  mexican: { most: 100, pattern: '[a-zA-Z0-9- ]*' },
  sort_code: { most: 18, pattern: '[a-zA-Z0-9-/ ]*' },
}
const ANY_REFERENCE = { most: 140, pattern: '.*' }

const PURPOSE = ['THB', 'CNY', 'INR']
const LARGE = { currency: 'USD', above: '80000' }

const isLarge = (quote: Quote): boolean =>
  quote.sourceCurrency === LARGE.currency && new Big(priceOf(quote).source).gt(LARGE.above)

export const TransferDetails = z.looseObject({
  reference: z.string().optional(),
  transferPurpose: z.string().optional(),
  transferPurposeSubTransferPurpose: z.string().optional(),
  transferPurposeInvoiceNumber: z.string().optional(),
  sourceOfFunds: z.string().optional(),
})
type TransferDetails = z.infer<typeof TransferDetails>

/** Codes and texts are ours: only the rules are documented. */
const notValid = (field: string, message: string): Problem => ({ code: 'NOT_VALID', message, path: `details.${field}` })

export const detailProblems = (quote: Quote, recipient: Recipient, details: TransferDetails): Problem[] => {
  const { most, pattern } = REFERENCE[recipient.type] ?? ANY_REFERENCE
  const reference = details.reference ?? ''
  const problems: Problem[] = []
  if (reference.length > most) problems.push(notValid('reference', `Reference can have ${most} characters at most.`))
  else if (!new RegExp(`^${pattern}$`).test(reference))
    problems.push(notValid('reference', 'Reference has characters that are not allowed.'))
  if (PURPOSE.includes(quote.targetCurrency) && !details.transferPurpose)
    problems.push(notValid('transferPurpose', 'Please specify the purpose of the transfer.'))
  if (isLarge(quote) && !details.sourceOfFunds)
    problems.push(notValid('sourceOfFunds', 'Please specify the source of funds.'))
  return problems
}

const purposes = ['bills', 'goods', 'services'].map((word) => ({
  key: `verification.transfers.purpose.pay.${word}`,
  name: `Paying for ${word}`,
}))
const funds = ['business', 'other'].map((word) => ({ key: `verification.source.of.funds.${word}`, name: word }))

const RequirementsBody = z.looseObject({ targetAccount: z.int(), quoteUuid: z.string() })

/** `POST /v1/transfer-requirements`: what this route wants to know. */
export const transferRequirements = (call: Call) => {
  const { targetAccount, quoteUuid } = readBody(call, RequirementsBody)
  const quote = call.book.quotes.get(quoteUuid)
  if (!quote || quote.user !== userOf(call).id) throw notFound('Quote')
  const recipient = usableRecipient(call.book, quote.profile, targetAccount, 422)
  const { most, pattern } = REFERENCE[recipient.type] ?? ANY_REFERENCE
  const fields = [
    fieldView({ key: 'reference', name: 'Transfer reference', type: 'text', required: false, most, pattern }),
  ]
  const select = { type: 'select' as const, required: true }
  if (PURPOSE.includes(quote.targetCurrency))
    fields.push(fieldView({ ...select, key: 'transferPurpose', name: 'Transfer purpose', words: purposes }))
  if (isLarge(quote)) fields.push(fieldView({ ...select, key: 'sourceOfFunds', name: 'Source of funds', words: funds }))
  return ok([{ type: 'transfer', fields }])
}
