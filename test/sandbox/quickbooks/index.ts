import type { MakeSimulator } from '../vendor'
import { act } from './acts'
import { dump } from './dump'
import { type Door, handle } from './handle'
import { makeLimiter, refusalInForm } from './limiter'
import { outgoing } from './outgoing'
import { seed } from './seed'

/**
 * QuickBooks Online as its sheet (section 17) has it. What the sheet leaves open is a switch:
 *
 * | switch `quickbooks.…` | default | meaning (section of the sheet) |
 * | --- | --- | --- |
 * | `oauth.consent` | `page` | `auto`: the first company is connected without asking |
 * | `oauth.expiresIn` | 3600 | life of an access token in seconds (2) |
 * | `oauth.idleSeconds`, `oauth.hardSeconds` | 100 days, 5 years | life of a refresh token since its last use, since consent (2) |
 * | `oauth.rotateSeconds` | 86400 | age at which a refresh changes the refresh token (2) |
 * | `oauth.graceSeconds` | 0 | how long the value before still works (2) |
 * | `oauth.newValueDead` | false | true: the rotated value never works, the old one goes on (2) |
 * | `oauth.reuseKills`, `oauth.parallelKills` | false | a dead value, a second refresh at the same time, ends the consent (2) |
 * | `oauth.refreshMs` | 20 | real time that a refresh takes: what else comes with its value meanwhile is refused |
 * | `oauth.invalidClientStatus` | 401 | or 400 (2) |
 * | `throttle.off` | false | no call limits at all |
 * | `throttle.form` | `json` | form of 429: `xml` as recorded, `retry-after` as once claimed (4) |
 * | `throttle.perSecond`, `throttle.atOnce`, `throttle.perMinute` | 10, 10, 500 | call limits (5) |
 * | `throttle.holdMs` | 0 | real time that each call takes, so that calls overlap |
 * | `corePlus.limit` | 500000 | metered calls per app and month (5) |
 * | `write.answer` | `normal` | `500`, `504`, `200-fault`, `200-empty`, `429`: done, but told so |
 * | `suspended.status`, `suspended.readsToo` | 400, false | how an ended subscription refuses, and whether reads too (4) |
 * | `inactiveReference.code` | `610` | or `2500` (4) |
 * | `duplicateName.bare` | false | 6240 with the text recorded in 2020 (4) |
 * | `webAddr.validated` | true | false: any text is a web address (10) |
 * | `amount.mismatch` | `recompute` | `6070`: quantity × price must be the amount (11) |
 * | `total.negative` | false | true: documents below zero are accepted (not in the sheet) |
 * | `bill.expenseAccountsOnly` | false | true: lines take expense accounts only, as documented (11) |
 * | `docNumber.scope` | `company` | `vendor`: numbers are unique per vendor (11) |
 * | `order.needsAccount` | true | false: an order finds its payable account itself (12) |
 * | `order.statusAtOnce` | false | true: the answer to a create has `POStatus` (12) |
 * | `requestId.nameLists` | true | false: it does nothing for vendors (3) |
 * | `requestId.keepsRefusals` | false | true: refusals come back too (3) |
 * | `query.sortById` | false | true: sorting by Id still works (7) |
 * | `query.extraProperties` | [] | more to filter by, as `PurchaseOrder.VendorRef` (7) |
 * | `cdc.exclusive` | false | true: the bound itself is left out (8) |
 * | `cdc.acceptOld` | false | true: more than 30 days back is accepted (8) |
 * | `cdc.most` | 1000 | objects in one answer (8) |
 * | `batch.inOrder` | false | true: answers in the order of the items (9) |
 * | `webhook.echo` | true | false: writes through the API are not announced (15) |
 * | `webhook.lost`, `webhook.copies` | false, 1 | events never leave; leave several times with one id |
 * | `webhook.hold` | false | events wait for `flush-webhooks` and leave together |
 * | `webhook.outbox` | false | deliveries wait for `next-webhook` and `answer-webhook`: Intuit's retries |
 * | `webhook.blocks` | true | a delivery that failed holds up those behind it (15) |
 * | `webhook.olderRetries` | false | three retries, then dropped, as the older page has it (15) |
 * | `webhook.voidWord` | `void` | or `voided` (15) |
 * | `webhook.longIds` | false | event ids end in `-Entity-Id` (15) |
 *
 * Acts in a company (`realmId` where there are several): `create {entity, fields}`, `edit {entity, id, changes}`,
 * `deactivate`, `activate`, `delete {entity, id}`, `pay-bill {id, amount?, date?}`, `unpay-bill {id}`,
 * `merge-vendors {from, into}`, `settings {changes}`. Acts outside: `consent {realmId, clientId?, redirectUri?}`, `grant {…}`,
 * `connect {realmId}`, `disconnect {realmId?}`, `lose-admin`, `regain-admin`, `expire-access`, `hook {hook}`,
 * `emit {realmId, entity, id, operation}`, `emit-raw {body}`, `flush-webhooks {reversed?}`, `next-webhook {tampered?}`,
 * `answer-webhook {id, status, ms?}`. Forms of `throttled`: see limiter.ts.
 */
export const makeQuickbooks: MakeSimulator = (world) => {
  const door: Door = { world, limiter: makeLimiter(world), inFlight: new Set() }
  return {
    handle: (request) => handle(door, request),
    seed: (input) => seed(world, input),
    dump: () => dump(world),
    act: (action, input) => act(world, action, input),
    throttled: (form) => refusalInForm(world, form),
    outgoing,
  }
}
