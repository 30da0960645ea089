import { createRoute, z } from '@hono/zod-openapi'
import type { Message } from '../../core/job'
import { queueOf } from '../../env'
import { invalid } from '../../lib/problem'
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

/** The wanted flows, all that are on where none are named. */
const flowsOf = ({ flows: known }: IntegrationConfig, wanted: string[] | undefined): string[] => {
  const on = Object.keys(known).filter((name) => known[name]?.enabled)
  const flows = wanted ?? on
  const off = flows.flatMap((name, at) => (on.includes(name) ? [] : [at]))
  if (off.length > 0) throw invalid(off.map((at) => ({ path: `flows.${at}`, message: 'not a flow that is on' })))
  return flows
}
