import { createRoute, z } from '@hono/zod-openapi'
import type { Message } from '../../core/job'
import { type Pair, PairName } from '../../core/pair'
import { queueOf } from '../../env'
import { now } from '../../lib/clock'
import { isCalendarDate } from '../../lib/dates'
import { newId } from '../../lib/ids'
import { invalid, issuesOf } from '../../lib/problem'
import { pairs } from '../../registry'
import type { IntegrationConfig } from '../../store/config'
import { findConnection } from '../../store/connections'
import {
  deleteIntegration,
  findIntegration,
  insertIntegration,
  listIntegrations,
  reschedule,
  updateIntegration,
} from '../../store/integrations'
import { forgetDoors } from '../doors'
import { isSchedule } from '../schedule'
import { type AdminContext, answers, bodyOf, dbOf, InIntegration, InTenant, made, makeApi, notFound } from './api'
import { needs, withinTenant } from './auth'
import { change } from './change'
import { checkUses } from './references'
import { theTenant } from './tenants'

const Schedule = z
  .string()
  .refine(isSchedule, { error: 'a cron expression in UTC, or a number of seconds of at least 60' })
  .openapi({ example: '*/15 * * * *' })
const Flows = z.record(z.string(), z.strictObject({ enabled: z.boolean(), schedule: Schedule.optional() }))
const StartDate = z
  .string()
  .refine(isCalendarDate, { error: 'a calendar date, e.g. 2026-01-01' })
  .openapi({ description: 'Nothing dated before is carried by itself', example: '2026-01-01' })
const Settings = z
  .record(z.string(), z.unknown())
  .openapi({ description: 'Checked by the pair, and against the target' })

const IntegrationView = z
  .object({
    id: z.string(),
    pair: PairName,
    sourceConnection: z.string(),
    targetConnection: z.string(),
    settings: Settings,
    flows: z.record(z.string(), z.object({ enabled: z.boolean(), schedule: z.string().optional() })),
    schedule: z.string(),
    startDate: z.string(),
    state: z.enum(['active', 'paused']),
  })
  .openapi('Integration')

const NewIntegration = z
  .strictObject({
    pair: PairName,
    sourceConnection: z.string(),
    targetConnection: z.string(),
    settings: Settings,
    flows: Flows.default({}).openapi({ description: 'Flows that are not named are on' }),
    schedule: Schedule.optional(),
    startDate: StartDate,
  })
  .openapi({
    example: {
      pair: 'wave-cin7',
      sourceConnection: 'c_01',
      targetConnection: 'c_02',
      settings: {
        accountReceivable: '610',
        revenueAccount: '200',
        taxRule: 'Tax on Sales',
        noTaxRule: 'Tax Exempt',
        paymentTerm: '30 days',
        location: 'Main Warehouse',
        chargeProduct: 'Service',
      },
      flows: {},
      startDate: '2026-01-01',
    },
  })

const viewOf = ({ tenant: _, ...integration }: IntegrationConfig): z.infer<typeof IntegrationView> => integration

export const theIntegration = async (c: AdminContext, tenant: string, id: string): Promise<IntegrationConfig> => {
  const integration = await findIntegration(dbOf(c), tenant, id)
  if (!integration) throw notFound('integration')
  return integration
}

export const thePair = (name: PairName): Pair => {
  const pair = pairs[name]
  if (!pair) throw invalid([{ path: 'pair', message: `${name} is not supported yet` }])
  return pair
}

/** All that can be known to be wrong before the first record fails of it. Answers the integration with settings filled in. */
const checked = async (c: AdminContext, wanted: IntegrationConfig): Promise<IntegrationConfig> => {
  const pair = thePair(wanted.pair)
  const settings = pair.settings.safeParse(wanted.settings)
  const unknown = Object.keys(wanted.flows).filter((name) => !pair.flows.some((flow) => flow.name === name))
  const problems = [
    ...(settings.success ? [] : issuesOf(settings.error, 'settings')),
    ...unknown.map((name) => ({ path: `flows.${name}`, message: `${pair.name} has no such flow` })),
    ...(await connectionProblems(c, wanted, pair)),
  ]
  if (problems.length > 0 || !settings.success) throw invalid(problems)
  const unusable = await referenceProblems(c, wanted, pair, settings.data)
  if (unusable.length > 0) throw invalid(unusable)
  const flows = Object.fromEntries(pair.flows.map(({ name }) => [name, wanted.flows[name] ?? { enabled: true }]))
  return { ...wanted, settings: { ...settings.data }, flows }
}

const connectionProblems = async (c: AdminContext, wanted: IntegrationConfig, pair: Pair) => {
  const sides = [
    { path: 'sourceConnection', id: wanted.sourceConnection, vendor: pair.source },
    { path: 'targetConnection', id: wanted.targetConnection, vendor: pair.target },
  ]
  const found = await Promise.all(sides.map(({ id }) => findConnection(dbOf(c), wanted.tenant, id)))
  return sides.flatMap(({ path, vendor }, at) => {
    const connection = found[at]
    if (!connection) return [{ path, message: 'there is no such connection' }]
    if (connection.vendor !== vendor)
      return [{ path, message: `must be a ${vendor} connection, is ${connection.vendor}` }]
    return connection.state === 'new' ? [{ path, message: 'has no credentials yet' }] : []
  })
}

const referenceProblems = async (c: AdminContext, wanted: IntegrationConfig, pair: Pair, settings: object) => {
  const uses = pair.references(settings)
  const ends = { source: wanted.sourceConnection, target: wanted.targetConnection }
  const problems = []
  for (const side of ['source', 'target'] as const) {
    const connection = await findConnection(dbOf(c), wanted.tenant, ends[side])
    if (connection)
      problems.push(
        ...(await checkUses(
          c,
          connection,
          uses.filter((use) => use.side === side),
        )),
      )
  }
  return problems
}

const BASE = '/tenants/{tenant}/integrations'
const ONE = `${BASE}/{integration}`

export const integrations = makeApi()

integrations.openapi(
  createRoute({
    method: 'post',
    path: BASE,
    summary: 'Switch a pair on for a business',
    middleware: [needs('admin'), withinTenant],
    request: { params: InTenant, ...bodyOf(NewIntegration) },
    responses: made(IntegrationView, 'The integration; it is polled from now on'),
  }),
  async (c) => {
    const { id: tenant } = await theTenant(c, c.req.valid('param').tenant)
    const wanted = c.req.valid('json')
    const integration = await checked(c, {
      ...wanted,
      id: newId('i', now()),
      tenant,
      schedule: wanted.schedule ?? thePair(wanted.pair).schedule,
      state: 'active',
    })
    const db = dbOf(c)
    const action = { tenant, name: 'integration.create', integration: integration.id, details: viewOf(integration) }
    await change(c, action, [insertIntegration(db, integration, now()), ...reschedule(db, integration, now())])
    forgetDoors()
    return c.json(viewOf(integration), 201)
  },
)

integrations.openapi(
  createRoute({
    method: 'get',
    path: BASE,
    summary: 'List integrations',
    middleware: [needs('read'), withinTenant],
    request: { params: InTenant },
    responses: answers(z.object({ items: z.array(IntegrationView) }), 'Integrations'),
  }),
  async (c) => c.json({ items: (await listIntegrations(dbOf(c), c.req.valid('param').tenant)).map(viewOf) }, 200),
)

integrations.openapi(
  createRoute({
    method: 'get',
    path: ONE,
    summary: 'Show an integration',
    middleware: [needs('read'), withinTenant],
    request: { params: InIntegration },
    responses: answers(IntegrationView, 'The integration'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    return c.json(viewOf(await theIntegration(c, tenant, integration)), 200)
  },
)

const Patch = z.strictObject({
  settings: Settings.optional(),
  flows: Flows.optional(),
  schedule: Schedule.optional(),
  startDate: StartDate.optional(),
})

integrations.openapi(
  createRoute({
    method: 'patch',
    path: ONE,
    summary: 'Change settings, flows, schedule or start date; what is posted already stays as it is',
    middleware: [needs('admin'), withinTenant],
    request: { params: InIntegration, ...bodyOf(Patch) },
    responses: answers(IntegrationView, 'The integration'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const before = await theIntegration(c, tenant, integration)
    const wanted = c.req.valid('json')
    const after = await checked(c, {
      ...before,
      settings: wanted.settings ?? before.settings,
      flows: { ...before.flows, ...wanted.flows },
      schedule: wanted.schedule ?? before.schedule,
      startDate: wanted.startDate ?? before.startDate,
    })
    await save(c, 'integration.update', before, after)
    return c.json(viewOf(after), 200)
  },
)

const save = async (
  c: AdminContext,
  name: string,
  before: IntegrationConfig,
  after: IntegrationConfig,
): Promise<void> => {
  const db = dbOf(c)
  const details = { before: viewOf(before), after: viewOf(after) }
  const action = { tenant: after.tenant, name, integration: after.id, details }
  await change(c, action, [updateIntegration(db, after), ...reschedule(db, after, now())])
}

integrations.openapi(
  createRoute({
    method: 'delete',
    path: ONE,
    summary: 'Switch a pair off for good; links and audit stay',
    middleware: [needs('admin'), withinTenant],
    request: { params: InIntegration },
    responses: answers(z.object({ id: z.string() }), 'Open work of it ends as skipped'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const known = await theIntegration(c, tenant, integration)
    const action = { tenant, name: 'integration.delete', integration: known.id, details: viewOf(known) }
    await change(c, action, deleteIntegration(dbOf(c), known.id))
    forgetDoors()
    return c.json({ id: known.id }, 200)
  },
)

for (const { verb, state, summary } of [
  { verb: 'pause', state: 'paused', summary: 'Let everything wait; nothing is lost' },
  { verb: 'resume', state: 'active', summary: 'Go on' },
] as const)
  integrations.openapi(
    createRoute({
      method: 'post',
      path: `${ONE}/${verb}`,
      summary,
      middleware: [needs('operate'), withinTenant],
      request: { params: InIntegration },
      responses: answers(IntegrationView, 'The integration'),
    }),
    async (c) => {
      const { tenant, integration } = c.req.valid('param')
      const before = await theIntegration(c, tenant, integration)
      const after: IntegrationConfig = { ...before, state }
      await save(c, `integration.${verb}`, before, after)
      return c.json(viewOf(after), 200)
    },
  )

integrations.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/poll`,
    summary: 'Ask the source now what has changed',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...bodyOf(z.strictObject({ flows: z.array(z.string()).optional() })) },
    responses: answers(z.object({ flows: z.array(z.string()) }), 'These flows are polled'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { pair, flows: known } = await theIntegration(c, tenant, integration)
    const on = Object.keys(known).filter((name) => known[name]?.enabled)
    const flows = on.filter((name) => c.req.valid('json').flows?.includes(name) ?? true)
    const message: Message = { v: 1, kind: 'poll', tenant, integration, pair, flows, correlation: newId('x', now()) }
    await queueOf(c.env, pair).send(message)
    return c.json({ flows }, 200)
  },
)
