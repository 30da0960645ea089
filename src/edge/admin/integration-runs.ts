import { createRoute, z } from '@hono/zod-openapi'
import type { Message } from '../../core/job'
import { queueOf } from '../../env'
import { invalid } from '../../lib/problem'
import { flowNamed } from '../../registry'
import type { IntegrationConfig } from '../../store/config'
import { tenantOf } from '../tenants'
import { answers, InIntegration, makeApi, optionalBodyOf } from './api'
import { needs, withinTenant } from './auth'
import { note } from './change'
import { theIntegration } from './integration-checks'
import { IntegrationView, viewOf } from './integration-shapes'
import { saveIntegration } from './integrations'

const ONE = '/tenants/{tenant}/integrations/{integration}'
const Poll = z.strictObject({
  flows: z.array(z.string()).min(1).optional().openapi({ description: 'All that are on, if left out' }),
})

const Sweep = z.strictObject({
  flows: z.array(z.string()).min(1).optional().openapi({ description: 'All that are on, if left out' }),
  atMost: z.number().int().min(0).optional().openapi({
    description: 'So many records may be gone from the source; more than usual only after a sweep has asked',
  }),
})

/** What an operator does with an integration that runs. */
export const runs = makeApi()

for (const { verb, state, summary } of [
  { verb: 'pause', state: 'paused', summary: 'Let everything wait; nothing is lost' },
  { verb: 'resume', state: 'active', summary: 'Go on' },
] as const)
  runs.openapi(
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
      await saveIntegration(c, `integration.${verb}`, before, after)
      return c.json(viewOf(after), 200)
    },
  )

runs.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/poll`,
    summary: 'Ask the source now what has changed',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...optionalBodyOf(Poll) },
    responses: answers(z.object({ flows: z.array(z.string()) }), 'These flows are polled'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const known = await theIntegration(c, tenant, integration)
    const { pair } = known
    const flows = flowsOf(known, c.req.valid('json').flows)
    const correlation = c.get('request')
    const message: Message = { v: 1, kind: 'poll', tenant, integration, pair, flows, correlation }
    await queueOf(c.env, pair).send(message)
    await note(c, { tenant, name: 'integration.poll', integration, details: { flows } })
    return c.json({ flows }, 200)
  },
)

runs.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/backfill`,
    summary: 'Carry everything the source has, also from before the start date; live work goes first',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...optionalBodyOf(Poll) },
    responses: answers(z.object({ flows: z.array(z.string()) }), 'These flows are read from the beginning'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const flows = flowsOf(await theIntegration(c, tenant, integration), c.req.valid('json').flows)
    const job = { kind: 'backfill', integration, correlation: c.get('request') } as const
    const actor = { by: 'key' as const, id: c.get('caller').key }
    await tenantOf(c.env, tenant).accept(flows.map((flow) => ({ ...job, flow, actor })))
    await note(c, { tenant, name: 'integration.backfill', integration, details: { flows } })
    return c.json({ flows }, 200)
  },
)

runs.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/sweep`,
    summary: 'Compare everything the source has with what was carried: finds what nothing told of, such as deletions',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...optionalBodyOf(Sweep) },
    responses: answers(z.object({ flows: z.array(z.string()) }), 'The lists of these flows are read from end to end'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { flows: wanted, atMost } = c.req.valid('json')
    const flows = sweepable(flowsOf(await theIntegration(c, tenant, integration), wanted))
    const actor = { by: 'key' as const, id: c.get('caller').key }
    const job = { kind: 'sweep', integration, actor, correlation: c.get('request') } as const
    const limit = atMost === undefined ? {} : { atMost }
    await tenantOf(c.env, tenant).accept(flows.map((flow) => ({ ...job, flow, ...limit })))
    await note(c, { tenant, name: 'integration.sweep', integration, details: { flows, ...limit } })
    return c.json({ flows }, 200)
  },
)

/** Flows whose list can be read from end to end, one for each list: it serves all flows that live from it. */
const sweepable = (flows: string[]): string[] => {
  const able = flows.flatMap((name) => flowNamed(name) ?? []).filter((flow) => flow.use(({ source }) => source.all))
  const byList = Map.groupBy(able, ({ source }) => `${source.vendor}/${source.type}`)
  return [...byList.values()].flatMap(([first]) => (first ? [first.name] : []))
}

/** The wanted flows, all that are on where none are named. */
const flowsOf = ({ flows: known }: IntegrationConfig, wanted: string[] | undefined): string[] => {
  const on = Object.keys(known).filter((name) => known[name]?.enabled)
  const flows = wanted ?? on
  const off = flows.flatMap((name, at) => (on.includes(name) ? [] : [at]))
  if (off.length > 0) throw invalid(off.map((at) => ({ path: `flows.${at}`, message: 'not a flow that is on' })))
  return flows
}
