import { gql } from 'graphql-request'
import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Adopted, Target, TargetRef } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { atMost, fromMinor, isDecimal, same } from '../../lib/money'
import { asPosted } from './as-posted'
import { askBusiness, below } from './client'
import { bareNumber, businessUuid, childId } from './ids'
import { type InvoicePaymentDraft, invoicePayments, payInvoice, paymentFacts } from './invoice-payments'
import { type Invoice, invoices } from './invoices'
import { searchOpenInvoices } from './open-invoices'

/**
 * Money that came, as payments of invoices. A person may say which: by the id of an invoice, which is paid then, or by that of a payment
 * that somebody has entered, which stays as it is.
 */
export const receipts: Target<InvoicePaymentDraft> = {
  ...invoicePayments,
  ...asPosted,
  search: async (api, terms) => (terms.kind === 'dated' ? searchOpenInvoices(api, terms) : []),
  adopt: async (api, id) => (isPayment(id) ? adoptPayment(api, id) : adoptInvoice(api, id)),
  update(api, target, draft) {
    if (!isPayment(target.id)) return payInvoice(api, { ...draft, invoice: target.id })
    refuseUnlessSame(target, draft)
    return Promise.resolve(target)
  },
}

const isPayment = (id: string): boolean => bareNumber(id, 'InvoicePayment') !== undefined

/** Also by the bare number, which people see in Wave's URLs. */
const adoptInvoice = async (api: ReadApi, id: string): Promise<Adopted | null> => {
  const invoice = await invoices.read(api, childId(businessUuid(api.account) ?? '', 'Invoice', id) ?? id)
  if (!invoice) return null
  if (invoice.status === 'DRAFT' || atMost(invoice.amountDue.minorUnitValue, '0')) throw notOpen(invoice)
  return {
    target: { id: invoice.id, number: invoice.invoiceNumber, facts: {} },
    terms: termsOf(
      invoice.invoiceNumber,
      invoice.invoiceDate,
      fromMinor(invoice.amountDue.minorUnitValue, invoice.currency.exponent),
      invoice.currency.code,
      invoice.customer.name,
    ),
  }
}

const PAYMENT = gql`
  query InvoicePayment($businessId: ID!, $id: ID!) {
    business(id: $businessId) {
      invoicePayment(id: $id) { id amount active paymentDate invoice { invoiceNumber currency { code } customer { name } } }
    }
  }
`

const Payment = z.lazy(() =>
  z.object({
    id: z.string(),
    amount: z.string().refine(isDecimal),
    active: z.boolean().nullish(),
    paymentDate: z.string().nullable(),
    invoice: z.object({
      invoiceNumber: z.string(),
      currency: z.object({ code: z.string() }),
      customer: z.object({ name: z.string() }),
    }),
  }),
)

const OnePayment = below(() => z.object({ invoicePayment: Payment.nullable() }))

const adoptPayment = async (api: ReadApi, id: string): Promise<Adopted | null> => {
  const payment = (await askBusiness(api, PAYMENT, { id }, OnePayment))?.invoicePayment
  if (!payment || payment.active === false) return null
  const { amount, paymentDate, invoice } = payment
  const currency = invoice.currency.code
  return {
    target: {
      id: payment.id,
      number: bareNumber(payment.id, 'InvoicePayment') ?? '',
      facts: paymentFacts(paymentDate ?? '', amount, currency),
    },
    terms: termsOf(invoice.invoiceNumber, paymentDate ?? '', amount, currency, invoice.customer.name),
  }
}

const termsOf = (number: string, date: string, total: string, currency: string, party: string) =>
  ({ kind: 'dated', number, date, total, currency, party }) as const

/** One that we made says nothing of itself and is what we sent. */
const refuseUnlessSame = ({ number, facts }: TargetRef, { amount, currency }: InvoicePaymentDraft): void => {
  const { amount: entered, currency: of } = facts
  if (entered === undefined || (of === currency && same(entered, amount))) return
  throw rejected(
    'wave_payment_differs',
    `payment ${number} is over ${entered} ${of}, and ${amount} ${currency} came`,
    'Correct the payment in Wave, then replay this record.',
  )
}

const notOpen = ({ invoiceNumber, status, payments }: Invoice): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'wave_invoice_not_open',
    message: `nothing of invoice ${invoiceNumber} is open (${status})`,
    remedy:
      'Link the record with another invoice, or with the payment that was entered by hand, by its id (POST …/matches/accept).',
    facts: Object.fromEntries(
      (payments ?? []).flatMap((one) =>
        one ? [[`payment of ${one.paymentDate ?? '?'}`, `${one.amount ?? '?'} ${one.memo ?? ''} · ${one.id}`]] : [],
      ),
    ),
  })
