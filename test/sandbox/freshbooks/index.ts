import type { MakeSimulator } from '../vendor'
import { perform } from './acts'
import { dump } from './dump'
import { handle } from './handle'
import { makeLimiter, throttled } from './limiter'
import { outgoing } from './outgoing'
import { seed } from './seed'

/**
 * FreshBooks as its sheet (section 9) has it. What the sheet leaves open is a switch:
 *
 * | switch | default | meaning |
 * | --- | --- | --- |
 * | `oauth.expiresIn` | 43200 | life of an access token in seconds |
 * | `oauth.codeMs` | 300000 | life of a code |
 * | `oauth.consent` | `page` | `approve`, `deny`: the consent page answers for its user |
 * | `oauth.httpRedirect` | false | true: `http://` redirects are taken |
 * | `oauth.enforcePkce` | true | false: a wrong `code_verifier` is let pass |
 * | `oauth.redirectOnRefresh` | true | false: `redirect_uri` may be left out on refresh |
 * | `oauth.oldTokenSurvives` | true | false: a refresh kills the access token before it |
 * | `oauth.refreshKeepsCreatedAt` | false | true: a refreshed token has the `created_at` of the first, and dies as early |
 * | `oauth.shown` | {} | fields that token answers show otherwise, e.g. `created_at`; the token lives as it does |
 * | `api.version` | `2023-02-20` | `x-api-version` of answers when none was asked for |
 * | `errors.style` | `version` | `old`, `new`: accounting errors; by version, the old shape is for older ones |
 * | `errors.http200` | false | true: old-style error bodies come under 200 |
 * | `errors.single` | false | true: `errors` of the old style is one object |
 * | `auth.form` | `unauthenticated` | `1003`: a bad bearer in accounting |
 * | `account.foreignStatus` | 403 | 401: status with errno 1003 for an account of others |
 * | `events.errorStyle` | `new` | `old`: `fieldViolations` |
 * | `crash.resources` | [] | plurals of resources that answer 500 |
 * | `ledger.scope` | `journal_entries` | object of the scope for ledger accounts |
 * | `rate.limit`, `rate.postLimit`, `rate.windowMs` | 600, 250, 60000 | the two buckets and their window |
 * | `rate.key` | `token` | `app`, `account`: what a bucket belongs to |
 * | `rate.form` | `429` | `429-bare`, `429-text`, `429-html`, `503` |
 * | `rate.off` | false | true: nothing is refused |
 * | `delete.bumpsUpdated` | false | true: a soft delete moves `updated` of everything, not of clients alone |
 * | `invoice.partialStatus` | 2 | 8: `status` of a partly paid invoice, as the vendor's table has it |
 * | `invoice.conflict` | false | true: creates without a number answer 409 |
 * | `tax.rounding` | `total` | `line`: each line is rounded |
 * | `bills.lines` | `wire` | `sdk`: category as text, quantity as a number |
 * | `bills.issueDateFilter` | false | true: `issue_date_min` and `_max` work |
 * | `bills.paymentTouchesBill` | true | false: a bill payment leaves `updated_at` of its bill |
 * | `journal.billDetailType` | `bill` | `detail_type` of what bills and bill payments book |
 * | `journal.endDateInclusive` | true | false: `end_date` is outside of the window |
 * | `events.paymentFiresInvoiceUpdate` | false | true: a payment also fires `invoice.update` |
 * | `events.billPaymentFiresBillUpdate` | false | true: a bill payment fires `bill.update` |
 * | `webhook.fields` | `new` | `old`: name, object_id, user_id, account_id |
 * | `webhook.system` | `` | a text: one more field `system` in deliveries |
 * | `webhook.handshakeSigned` | true | false: `callback.verify` comes unsigned |
 * | `webhook.wrongVerifier` | 400 | status of a wrong verifier |
 * | `webhook.resendNewCode` | false | true: a resend makes a new verifier |
 * | `webhook.sqlStamps` | false | true: `updated_at` of callbacks without `T` and `Z` |
 * | `webhook.deleteStatus` | 204 | 200: with an empty body |
 * | `webhook.delayMs`, `webhook.copies`, `webhook.lost` | 0, 1, false | late, repeated and lost events |
 * | `webhook.retries`, `webhook.retrySeconds` | 5, 60 | retries after failures, each twice as late as the one before |
 * | `webhook.disableAfterDays` | 7 | days of failure after which a callback is no longer verified |
 *
 * A late or repeated delivery leaves when the clock has moved and somebody calls, or acts. Whoever takes deliveries tells
 * how they went by the act `report-delivery {status, ms}`; without a report nothing is sent again.
 */
export const makeFreshbooks: MakeSimulator = (world) => {
  const admit = makeLimiter(world)
  return {
    handle: (request) => handle(world, admit, request),
    seed: (input) => seed(world, input),
    dump: () => dump(world),
    act: (action, input) => perform(world, action, input),
    throttled: (form) => throttled(world, form),
    outgoing: (delivery, _now, tampered) => outgoing(world, delivery, tampered),
  }
}
