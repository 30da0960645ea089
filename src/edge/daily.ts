import type { Alert } from '../core/audit'
import type { Failure } from '../core/failure'
import type { Holding } from '../core/pair'
import type { Env } from '../env'
import { now } from '../lib/clock'
import { log } from '../lib/log'
import { isZero } from '../lib/money'
import { openDb } from '../store/config'
import { leastChecked, markChecked } from '../store/connections'
import { writingTo } from '../store/integrations'
import { refreshLists } from './daily-references'
import { grantOf } from './oauth/connect'
import { tenantOf } from './tenants'

const EVERY_MS = 24 * 3_600_000
const AT_ONCE = 20

/** Once a day for each connection: what the vendor changed is seen, what can be repaired is, what cannot is raised. */
export const checkConnections = async (env: Env): Promise<void> => {
  const db = openDb(env.DB)
  const due = await leastChecked(db, now() - EVERY_MS, AT_ONCE)
  if (due.length === 0) return
  await Promise.all(due.map((one) => check(env, one)))
  await markChecked(
    db,
    due.map(({ id }) => id),
    now(),
  )
}

type Due = Awaited<ReturnType<typeof leastChecked>>[number]

const check = async (env: Env, { id: connection, tenant, grant }: Due): Promise<void> => {
  const api = tenantOf(env, tenant)
  try {
    if (grant !== null) await api.alert(endsAlert(connection, (await grantOf(env, grant).state()).chainEndsAt))
    const checked = await api.hooks(connection)
    await api.alert(hooksAlert(connection, checked.ok ? checked.value.problems : refusalOf(checked.failure)))
    await api.alert(lapsedAlert(connection, await refreshLists(env, tenant, connection)))
    for (const { id } of await writingTo(openDb(env.DB), connection)) {
      const held = await api.holdings(id)
      if (held.ok) await api.alert(holdingsAlert(id, held.value))
    }
  } catch (thrown) {
    log('check_failed', { connection, error: thrown instanceof Error ? thrown.name : 'error' })
  }
}

const AHEAD_MS = 7 * EVERY_MS

/** Some consents end on a day that is known, however often they are renewed; then a person has to be there. */
const endsAlert = (connection: string, endsAt: number | null): Alert => ({
  cause: `consent/${connection}`,
  kind: 'consent_ends',
  integration: '',
  text: `the consent behind this connection ends on ${new Date(endsAt ?? 0).toISOString().slice(0, 10)}, however often it is renewed`,
  remedy: `Connect it again before that day (GET …/connections/${connection}/authorize). After it, records wait until that is done.`,
  at: now(),
  resolved: endsAt === null || endsAt < now() || endsAt > now() + AHEAD_MS,
})

/** Outages and refused credentials have alerts of their own. */
const refusalOf = ({ kind, message, remedy }: Failure): string[] =>
  kind === 'rejected' ? [`${message} — ${remedy}`] : []

const hooksAlert = (connection: string, problems: string[]): Alert => ({
  cause: `webhooks/${connection}`,
  kind: 'webhooks',
  integration: '',
  text: problems.join('; '),
  remedy: `Register them again (POST …/connections/${connection}/webhooks); until then, polling finds what they would have told.`,
  at: now(),
  resolved: problems.length === 0,
})

const MOST_NAMED = 20

const lapsedAlert = (connection: string, lapsed: string[]): Alert => ({
  cause: `mappings/${connection}`,
  kind: 'mapping_lapsed',
  integration: '',
  text: `mapped to something that is inactive or gone: ${lapsed.slice(0, MOST_NAMED).join('; ')}`,
  remedy: 'Choose others (PUT …/mappings/{kind}), or activate them again: records that need them will fail.',
  at: now(),
  resolved: lapsed.length === 0,
})

/** Read at a moment: money that has just moved is in one of the figures only, and the next day says whether it was that. */
const holdingsAlert = (integration: string, held: Holding[]): Alert => {
  const differing = held.filter(({ difference }) => !isZero(difference))
  const said = differing.map(
    ({ name, currency, source, target, difference }) =>
      `${name}: ${source} ${currency} in the books, ${target} ${currency} there (${difference})`,
  )
  return {
    cause: `holdings/${integration}`,
    kind: 'holdings_differ',
    integration,
    text: said.slice(0, MOST_NAMED).join('; '),
    remedy: `See GET …/integrations/${integration}/holdings, then the records that failed or wait, and what was entered by hand on these accounts; what was there before the start date needs an opening balance.`,
    at: now(),
    resolved: differing.length === 0,
  }
}
