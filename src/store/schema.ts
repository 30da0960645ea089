import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** One business that uses the connector. `version` rises with every change of its configuration. */
export const tenants = sqliteTable(
  'tenants',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    version: integer().notNull(),
    /** Its data key, wrapped (lib/seal.ts). */
    dataKey: text('data_key').notNull(),
    createdAt: integer('created_at').notNull(),
    /** When cron last looked whether it does its work in time (edge/poke.ts). */
    pokedAt: integer('poked_at').notNull().default(0),
  },
  (t) => [index('tenants_poked').on(t.pokedAt)],
)

export const connections = sqliteTable(
  'connections',
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    vendor: text().notNull(),
    environment: text().notNull(),
    name: text().notNull(),
    /** Pinned at first contact; one vendor account has one connection in a deployment. */
    accountId: text('account_id'),
    /** JSON of core/vendor `Account`. */
    account: text(),
    settings: text().notNull(),
    /** Sealed JSON, never shown. */
    credentials: text(),
    webhookSecret: text('webhook_secret'),
    /** Its webhooks are only taken with a client certificate (edge/certificate.ts). */
    clientCertificate: integer('client_certificate', { mode: 'boolean' }).notNull().default(false),
    /** The grant object that holds its tokens, for connections made by consent. */
    grant: text('grant_name'),
    /** `new` (no credentials yet), `confirm` (a first consent that an admin has to confirm), `ready`, `reconnect`. */
    state: text().notNull(),
    createdAt: integer('created_at').notNull(),
    /** When its hooks were last compared with the vendor's (edge/daily.ts). */
    checkedAt: integer('checked_at').notNull().default(0),
  },
  (t) => [
    index('connections_tenant').on(t.tenant),
    index('connections_checked').on(t.checkedAt),
    uniqueIndex('connections_account').on(t.vendor, t.environment, t.accountId),
    index('connections_grant').on(t.grant),
  ],
)

export const integrations = sqliteTable(
  'integrations',
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    pair: text().notNull(),
    sourceConnection: text('source_connection').notNull(),
    targetConnection: text('target_connection').notNull(),
    settings: text().notNull(),
    /** JSON: per flow `{enabled, schedule?}`. */
    flows: text().notNull(),
    schedule: text().notNull(),
    /** Business date; nothing older is carried by itself. */
    startDate: text('start_date').notNull(),
    /** `active`, `paused`. */
    state: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('integrations_tenant').on(t.tenant),
    index('integrations_source').on(t.sourceConnection),
    index('integrations_target').on(t.targetConnection),
  ],
)

/** When each flow is polled next. */
export const schedules = sqliteTable(
  'schedules',
  {
    integration: text().notNull(),
    flow: text().notNull(),
    tenant: text().notNull(),
    pair: text().notNull(),
    schedule: text().notNull(),
    dueAt: integer('due_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.integration, t.flow] }), index('schedules_due').on(t.dueAt)],
)

export const mappings = sqliteTable(
  'mappings',
  {
    integration: text().notNull(),
    kind: text().notNull(),
    code: text().notNull(),
    target: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.integration, t.kind, t.code] })],
)

/** A webhook that the connector registered at a vendor. */
export const hooks = sqliteTable(
  'hooks',
  {
    /** Part of its URL, unguessable. */
    id: text().primaryKey(),
    tenant: text().notNull(),
    connection: text().notNull(),
    event: text().notNull(),
    url: text().notNull(),
    /** The vendor's id of it. */
    remoteId: text('remote_id'),
    /** Sealed; made by us, or brought by the vendor's handshake; null until that has come. */
    secret: text(),
    /** Sealed: the one that was in use before. Taken as well, until a delivery shows that the vendor uses the newer one. */
    previousSecret: text('previous_secret'),
    /** `new` (registered, or asked for its handshake again, which has not come to its end), `active`. */
    state: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [uniqueIndex('hooks_event').on(t.connection, t.event), index('hooks_tenant').on(t.tenant, t.id)],
)

/** A consent that is under way: used once, within minutes. */
export const consents = sqliteTable(
  'consents',
  {
    /** SHA-256 of the state parameter, or of the ticket of the page where a company is chosen. */
    hash: text().primaryKey(),
    tenant: text().notNull(),
    connection: text().notNull(),
    vendor: text().notNull(),
    /** Who asked for it. */
    key: text().notNull(),
    principal: text().notNull(),
    /** Sealed JSON: PKCE verifier and redirect URI, or what was connected and is to be chosen from. */
    sealed: text().notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (t) => [index('consents_expired').on(t.expiresAt)],
)

/** What can be mapped, as the vendor listed it at `at`. */
export const references = sqliteTable(
  'reference_entries',
  {
    connection: text().notNull(),
    kind: text().notNull(),
    code: text().notNull(),
    name: text().notNull(),
    active: integer({ mode: 'boolean' }).notNull(),
    uses: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.kind, t.code] })],
)

export const keys = sqliteTable('api_keys', {
  id: text().primaryKey(),
  /** SHA-256 of the key. */
  hash: text().notNull().unique(),
  principal: text().notNull(),
  madeBy: text('made_by').notNull(),
  scopes: text().notNull(),
  tenant: text(),
  createdAt: integer('created_at').notNull(),
  revokedAt: integer('revoked_at'),
})

/** Operator actions that are saved but not yet in the tenant's audit chain. */
export const pendingActions = sqliteTable(
  'pending_actions',
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    version: integer().notNull(),
    entry: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [index('pending_actions_tenant').on(t.tenant)],
)

/** One record of one flow as people see it; fed by the tenant's outbox. */
export const records = sqliteTable(
  'records',
  {
    tenant: text().notNull(),
    id: text().notNull(),
    integration: text().notNull(),
    flow: text().notNull(),
    sourceId: text('source_id').notNull(),
    sourceNumber: text('source_number').notNull(),
    targetId: text('target_id').notNull(),
    targetNumber: text('target_number').notNull(),
    state: text().notNull(),
    reason: text().notNull(),
    code: text().notNull(),
    text: text().notNull(),
    remedy: text().notNull(),
    version: text().notNull(),
    at: integer().notNull(),
    /** When it came into this state, with this code. */
    since: integer().notNull(),
    seq: integer().notNull(),
    /** Sequence of the audit entry that it came with: most records have no other, and this one costs no entry in an index. */
    first: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.id] }),
    index('records_kind').on(t.tenant, t.integration, t.flow, t.id),
    index('records_number').on(t.tenant, t.sourceNumber, t.id),
    index('records_source').on(t.tenant, t.sourceId, t.id),
    // Each entry is a billed row. Nearly all records end as done, without a code: these cost them nothing.
    index('records_state').on(t.tenant, t.state, t.id).where(sql`state <> 'done'`),
    index('records_code').on(t.tenant, t.code, t.id).where(sql`code <> ''`),
    index('records_cause')
      .on(t.tenant, t.state, t.flow, t.code, t.remedy, t.integration, t.since, t.at, t.id)
      .where(sql`code <> ''`),
  ],
)

/** Append only. `mac` chains each entry to the one before (tenant/outbox.ts). */
export const audit = sqliteTable(
  'audit',
  {
    tenant: text().notNull(),
    seq: integer().notNull(),
    record: text(),
    entry: text().notNull(),
    mac: text().notNull(),
    /** It is about a record, and not the one that this record names as its first. */
    again: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.seq] }),
    index('audit_record').on(t.tenant, t.record, t.seq).where(sql`again = 1`),
  ],
)

/** What operators have to know of, one row per cause; fed by the tenant's outbox. */
export const alerts = sqliteTable(
  'alerts',
  {
    tenant: text().notNull(),
    cause: text().notNull(),
    kind: text().notNull(),
    integration: text().notNull(),
    text: text().notNull(),
    remedy: text().notNull(),
    firstAt: integer('first_at').notNull(),
    lastAt: integer('last_at').notNull(),
    count: integer().notNull(),
    resolvedAt: integer('resolved_at'),
    seq: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.cause] }),
    index('alerts_open').on(t.tenant, t.cause).where(sql`resolved_at is null`),
  ],
)

/** Where people want to be told of alerts. A deployment has a handful. */
export const alertTargets = sqliteTable('alert_targets', {
  id: text().primaryKey(),
  url: text().notNull(),
  /** JSON list of core/audit `AlertKind`; empty = all. */
  kinds: text().notNull(),
  /** Null = of all tenants, and of the deployment itself. */
  tenant: text(),
  /** What notices are signed with, sealed under the key of the service tenant. */
  secret: text().notNull(),
  createdAt: integer('created_at').notNull(),
  /** Since when nothing has arrived there; null = all right. */
  failingSince: integer('failing_since'),
  lastError: text('last_error').notNull().default(''),
  /** An alert was raised about it. */
  away: integer({ mode: 'boolean' }).notNull().default(false),
})

/** What a target has not been told of yet: the newest state of one cause. Written together with the alert (store/journal.ts). */
export const alertNotices = sqliteTable(
  'alert_notices',
  {
    target: text().notNull(),
    tenant: text().notNull(),
    cause: text().notNull(),
    /** Of the alert's state that it is about. */
    seq: integer().notNull(),
    dueAt: integer('due_at').notNull(),
    tries: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.target, t.tenant, t.cause] }), index('alert_notices_due').on(t.target, t.dueAt)],
)

/** Up to where a tenant's audit was pruned (design section 7), signed with the key of its chain (tenant/outbox.ts). */
export const auditCheckpoints = sqliteTable('audit_checkpoints', {
  tenant: text().primaryKey(),
  seq: integer().notNull(),
  /** The chain's value at `seq`. */
  mac: text().notNull(),
  signature: text().notNull(),
  at: integer().notNull(),
})

/** Tenants whose data is being erased; the row goes with the last of it. */
export const erasures = sqliteTable('erasures', {
  tenant: text().primaryKey(),
  /** JSON list: grants that nobody else uses, still to be given back. */
  grants: text().notNull(),
  at: integer().notNull(),
})

/** Chores of the deployment, and when each is due next. */
export const chores = sqliteTable('chores', {
  name: text().primaryKey(),
  dueAt: integer('due_at').notNull(),
})

/** Queue messages that could not be handed over, with the reason. */
export const deadLetters = sqliteTable(
  'dead_letters',
  {
    id: text().primaryKey(),
    queue: text().notNull(),
    reason: text().notNull(),
    body: text().notNull(),
    at: integer().notNull(),
    replayedAt: integer('replayed_at'),
  },
  (t) => [index('dead_letters_open').on(t.replayedAt)],
)
