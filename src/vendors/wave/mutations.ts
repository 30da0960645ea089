import { gql } from 'graphql-request'
import type { Call } from '../../core/vendor'
import { PATH } from './client'

/**
 * All that is ever written to Wave: there is no other way to make a mutation, so invoices, customers, products and accounts are
 * only read. What is not asked for cannot be misread: of an answer, the id.
 */
const MUTATIONS = {
  moneyTransactionCreate: gql`
    mutation moneyTransactionCreate($input: MoneyTransactionCreateInput!) {
      moneyTransactionCreate(input: $input) { didSucceed inputErrors { path message code } transaction { id } }
    }
  `,
  invoicePaymentCreateManual: gql`
    mutation invoicePaymentCreateManual($input: InvoicePaymentCreateManualInput!) {
      invoicePaymentCreateManual(input: $input) { didSucceed inputErrors { path message code } invoicePayment { id } }
    }
  `,
}

export type Mutation = keyof typeof MUTATIONS

/** Everything goes as variables: text is never put into the document (sheet section 2). */
export const mutation = (name: Mutation, input: Record<string, unknown>): Call => ({
  method: 'POST',
  path: PATH,
  route: name,
  body: { query: MUTATIONS[name], variables: { input }, operationName: name },
})
