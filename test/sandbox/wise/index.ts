import type { MakeSimulator } from '../vendor'
import { perform } from './acts'
import { dump } from './dump'
import { handle } from './handle'
import { makeLimiter, throttled } from './limiter'
import { openBook } from './model'
import { seed } from './seed'
import { outgoing } from './sending'

/**
 * Wise Platform, as its sheet (section 13) has it: legacy and calendar paths, OAuth and consent below one address. What the
 * sheet leaves open, and what tests turn, is a switch:
 *
 * | switch `wise.…`               | default    | meaning (section of the sheet)                                              |
 * | ----------------------------- | ---------- | --------------------------------------------------------------------------- |
 * | `strict.fields`               | false      | unknown body fields are refused: finds misspelt optional ones                |
 * | `auth.personalEverywhere`     | true       | false: calls listed for user tokens refuse a personal one (3, U)             |
 * | `oauth.consent`               | `ask`      | `approve`, `deny`: the consent page answers by itself                        |
 * | `oauth.expiresIn`             | 43199      | life of an access token in seconds                                           |
 * | `oauth.oldRefreshLives`       | false      | the refresh token before stays valid (4)                                     |
 * | `sca.personalSignature`       | false      | a signed one-time token is accepted from personal tokens (4)                 |
 * | `sca.userTokens`              | false      | OAuth user tokens need strong authentication too (4)                         |
 * | `sca.body`                    | `gateway`  | `guide`: body of the 403 as a 2026 guide has it                              |
 * | `fees`                        | see code   | `{BALANCE: {fixed, percent}, BANK_TRANSFER: …}` (5, U)                       |
 * | `quotes.rateMinutes`          | 30         | until `rateExpirationTime`; 4320 as in the reference (5)                     |
 * | `quotes.quoteMinutes`         | 30         | until `expirationTime`; 1440 as in a guide (5)                               |
 * | `quotes.rateType`             | `FIXED`    | or `FLOATING`                                                                |
 * | `quotes.notices`              | []         | `[{text, link, type}]` on new quotes; type `BLOCKED` refuses the transfer    |
 * | `quotes.recipientFee`         | `0`        | added to the fixed fee once a recipient is bound (5)                         |
 * | `recipients.refusal`          | 422        | or 400 (12)                                                                  |
 * | `recipients.shape`            | `2026`     | `older`: the flat answer (6)                                                 |
 * | `recipients.nameCheck`        | `SUCCESS`  | `PARTIAL_FAILURE`, `FAILURE` (block until accepted), `COULD_NOT_CHECK` (6)   |
 * | `recipients.endMarker`        | 0          | null, or `last`: the last id once more, then an empty page (6, U)            |
 * | `transfers.otherBody`         | `first`    | `refuse`: same `customerTransactionId`, other body, is a 409 (14)            |
 * | `transfers.approval`          | false      | creation fails for missing approval (7)                                      |
 * | `transfers.cancelAfterDays`   | 14         | unfunded transfers are cancelled (7)                                         |
 * | `transfers.autoMs`            | 0          | funded transfers go on by themselves, a step in this time                    |
 * | `cancel.unfundedOnly`         | false      | the rule of 2020 (8)                                                         |
 * | `refunds.delayMs`             | 0          | from `cancelled` to `funds_refunded` of a funded transfer                    |
 * | `refunds.swiftLoss`           | 5 to 15    | per cent missing in the refund event of SWIFT payouts (10)                   |
 * | `funding.insufficient`        | `rejected` | `unavailable` (422 JSON), `legacy`, `text` (9)                               |
 * | `funding.errors`              | `text`     | `json` (9)                                                                   |
 * | `funding.status`              | 201        | 200: the older answer (9)                                                    |
 * | `funding.pendingMs`           | 0          | answers `CREATED`; the money moves that much later (9)                       |
 * | `funding.missingRole`         | false      | 403 `balance.unauthorised.missing-security-role` (9)                         |
 * | `simulation.delayMs`          | 2000       | until a simulated step takes effect (10)                                     |
 * | `statements.lagMs`            | 0          | statements show money that much later than webhooks (11)                     |
 * | `webhooks.probe`              | `call`     | `skip`: no test call on create, for tests without a network                  |
 * | `webhooks.probeStatus`        | 400        | status of `INVALID_CALLBACK_URL` (14)                                        |
 * | `webhooks.allowLocal`         | false      | http, ports, addresses and localhost are accepted                            |
 * | `webhooks.transport`          | `world`    | `own`: kept until the act `deliver-due` sends them, with the plan of 25      |
 * | `webhooks.signature`          | `sha256`   | `both`, `sha1`, `none`                                                       |
 * | `webhooks.tampered`           | false      | signatures over other bytes                                                  |
 * | `webhooks.copies`             | 1          | times each event goes out                                                    |
 * | `webhooks.copyIds`            | `same`     | `new`: the copies have delivery ids of their own                             |
 * | `webhooks.newIdOnRetry`       | false      | a retry has a new delivery id (14)                                           |
 * | `webhooks.freshSentAt`        | false      | `sent_at` is that of the attempt (14)                                        |
 * | `webhooks.delayMs`            | 0          | events leave that much later                                                 |
 * | `webhooks.lost`               | false      | events never leave                                                           |
 * | `webhooks.testFields`         | `missing`  | `all`: test notifications with every documented field (11)                   |
 * | `rateLimit.off`               | false      | no limit                                                                     |
 * | `rateLimit.perSecond`         | 100        | per token; `rateLimit.perMinute` 1000 (12)                                   |
 * | `rateLimit.form`              | `429`      | `429-bare`, `429-json`; `rateLimit.retryAfter` 5                             |
 *
 * Later effects happen when a call or an act comes after their time; the act `tick` is one that does nothing else. Events in
 * wrong order: `reversed` of the world's deliveries. "Answer lost" on funding: the world's fault `drop-after`.
 *
 * Actions (`POST /{world}/_control/wise/{action}`; `profile` and `email` may be left out: the first business, the first user):
 * people: `issue-token {email?, token?, readOnly?, expiresAt?}`, `revoke-token {token}`, `consent {clientId?, redirectUri,
 * state?, profile?, deny?}`, `revoke-app {email?, clientId?}`, `change-email {email?, to}`, `register-user {clientId?, email,
 * name?, registrationCode}`, `upload-sca-key {email?, pem}`, `approve-one-time-token {token}`, `set-country {profile?, country}`;
 * money: `set-rate {source, target, rate}`, `top-up {profile?, currency, amount, channel?}`, `spend {profile?, currency,
 * amount}`, `open-balance`, `close-balance {profile?, currency}`, `create-recipient {profile?, …body}`, `delete-recipient
 * {recipient}`, `accept-name-check {recipient}`, `verify-profile {profile?, verified?}`;
 * transfers: `create-transfer {profile?, recipient, sourceCurrency, sourceAmount | targetAmount, reference?}`, `fund-transfer
 * {transfer, by?}`, `cancel-transfer {transfer}`, `advance-transfer {transfer, to}`, `set-transfer-state {transfer, to, force?}`,
 * `fail-payout {transfer, code?}`, `open-case {transfer, cases?}`, `close-case {transfer}`;
 * webhooks: `public-key`, `rotate-key`, `test-notification {subscription?}`, `web-form-probe {url}`, `emit {profile?, event,
 * data}`, `delivery-answered {deliveryId, status?}`, `deliver-due`, `redirect-subscription {subscription, url}`, `tick`.
 */
export const makeWise: MakeSimulator = (world) => {
  const book = openBook(world)
  const limited = makeLimiter(world)
  return {
    handle: (request) => handle(book, limited, request),
    seed: (input) => seed(book, input),
    dump: () => dump(book),
    act: (action, input) => perform(book, action, input),
    throttled: (form) => throttled(world, form),
    outgoing: (delivery, now, tampered) => outgoing(book, delivery, now, tampered),
  }
}
