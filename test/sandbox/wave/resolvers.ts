import { z } from 'zod'
import { businessView } from './business-view'
import { createCustomer, deleteCustomer, patchCustomer } from './customers'
import { notFound, Refused } from './errors'
import { graphId } from './ids'
import {
  approveInvoice,
  cloneInvoice,
  createInvoice,
  deleteInvoice,
  markInvoiceSent,
  patchInvoice,
  sendInvoice,
} from './invoices'
import { currencyView } from './money'
import { PageArgs, paged } from './paging'
import { createPayment, deletePayment, patchPayment } from './payments'
import { archiveProduct, createProduct, patchProduct } from './products'
import { subtypeViews, typeViews } from './subtypes'
import { createTransaction, createTransactions } from './transactions'
import type { Scope } from './views'
import { customerView, invoiceView, paymentView, productView } from './views'

const EPOCH = '2020-01-01T00:00:00.000Z'
const USER = '0b8f5a51-5d0e-4a0e-8a58-3f6f2c1f9d11'

const BusinessArgs = z.object({ id: z.string().nullish() })
const BusinessesArgs = PageArgs.extend({ isArchived: z.boolean().nullish() })
const CurrencyArgs = z.object({ code: z.string() })

export const queries = (scope: Scope, currencies: string[]) => ({
  user: () => ({
    id: graphId('User', { id: USER, business: '' }),
    createdAt: EPOCH,
    modifiedAt: EPOCH,
    defaultEmail: 'owner@example.com',
    firstName: 'Olive',
    lastName: 'Owner',
  }),
  oAuthApplication: () => {
    const [application] = scope.book.applications.all()
    if (!application) return null
    const { clientId } = application
    const id = btoa(`OAuthApplication:${clientId}`)
    return { id, clientId, name: 'ml-connector', description: null, createdAt: EPOCH, modifiedAt: EPOCH }
  },
  business(args: unknown) {
    const { id } = BusinessArgs.parse(args)
    const found = id ? scope.access.find('Business', id) : scope.access.businesses()[0]
    if (!found) throw notFound('Business', id ?? '')
    return businessView(scope, found)
  },
  businesses(raw: unknown) {
    const args = BusinessesArgs.parse(raw)
    const rows = scope.access.businesses().filter(({ isArchived }) => isArchived === (args.isArchived ?? false))
    return paged(scope.book, rows, args, 10, (business) => businessView(scope, business))
  },
  currencies: () => currencies.map(currencyView),
  currency: (args: unknown) => currencyView(CurrencyArgs.parse(args).code),
  accountTypes: typeViews,
  accountSubtypes: subtypeViews,
})

const InputArgs = z.object({ input: z.unknown() })

/** Sheet 2, second channel: `inputErrors` is null on success, and the record is null on refusal. */
const mutation =
  <T>(run: (input: unknown) => T, shown?: [field: string, view: (made: T) => unknown]) =>
  (args: unknown) => {
    try {
      const made = run(InputArgs.parse(args).input)
      return { didSucceed: true, inputErrors: null, ...(shown ? { [shown[0]]: shown[1](made) } : {}) }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { didSucceed: false, inputErrors: error.problems, ...(shown ? { [shown[0]]: null } : {}) }
    }
  }

type Change<T> = (book: Scope['book'], access: Scope['access'], input: unknown) => T

export const mutations = (scope: Scope) => {
  const via =
    <T>(change: Change<T>) =>
    (input: unknown): T =>
      change(scope.book, scope.access, input)
  const customer = (change: typeof patchCustomer) =>
    mutation(via(change), ['customer', (made) => customerView(scope, made)])
  const invoice = (change: typeof patchInvoice) =>
    mutation(via(change), ['invoice', (made) => invoiceView(scope, made)])
  const payment = (change: typeof patchPayment) =>
    mutation(via(change), ['invoicePayment', (made) => paymentView(scope, made)])
  const product = (change: typeof patchProduct) =>
    mutation(via(change), ['product', (made) => productView(scope, made)])
  return {
    customerCreate: customer(createCustomer),
    customerPatch: customer(patchCustomer),
    customerDelete: mutation(via(deleteCustomer)),
    invoiceApprove: invoice(approveInvoice),
    invoiceClone: invoice(cloneInvoice),
    invoiceCreate: invoice(createInvoice),
    invoicePatch: invoice(patchInvoice),
    invoiceMarkSent: invoice(markInvoiceSent),
    invoiceSend: invoice(sendInvoice),
    invoiceDelete: mutation(via(deleteInvoice)),
    invoicePaymentCreateManual: payment(createPayment),
    invoicePaymentPatch: payment(patchPayment),
    invoicePaymentDelete: mutation(via(deletePayment)),
    moneyTransactionCreate: mutation(via(createTransaction), ['transaction', ({ graphId: id }) => ({ id })]),
    moneyTransactionsCreate: mutation(via(createTransactions), [
      'transactions',
      (made) => made.map(({ graphId: id }) => ({ id })),
    ]),
    productCreate: product(createProduct),
    productPatch: product(patchProduct),
    productArchive: product(archiveProduct),
  }
}
