import { type Failure, toFailure } from '../core/failure'
import type { HookCheck } from '../core/tenant'
import type { Hook, HookRegistry, RemoteHook, SetupApi } from '../core/vendor'
import { now } from '../lib/clock'
import { type DataKey, unseal } from '../lib/seal'
import type { Db } from '../store/config'
import { type HookRow, hookStands, hooksOf } from '../store/hooks'

/** The hooks of one connection, as we want them and as the vendor has them. What can be repaired is. */
export const checkHooks = async (
  db: Db,
  key: DataKey,
  session: SetupApi,
  connection: string,
  registry: HookRegistry,
): Promise<HookCheck> => {
  const wanted = await hooksOf(db, connection)
  if (wanted.length === 0) return { active: 0, problems: [] }
  const remote = await registry.list(session)
  const check: HookCheck = { active: 0, problems: [] }
  for (const row of wanted) {
    const [shown, ...twins] = standsFor(row, remote)
    const failure = await dropAll(session, registry, twins)
      .then(() => repair(db, key, session, registry, row, shown))
      .catch(toFailure)
    if (failure === 'active') check.active += 1
    else if (failure !== 'asked') check.problems.push(`${row.event}: ${failure.message} — ${failure.remedy}`)
  }
  return check
}

/** First the one that we know. Others at its URL came of registrations whose answer was lost: each would tell everything again. */
const standsFor = (row: HookRow, remote: RemoteHook[]): RemoteHook[] => {
  const ofItsOwn = row.url.endsWith(row.id)
  const known = remote.filter(({ remoteId }) => remoteId === row.remoteId)
  const alike = remote.filter(({ url, event }) => url === row.url && (ofItsOwn || event === row.event))
  return [...new Set([...known, ...alike])]
}

const dropAll = async (session: SetupApi, registry: HookRegistry, hooks: RemoteHook[]): Promise<void> => {
  for (const { remoteId } of hooks) await registry.unregister(session, remoteId)
}

/** `asked` = the vendor has it and will come back with its handshake. */
const repair = async (
  db: Db,
  key: DataKey,
  session: SetupApi,
  registry: HookRegistry,
  row: HookRow,
  shown: RemoteHook | undefined,
): Promise<'active' | 'asked' | Failure> => {
  const stands = (remoteId: string, state: string) => hookStands(db, row.id, remoteId, state, now())
  const secret = row.secret === null ? '' : await unseal(key, `hook/${row.id}/secret`, row.secret)
  const hook: Hook = { id: row.id, event: row.event, url: row.url, remoteId: shown?.remoteId ?? row.remoteId }
  if (shown?.active) {
    if (row.state !== 'active' || row.remoteId !== shown.remoteId) await stands(shown.remoteId, 'active')
    return 'active'
  }
  if (!shown) {
    const remoteId = await registry.register(session, hook, secret)
    await stands(remoteId, registry.confirm ? 'new' : 'active')
    return registry.confirm ? 'asked' : 'active'
  }
  if (secret !== '' && registry.confirm) {
    await registry.confirm(session, hook, secret)
    await stands(shown.remoteId, 'active')
    return 'active'
  }
  await registry.revive?.(session, hook, secret)
  await stands(shown.remoteId, registry.confirm ? 'new' : 'active')
  return registry.confirm ? 'asked' : 'active'
}
