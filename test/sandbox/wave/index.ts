import type { MakeSimulator } from '../vendor'
import { act } from './acts'
import { serveGraphql } from './graphql'
import { makeLimiter, throttled } from './limits'
import type { Book } from './model'
import { openBook } from './model'
import { serveOauth } from './oauth'
import { seedAll } from './seed'
import { signed } from './webhooks'

/**
 * Wave Accounting as its sheet (section 8) has it. What the sheet leaves open is a switch:
 *
 * | switch | default | meaning |
 * | --- | --- | --- |
 * | `auth.status` | 200 | HTTP status with UNAUTHENTICATED; 401 |
 * | `forbidden.status` | 200 | HTTP status with a missing scope or a lapsed plan; 403 |
 * | `forbidden.code` | `UNAUTHENTICATED` | error code of the same |
 * | `validation.status` | 400 | HTTP status of parse, validation and variable errors; 200 |
 * | `variables.code` | `BAD_USER_INPUT` | or `VARIABLE_VALUE` |
 * | `strings.inline` | `accept` | `refuse`: string literals in arguments are validation errors |
 * | `node.missing` | `error` | `null`: an unknown id under a business is plain null |
 * | `internalError.fields` | [] | fields (`Invoice.customer`, `Mutation.invoiceCreate`) that fail |
 * | `internalError.afterCommit` | false | true: those fields do their work first |
 * | `pageSize.cap` | 200 | larger pages are cut to it |
 * | `pageInfo.totals` | true | false: `totalCount` and `totalPages` are null |
 * | `modifiedAtAfter.inclusive` | false | true: the bound belongs to the answer |
 * | `items.emptyIsNull` | false | true: an invoice without lines has `items: null` |
 * | `money.thousands` | false | true: `Money.value` with separators |
 * | `tax.rounding` | `line` | `document`: each tax is summed first, then rounded |
 * | `discount.beforeTax` | false | true: tax is taken on the discounted lines |
 * | `invoiceNumber.unique` | false | true: a taken number is refused |
 * | `invoiceDelete.draftsOnly` | false | true: only drafts can be deleted |
 * | `payment.touchesInvoice` | true | false: a payment leaves the invoice's `modifiedAt` |
 * | `externalId.duplicate` | `refuse` | `accept` books again; `same` answers the first transaction |
 * | `anchor.subtypes` | CASH_AND_BANK, CREDIT_CARD, LOANS | account subtypes that may be the anchor |
 * | `lineItems.anchorTypes` | false | true: such accounts may be line items as well |
 * | `lineItems.taxes` | `inside` | `onTop`: line taxes count in the balance |
 * | `rate.perMinute`, `rate.atOnce` | 0 | limits per token; 0 is none |
 * | `rate.form`, `rate.retryAfter`, `rate.holdMs` | `429`, 2, 20 | form of the refusal, its seconds, hold with `rate.atOnce` |
 * | `oauth.consent` | `approve` | `deny`: the user refuses |
 * | `oauth.businesses` | `all` | ids of the businesses that the user allows |
 * | `oauth.withheld` | [] | scopes that the user does not give |
 * | `oauth.expiresIn` | 7200 | life of an access token in seconds |
 * | `oauth.refreshToken` | true | false: no refresh token in answers, the old one stays |
 * | `oauth.redirectOnRefresh` | true | false: `redirect_uri` may be left out on refresh |
 * | `webhook.businessId` | `uuid` | `graphql`: the GraphQL id |
 * | `webhook.skewSeconds` | 0 | added to `t`: late or future signatures |
 * | `webhook.copies` | 1 | times each event is queued, with one `event_id` |
 * | `webhook.lost` | false | true: events never leave |
 * | `webhook.seedEvents` | false | true: also `invoice.created`, `invoice.updated`, `payment.created`, … |
 */
export const makeWave: MakeSimulator = (world) => {
  const book = openBook(world)
  const limiter = makeLimiter(world)
  return {
    handle(request) {
      if (request.path === '/graphql/public') return limiter.around(request, () => serveGraphql(book, request))
      if (request.path.startsWith('/oauth2/')) return serveOauth(book, request)
      return { status: 404, body: 'Not Found' }
    },
    seed: (input) => seedAll(book, input ?? {}),
    dump: () => dumped(book),
    act: (action, input) => act(book, action, input),
    throttled: (form) => throttled(world, form),
    outgoing: signed,
  }
}

const dumped = ({ records, ...rest }: Book) => ({
  businesses: records.Business.all(),
  accounts: records.Account.all(),
  customers: records.Customer.all(),
  vendors: records.Vendor.all(),
  products: records.Product.all(),
  salesTaxes: records.SalesTax.all(),
  invoices: records.Invoice.all(),
  payments: records.InvoicePayment.all(),
  transactions: rest.transactions.all(),
  tokens: rest.tokens.all(),
  grants: rest.grants.all(),
  applications: rest.applications.all(),
  webhooks: rest.registrations.all(),
})
