import type { MakeSimulator } from '../vendor'
import { act } from './acts'
import { dump } from './dump'
import { handle } from './handle'
import { makeLimiter } from './limiter'
import { outgoing } from './outgoing'
import { refusalInForm } from './refusal-forms'
import { seed } from './seed'

/**
 * Acumatica as its sheet (section 12) has it: one instance with its tenants. What the sheet leaves open is a switch:
 *
 * | switch `acumatica.…` | default | meaning (section of the sheet) |
 * | --- | --- | --- |
 * | `oauth.consent` | `auto` | `page`: a page with links that carry `decision=allow` and `deny` (12.1) |
 * | `oauth.expiresIn` | 3600 | life of an access token in seconds (3) |
 * | `oauth.reuseKills` | false | a spent refresh token ends the whole chain (12.1) |
 * | `oauth.unreadable` | false | token errors are 400 with a page instead of JSON (12.1) |
 * | `signOut.needsLength` | true | false: sign-out without `Content-Length` is no 411 (3) |
 * | `seats.limit`, `seats.status` | 10, 429 | API users of the licence, and how one too many is refused; or 500 (8) |
 * | `throttle.perMinute`, `throttle.atOnce` | 0, 0 | limits of the licence; 0 is none, as on a trial (8) |
 * | `throttle.form`, `throttle.retryAfter` | `text`, false | form of 429: also `json`, `empty`; with a Retry-After (8) |
 * | `root.bareArray`, `root.lists26` | false | `GET /entity` of older builds; also lists `Default/26.200.001` (2) |
 * | `keys.padded` | false | keys come back padded with spaces (4) |
 * | `filter.looseStamps` | false | true: literals without offset or with `Z` are understood (14) |
 * | `filter.twoViewsEmpty` | false | true: conditions on two views match nothing together (5) |
 * | `order.filters` | `work` | `keys-only`, `keys-and-stamp`: other filters on orders answer `[]` (5) |
 * | `list.notOptimizable` | [] | fields or parts that refuse a list, as `Vendor.MainContact` (5) |
 * | `vendor.contactStamp` | true | false: a change of contact or address alone does not move the stamp (5) |
 * | `vendor.upperCase` | false | true: a new VendorID is kept in capitals (4) |
 * | `text.tooLong` | `error` | `cut`: texts that are too long are cut without a word (14) |
 * | `line.extendedCost` | `sent` | `recomputed`: always quantity × price (6) |
 * | `order.serviceLines` | true | false: every line of an order needs an item (6) |
 * | `duplicates.status` | 500 | 422: how a vendor reference used twice is refused (10) |
 * | `duplicates.acrossTypes` | false | true: unique per vendor over all types of bills (10) |
 * | `errors.envelope` | false | true: 422 bodies carry exceptionType as on one build (9) |
 * | `action.polls`, `action.seconds` | 1, 60 | status calls that answer 202, and when it ends without any; 0 polls: 204 at once (7) |
 * | `action.absolute` | false | true: `Location` is a whole address (2) |
 * | `action.refusal` | 422 | 500: how an action on a record in the wrong state is refused (12.10) |
 * | `write.answer` | `normal` | `500`, `500-html`, `503`, `302`, `429`: done, but told so (12.14) |
 * | `push.lost`, `push.copies` | false, 1 | pushes never leave; leave several times with one id |
 * | `push.padded` | true | keys in `Deleted` are padded (11) |
 * | `push.outbox` | false | pushes wait for `next-push` and `answer-push`: five attempts (11) |
 *
 * Settings of a tenant (numbering, preferences, periods, features) are seeded, see seed-input.ts, or changed by `settings`.
 *
 * Acts in a tenant (`tenant` where there are several): `create {entity, fields}`, `edit {entity, key, changes}`,
 * `delete {entity, key}`, `rename-vendor {key, to}`, `release-bill`, `reverse-bill`, `approve-bill`, `reject-bill {key}`,
 * `pay-bill {key, amount?}`, `approve-order`, `send-order {key}`, `receive-order {key, number, lines}`,
 * `status {entity, key, status}`, `settings {…}`. Acts outside: `consent {clientId?, redirectUri?, user?, scopes?}`,
 * `grant {…}`, `revoke`, `remove-app`, `change-secret {clientSecret}`, `expire-access`, `end-sessions`,
 * `next-push {reversed?, tampered?}`, `answer-push {id, status}`, `resend-push {id}`. Forms of `throttled`: refusal-forms.ts.
 */
export const makeAcumatica: MakeSimulator = (world) => {
  const door = { world, limiter: makeLimiter(world) }
  return {
    handle: (request) => handle(door, request),
    seed: (input) => seed(world, input),
    dump: () => dump(world),
    act: (action, input) => act(world, action, input),
    throttled: (form) => refusalInForm(world, form),
    outgoing,
  }
}
