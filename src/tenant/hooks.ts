import { type Failure, toFailure } from '../core/failure'
import type { HookCheck } from '../core/tenant'
import type { Hook, HookRegistry, RemoteHook, SetupApi } from '../core/vendor'
import { now } from '../lib/clock'
import { type DataKey, unseal } from '../lib/seal'
import type { Db } from '../store/config'
import { type HookRow, hookAwaits, hookStands, hooksOf } from '../store/hooks'

/** What is needed to look after the hooks of one connection. */
export interface HookTools {
  db: Db
  key: DataKey
  session: SetupApi
  registry: HookRegistry
}

/** A handshake that was asked for so recently may be on its way: vendors deliver within minutes. */
const ON_ITS_WAY_MS = 10 * 60_000

/** The hooks of one connection, as we want them and as the vendor has them. What can be repaired is. */
export const checkHooks = async (tools: HookTools, connection: string): Promise<HookCheck> => {
  const wanted = await hooksOf(tools.db, connection)
  if (wanted.length === 0) return { active: 0, problems: [] }
  const remote = await tools.registry.list(tools.session)
  const check: HookCheck = { active: 0, problems: [] }
  for (const row of wanted) {
    const [shown, ...twins] = standsFor(row, remote)
    const failure = await dropAll(tools, twins)
      .then(() => repair(tools, row, shown))
      .catch(toFailure)
    if (failure === 'active') check.active += 1
    else if (failure !== 'asked') check.problems.push(`${row.event}: ${failure.message} — ${failure.remedy}`)
  }
  return check
}

/** One of the app stands for all its connections. */
const isOfItsOwn = ({ url, id }: HookRow): boolean => url.endsWith(id)

/** First the one that we know. Others at its URL came of registrations whose answer was lost: each would tell everything again. */
const standsFor = (row: HookRow, remote: RemoteHook[]): RemoteHook[] => {
  const known = remote.filter(({ remoteId }) => remoteId === row.remoteId)
  const alike = remote.filter(({ url, event }) => url === row.url && (isOfItsOwn(row) || event === row.event))
  return [...new Set([...known, ...alike])]
}

const dropAll = async ({ registry, session }: HookTools, hooks: RemoteHook[]): Promise<void> => {
  for (const { remoteId } of hooks) await registry.unregister(session, remoteId)
}

/** Takes them off the vendor's list; those of the app stay for its other connections. */
export const removeHooks = async (tools: HookTools, connection: string): Promise<void> => {
  const ours = (await hooksOf(tools.db, connection)).filter(isOfItsOwn)
  if (ours.length === 0) return
  const remote = await tools.registry.list(tools.session)
  await dropAll(tools, [...new Set(ours.flatMap((row) => standsFor(row, remote)))])
}

/** `asked` = the vendor has it and will come back with its handshake. */
const repair = async (
  tools: HookTools,
  row: HookRow,
  shown: RemoteHook | undefined,
): Promise<'active' | 'asked' | Failure> => {
  const secret = row.secret === null ? '' : await unseal(tools.key, `hook/${row.id}/secret`, row.secret)
  const hook: Hook = { id: row.id, event: row.event, url: row.url, remoteId: shown?.remoteId ?? row.remoteId }
  if (!shown) return register(tools, hook, secret)
  if (!shown.active) return revive(tools, row, { ...hook, remoteId: shown.remoteId }, secret)
  if (row.state !== 'active' || row.remoteId !== shown.remoteId) await stands(tools, hook, 'active')
  return 'active'
}

const stands = ({ db }: HookTools, { id, remoteId }: Hook, state: 'new' | 'active') =>
  hookStands(db, id, remoteId, state, now())

const register = async (tools: HookTools, hook: Hook, secret: string): Promise<'active' | 'asked'> => {
  const { db, session, registry } = tools
  if (registry.confirm) await hookAwaits(db, hook.id, null, now())
  const remoteId = await registry.register(session, { ...hook, remoteId: null }, secret)
  await stands(tools, { ...hook, remoteId }, registry.confirm ? 'new' : 'active')
  return registry.confirm ? 'asked' : 'active'
}

/** The vendor has it and does not deliver to it: switched off, or its handshake has not come to its end. */
const revive = async (tools: HookTools, row: HookRow, hook: Hook, secret: string): Promise<'active' | 'asked'> => {
  const { session, registry } = tools
  if (registry.confirm) return shakeHands(tools, row, hook, secret)
  await registry.revive?.(session, hook, secret)
  await stands(tools, hook, 'active')
  return 'active'
}

/** With the secret that is known; where the vendor does not take that, it is asked to bring another. */
const shakeHands = async (tools: HookTools, row: HookRow, hook: Hook, secret: string): Promise<'active' | 'asked'> => {
  const { db, session, registry } = tools
  if (secret !== '' && (await registry.confirm?.(session, hook, secret))) {
    await stands(tools, hook, 'active')
    return 'active'
  }
  if (secret === '' && row.at > now() - ON_ITS_WAY_MS) return 'asked'
  await hookAwaits(db, hook.id, hook.remoteId, now())
  await registry.revive?.(session, hook, secret)
  return 'asked'
}
