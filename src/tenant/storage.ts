/**
 * What a tenant's object keeps, and how it came to look like this: each entry runs once, in order, and is never edited.
 * Tables with a text key are `without rowid`: one billed row per write instead of two.
 */
const VERSIONS: string[] = [
  `
  -- One row per record and flow (and one per polled flow). due_at null = nothing to do by itself.
  create table jobs (
    key text primary key, id text not null, kind text not null,
    integration text not null, flow text not null, source_id text not null,
    state text not null, due_at integer, reason text not null default '', failure text,
    asked integer not null default 1, tries integer not null default 0, retries integer not null default 0, since integer not null,
    batch text not null default '', priority integer not null default 0, history integer not null default 0,
    news integer not null default 1, read integer not null default 0, remap integer not null default 0, actor text not null, correlation text not null,
    waits_for text, waited_for text, absent_at integer, version text not null default '', source_number text not null default '',
    target_id text not null default '', target_number text not null default '', ignored text,
    followed text not null default ''
  ) without rowid;
  create index jobs_due on jobs (integration, priority, due_at) where due_at is not null;
  create index jobs_held on jobs (batch) where state = 'held';
  create index jobs_conflict on jobs (integration, flow) where state = 'waiting' and reason in ('conflict', 'funding');
  create index jobs_failed on jobs (integration, flow) where state = 'failed';
  create index jobs_waits on jobs (waits_for) where waits_for is not null;
  create unique index jobs_id on jobs (id);

  -- Which target record stands for which source record and variant. Never pruned.
  create table links (
    integration text not null, flow text not null, source_id text not null, variant text not null,
    generation integer not null, revision integer not null, state text not null,
    target_id text not null default '', target_number text not null default '', facts text not null default '{}',
    fingerprint text not null default '', version text not null default '',
    primary key (integration, flow, source_id, variant)
  ) without rowid;
  -- Ids of targets change case between a vendor's endpoints (cin7 sheet section 0).
  create index links_target on links (integration, flow, target_id collate nocase) where target_id <> '';

  -- The ledger: one row per write, its steps inside. Never pruned, except for the sealed bodies, which come last: what does not need them does not read them.
  create table writes (
    key text primary key, op text not null, variant text not null, state text not null, opened_at integer not null, done_at integer,
    fingerprint text not null, version text not null, draft text not null, steps text not null
  ) without rowid;

  -- Source records as they were read, sealed.
  create table documents (key text primary key, hash text not null, read_at integer not null, body text not null) without rowid;

  -- Records that were found together. A record that fails for good stops the rest.
  create table batches (id text primary key, integration text not null, flow text not null, state text not null,
    failed text not null default '[]', at integer not null) without rowid;
  create index batches_stopped on batches (id) where state = 'stopped';

  create table cursors (integration text not null, flow text not null, cursor text not null, at integer not null,
    primary key (integration, flow)) without rowid;

  -- What a sweep has seen so far, a row for each page.
  create table swept (integration text not null, flow text not null, page integer not null, at integer not null, ids text not null,
    primary key (integration, flow, page)) without rowid;

  -- How far a comparison of both sides came, and what the last one covered.
  create table reconciliations (integration text not null, flow text not null, stage text not null, from_date text not null,
    to_date text not null, cursor text not null, started_at integer not null, covered text, as_of integer,
    primary key (integration, flow)) without rowid;

  -- The lists of both sides as the comparison in work has read them, a row for each page.
  create table reconciling (integration text not null, flow text not null, side text not null, page integer not null,
    rows text not null, primary key (integration, flow, side, page)) without rowid;

  -- What a target document said when it was last read, with the stamp that the list showed then.
  create table booked (integration text not null, flow text not null, target_id text not null, stamp text not null,
    body text not null, primary key (integration, flow, target_id)) without rowid;

  -- What came of the comparison, a row for each document.
  create table reconciled (integration text not null, flow text not null, key text not null, date text not null, status text not null,
    body text not null, primary key (integration, flow, key)) without rowid;

  -- How far the opening match of a flow came.
  create table matchings (integration text not null, flow text not null, stage text not null, cursor text not null,
    started_at integer not null, as_of integer, problem text not null default '', primary key (integration, flow)) without rowid;

  -- Both lists as the match in work has read them, a row for each page.
  create table matching (integration text not null, flow text not null, side text not null, page integer not null,
    rows text not null, primary key (integration, flow, side, page)) without rowid;

  -- What it proposes, until a person has linked it.
  create table matches (integration text not null, flow text not null, source_id text not null, variant text not null,
    sure text not null, body text not null, primary key (integration, flow, source_id, variant)) without rowid;

  -- When a record or a list of an integration came to its end as it should, to the minute.
  create table successes (integration text primary key, at integer not null) without rowid;

  create table deliveries (id text primary key, at integer not null) without rowid;

  create table limits (connection text primary key, state text not null) without rowid;

  -- What D1 is still to be told; rows up to the sent head were.
  create table outbox (seq integer primary key, record text, entry text not null, state text, alert text);
  `,
  `
  -- What events have told of records and no reading shows again, sealed.
  create table tidings (record text not null, key text not null, sealed text not null, at integer not null,
    primary key (record, key)) without rowid;
  `,
  `
  -- What people have entered for records (bank details, payments to be made), sealed. No export shows it.
  create table entered (integration text not null, flow text not null, source_id text not null, variant text not null,
    sealed text not null, shown text not null, askers text not null, at integer not null,
    primary key (integration, flow, source_id, variant)) without rowid;

  -- What was proposed to be approved, and the terms that were; another person than any asker has to have done it.
  create table approvals (integration text not null, subject text not null, terms text not null, highest text not null,
    price text not null, askers text not null, approved text not null, approver text not null, primary key (integration, subject)) without rowid;

  -- What the limits hold for writes that have begun. Never pruned: there is no second one for a record.
  create table reservations (integration text not null, flow text not null, source_id text not null, generation integer not null,
    currency text not null, amount text not null, at integer not null, primary key (integration, flow, source_id)) without rowid;
  `,
  `
  -- A person has settled its conflict: the source holds, and edits in the target are written over.
  alter table jobs add column overwrite integer not null default 0;

  -- What people have withdrawn of what was asked for, until it is asked for anew.
  create table withdrawals (integration text not null, flow text not null, source_id text not null, reason text not null,
    primary key (integration, flow, source_id)) without rowid;
  `,
  `
  -- Records are named by their ids in D1 alone (named.ts).
  drop index jobs_id;
  `,
]

export const migrate = (storage: DurableObjectStorage): void => {
  const done = storage.kv.get<number>('schema') ?? 0
  if (done === VERSIONS.length) return
  storage.transactionSync(() => {
    for (const statements of VERSIONS.slice(done)) storage.sql.exec(statements)
    storage.kv.put('schema', VERSIONS.length)
  })
}
