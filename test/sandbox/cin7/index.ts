import type { MakeSimulator } from '../vendor'
import { perform } from './acts'
import { dump } from './dump'
import { handle } from './handle'
import { makeLimiter, throttled } from './limiter'
import { outgoing } from './outgoing'
import { seed } from './seed'

/**
 * Cin7 Core, as strict as shared/vendors/cin7.md says (section 15). Purchases, journals and money are not here yet.
 *
 * | switch `cin7.…`              | default | what it does (section of the sheet)                                             |
 * |------------------------------|---------|---------------------------------------------------------------------------------|
 * | `rateLimit.off`              | false   | no call limit                                                                   |
 * | `rateLimit.form`             | `429`   | `429`, `429-bare` (Retry-After: 30), `503` or `400` (3.3)                        |
 * | `rateLimit.shared`           | false   | one limit for the account instead of one for each application key (3.3)         |
 * | `rateLimit.limit`            | 60      | calls in the window                                                             |
 * | `rateLimit.windowMs`         | 60000   | length of the window, on the world's clock                                      |
 * | `html.status`                | 404     | status of the page for unknown paths; 200 was seen too (3.2)                    |
 * | `errors.bare`                | false   | the first problem as a bare object instead of an array (3.2)                    |
 * | `errors.in200`               | false   | the error model inside HTTP 200 (3.2)                                           |
 * | `listLagMs`                  | 0       | lists show a change (or a new record) only that much later; details at once     |
 * | `since.exclusive`            | false   | `…Since` filters leave out the bound itself (2, unverified)                     |
 * | `saleList.descending`        | false   | newest number first, as in the documented sample (2)                            |
 * | `combinedInvoice.asSamples`  | false   | `CombinedInvoiceStatus` is INVOICED / NOT INVOICED as in samples (8.4)          |
 * | `lines.refuseDuplicateSku`   | false   | the same SKU twice in one document is a 400 (8.2)                               |
 * | `quantity.anyPositive`       | false   | quantities below the documented minimum of 1 are accepted (8.2)                 |
 * | `charges.serviceProductOnly` | false   | a charge's Description must name a service product (8.2)                        |
 * | `accounts.revenueOnly`       | false   | `Account` of sale lines must be of class REVENUE                                |
 * | `party.partialPut`           | false   | PUT of a customer or supplier needs only `ID` (6.1, unverified)                 |
 * | `sale.locationOptional`      | false   | a sale without `Location` is accepted (8.1)                                     |
 * | `payments.acceptOver`        | false   | over-payments are accepted (15.16)                                              |
 * | `webhooks.noAddOn`           | false   | 403 or 400: /webhooks refuses with that status (15.18)                          |
 * | `webhooks.flat`              | false   | `…Updated` payloads flat with `Event`, as captured live (11)                    |
 * | `webhooks.saleTaskIdIsSale`  | false   | `SaleTaskID` of Sale/InvoiceAuthorised is the sale instead of the invoice (11)  |
 *
 * Actions (`POST /{world}/_control/cin7/{action}`; each takes `accountId` where there are several companies):
 * `edit-sale {sale, changes}`, `pick-sale {sale, picking?, packing?, shipping?}`, `void-sale {sale}`, `undo-sale {sale}`,
 * `void-invoice {taskId}`, `undo-invoice {taskId}`, `pay-invoice {taskId, amount?, account?, date?, reference?}`,
 * `delete-payment {id}`, `edit-customer {id, changes}`, `edit-supplier {id, changes}`, `deprecate-customer {id}`,
 * `deprecate-supplier {id}`, `deactivate-account {code}`, `activate-account {code}`, `set-term-active {name, active}`,
 * `set-tax-active {name, active}`, `set-lock-date {date}`, `set-keys {applicationKeys}`, `connect-ledger {on}`,
 * `fail-webhook {id?}`. A `sale` is an ID, a number or an ExternalID; a party's `id` may be its name.
 */
export const makeCin7: MakeSimulator = (world) => {
  const limited = makeLimiter(world)
  return {
    handle: (request) => handle(world, limited, request),
    seed: (input) => seed(world, input),
    dump: () => dump(world),
    act: (action, input) => perform(world, action, input),
    throttled,
    outgoing: async (delivery, _now, tampered) => outgoing(world, delivery, tampered),
  }
}
