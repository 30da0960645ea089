import type { MakeSimulator } from '../vendor'
import { perform } from './acts'
import { dump } from './dump'
import { handle } from './handle'
import { makeLimiter, throttled } from './limiter'
import { outgoing } from './outgoing'
import { seed } from './seed'

/**
 * Cin7 Core, as strict as shared/vendors/cin7.md says (section 15). What the sheet leaves open in purchases, credit notes
 * and money follows the vendor's own API blueprint (its sources, section 18).
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
 * | `purchase.misspeltInvoiceNumber` | false | `/purchase` says `InvocieNumber`, as its documented sample does (9.2)          |
 * | `purchase.nameRequired`      | false   | lines of purchases need `Name` too, as the blueprint has it (9.1)               |
 * | `purchase.orderSimpleOnly`   | false   | `/purchase/order` serves simple purchases only (9.1, unverified)                |
 * | `purchase.simpleInvoiceDelete` | false | DELETE /advanced-purchase/invoice serves simple purchases too (blueprint: not)  |
 * | `journals.refuseSystemAccounts` | false | receivables, payables and their like are refused in journals (10, unverified)  |
 * | `webhooks.noAddOn`           | false   | 403 or 400: /webhooks refuses with that status (15.18)                          |
 * | `webhooks.flat`              | false   | `…Updated` payloads flat with `Event`, as captured live (11)                    |
 * | `webhooks.purchaseTaskIdIsPurchase` | false | `TaskID` of Purchase/… is the purchase, not its invoice or credit (11)      |
 * | `webhooks.saleTaskIdIsSale`  | false   | `SaleTaskID` of Sale/InvoiceAuthorised is the sale instead of the invoice (11)  |
 *
 * Actions (`POST /{world}/_control/cin7/{action}`; each takes `accountId` where there are several companies):
 * `edit-sale {sale, changes}`, `pick-sale {sale, picking?, packing?, shipping?}`, `ship-sale {sale}`, `void-sale {sale}`,
 * `undo-sale {sale}`, `credit-sale {sale, invoiceNumber?, amount?, account?, date?}`, `void-credit {taskId}`,
 * `void-invoice {taskId}`, `undo-invoice {taskId}`, `pay-invoice {taskId, amount?, account?, date?, reference?}`,
 * `delete-payment {id}`, `create-customer {fields}`, `create-supplier {fields}`, `edit-customer {id, changes}`,
 * `edit-supplier {id, changes}`, `deprecate-customer {id}`,
 * `deprecate-supplier {id}`, `deactivate-account {code}`, `activate-account {code}`, `set-term-active {name, active}`,
 * `set-tax-active {name, active}`, `set-lock-date {date}`, `set-keys {applicationKeys}`, `connect-ledger {on}`,
 * `fail-webhook {id?}`, `fail-delivery {event, body}`, `retry-deliveries {}`. A `sale` is an ID, a number or an ExternalID; a
 * party's `id` may be its name.
 *
 * Purchases, by ID or number: `create-purchase {supplier, type?, upTo?, lines?, charges?, amount?, …}` (purchases/seed.ts),
 * `edit-purchase {purchase, changes}`, `order-purchase {purchase, rows}`, `invoice-purchase {purchase, rows?, invoiceNumber?,
 * date?, dueDate?, status?}`, `receive-purchase {purchase, date?, status?}`, `credit-purchase {purchase, number?, rows?,
 * unstock?}`, `pay-purchase {purchase, taskId?, amount?, bank?, date?, reference?, type?}`, `delete-purchase-payment {id}`,
 * `void-purchase {purchase}`, `undo-purchase {purchase}`, `void-purchase-invoice {taskId}`, `undo-purchase-invoice {taskId}`,
 * `set-purchase-status {purchase, status}`, `set-invoice-rate {taskId, rate}`; rows are `lines?`, `charges?` or `amount?`, with
 * `account?`. Money: `create-journal {…as the API}`, `void-journal {taskId}`, `undo-journal {taskId}`,
 * `create-money-operation {…as the API}`, `void-money-operation {taskId}`.
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
