import { createRoute, z } from '@hono/zod-openapi'
import { AlertKind } from '../../core/audit'
import { checkEnv } from '../../env'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { invalid } from '../../lib/problem'
import { addressProblem } from '../../lib/public-address'
import { seal } from '../../lib/seal'
import {
  type AlertTarget,
  deleteTarget,
  findTarget,
  insertTarget,
  listTargets,
  updateTarget,
  waitingNotices,
} from '../../store/alert-targets'
import { findTenant } from '../../store/tenants'
import { post, secretRow, settleAway, signerOf } from '../alert-delivery'
import { SERVICE_TENANT, tenantKey } from '../tenants'
import { type AdminContext, answers, bodyOf, dbOf, InKey, makeApi, notFound } from './api'
import { needs, unbound } from './auth'
import { change, ensureService, note } from './change'

const MOST = 20

const Wanted = z.strictObject({
  id: z.string().optional().openapi({ description: 'Of one that is there already; it keeps its secret' }),
  url: z.string().max(2_000),
  kinds: z.array(AlertKind).default([]).openapi({ description: 'Empty: all of them' }),
  tenant: z.string().nullable().default(null).openapi({ description: 'Null: of all, and of the deployment itself' }),
})
type Wanted = z.infer<typeof Wanted>

const Targets = z
  .strictObject({ targets: z.array(Wanted).max(MOST) })
  .openapi({ example: { targets: [{ url: 'https://hooks.harbour-lane.com/books', kinds: [], tenant: null }] } })

const TargetView = z
  .object({
    id: z.string(),
    url: z.string(),
    kinds: z.array(z.string()),
    tenant: z.string().nullable(),
    createdAt: z.number(),
    waiting: z.number().openapi({ description: 'Notices that it has not taken yet' }),
    failingSince: z.number().nullable(),
    lastError: z.string(),
  })
  .openapi('AlertTarget')

const WithSecret = TargetView.extend({
  secret: z.string().optional().openapi({ description: 'Of a new target, shown this once: whsec_…' }),
}).openapi('NewAlertTarget')

/** Where alerts are sent, as signed webhooks by the Standard Webhooks scheme. */
export const alertTargets = makeApi()

alertTargets.openapi(
  createRoute({
    method: 'get',
    path: '/alert-targets',
    summary: 'Where alerts are sent, and whether they arrive',
    middleware: [needs('read'), unbound],
    responses: answers(z.object({ items: z.array(TargetView) }), 'Targets, without their secrets'),
  }),
  async (c) => c.json({ items: await views(c) }, 200),
)

alertTargets.openapi(
  createRoute({
    method: 'put',
    path: '/alert-targets',
    summary: 'Set where alerts are sent; what is left out is removed, what is new gets a secret',
    middleware: [needs('admin'), unbound],
    request: bodyOf(Targets),
    responses: answers(z.object({ items: z.array(WithSecret) }), 'Targets; new ones with their secret, this once'),
  }),
  async (c) => {
    const { targets: wanted } = c.req.valid('json')
    const known = await listTargets(dbOf(c))
    await refuseUnfit(c, wanted, known)
    const fresh = await Promise.all(wanted.filter(({ id }) => id === undefined).map((one) => newTarget(c, one)))
    const kept = wanted.flatMap(({ id, ...rest }) => (id === undefined ? [] : [{ id, ...rest }]))
    const gone = known.filter(({ id }) => !kept.some((one) => one.id === id))
    const details = { before: known.map(plain), after: [...kept, ...fresh.map(({ row }) => plain(row))] }
    await change(c, { tenant: SERVICE_TENANT, name: 'alert-targets.update', details }, [
      ...gone.flatMap(({ id }) => deleteTarget(dbOf(c), id)),
      ...kept.flatMap((one) => updateTarget(dbOf(c), one)),
      ...fresh.flatMap(({ row }) => insertTarget(dbOf(c), row)),
    ])
    for (const target of gone) await settleAway(c.env, target)
    const secrets = new Map(fresh.map(({ row, secret }) => [row.id, secret]))
    return c.json({ items: (await views(c)).map((view) => ({ ...view, ...secretOf(secrets.get(view.id)) })) }, 200)
  },
)

alertTargets.openapi(
  createRoute({
    method: 'post',
    path: '/alert-targets/{id}/test',
    summary: 'Send a test message now, and tell what came back',
    middleware: [needs('operate'), unbound],
    request: { params: InKey },
    responses: answers(z.object({ ok: z.boolean(), problem: z.string() }), 'Whether it was taken, or why not'),
  }),
  async (c) => {
    const target = await findTarget(dbOf(c), c.req.valid('param').id)
    if (!target) throw notFound('alert target')
    const timestamp = new Date(now()).toISOString()
    const body = JSON.stringify({ type: 'alert.test', timestamp, data: { target: target.id } })
    const problem = await post(target.url, await signerOf(c.env, target), { id: newId('msg', now()), body })
    const details = { id: target.id, url: target.url, problem: problem ?? '' }
    await note(c, { tenant: SERVICE_TENANT, name: 'alert-targets.test', details })
    return c.json({ ok: problem === undefined, problem: problem ?? '' }, 200)
  },
)

const views = async (c: AdminContext) => {
  const [targets, waiting] = await Promise.all([listTargets(dbOf(c)), waitingNotices(dbOf(c))])
  return targets.map(({ secret: _, away: __, ...target }) => ({ ...target, waiting: waiting.get(target.id) ?? 0 }))
}

/** For the audit. */
const plain = ({ id, url, kinds, tenant }: Pick<AlertTarget, 'id' | 'url' | 'kinds' | 'tenant'>) => ({
  id,
  url,
  kinds,
  tenant,
})

const secretOf = (secret: string | undefined) => (secret === undefined ? {} : { secret })

const newTarget = async (c: AdminContext, { url, kinds, tenant }: Wanted) => {
  await ensureService(c.env, dbOf(c))
  const id = newId('al', now())
  const secret = `whsec_${base64Of(crypto.getRandomValues(new Uint8Array(32)))}`
  const sealed = await seal(await tenantKey(c.env, SERVICE_TENANT), secretRow(id), secret)
  return { secret, row: { id, url, kinds, tenant, secret: sealed, createdAt: now() } }
}

const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

const refuseUnfit = async (c: AdminContext, wanted: Wanted[], known: AlertTarget[]): Promise<void> => {
  const found = await Promise.all(wanted.map((one, at) => problemsOf(c, one, known, `targets.${at}`)))
  if (found.flat().length > 0) throw invalid(found.flat())
}

const problemsOf = async (c: AdminContext, { id, url, tenant }: Wanted, known: AlertTarget[], at: string) => {
  const address = addressProblem(url, new URL(c.req.url).host, checkEnv(c.env).customBaseUrls)
  return [
    ...(address === undefined ? [] : [{ path: `${at}.url`, message: address }]),
    ...(id === undefined || known.some((one) => one.id === id)
      ? []
      : [{ path: `${at}.id`, message: 'there is no such target' }]),
    ...(tenant === null || (await findTenant(dbOf(c), tenant))
      ? []
      : [{ path: `${at}.tenant`, message: 'there is no such tenant' }]),
  ]
}
