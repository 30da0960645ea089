import { createRoute, z } from '@hono/zod-openapi'
import { canMatch } from '../../core/flow'
import { Match, MatchedFlow, Pick, Sure, type Wanted } from '../../core/match'
import { problem } from '../../lib/problem'
import { pairs } from '../../registry'
import type { IntegrationConfig } from '../../store/config'
import { tenantOf } from '../tenants'
import { answers, bodyOf, InIntegration, makeApi, optionalBodyOf, Paged, PageQuery } from './api'
import { needs, withinTenant } from './auth'
import { note } from './change'
import { theIntegration } from './integration-checks'

const ONE = '/tenants/{tenant}/integrations/{integration}'
/** Of one call; named in the audit. */
const MOST_LINKS = 200

const Asked = z.strictObject({
  flows: z.array(z.string()).min(1).optional().openapi({ description: 'All that can be matched, if left out' }),
})
const Query = PageQuery.extend({ flow: z.string().optional(), sure: Sure.optional() })
const Answer = Paged(Match.openapi('Match')).extend({ flows: z.array(MatchedFlow.openapi('MatchedFlow')) })

const LinkWanted = Pick.extend({
  variant: z
    .string()
    .default('')
    .openapi({ description: 'As proposed: a currency, a payment; empty where a record is one whole' }),
  targetId: z
    .string()
    .min(1)
    .nullable()
    .openapi({ description: 'Null undoes a link that the connector has not looked at yet' }),
})
const Accept = z
  .union([
    z.strictObject({ links: z.array(LinkWanted).min(1).max(MOST_LINKS) }),
    z.strictObject({ sure: z.enum(['certain', 'likely']), flow: z.string().optional() }),
  ])
  .openapi({ example: { sure: 'certain' } })
const Accepted = z.object({
  linked: z.number(),
  refused: z.array(Pick.extend({ reason: z.string() })),
})

/** The opening match: what stands on both sides from before is linked, so that the first day books nothing twice. */
export const matches = makeApi()

matches.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/match`,
    summary: 'Read both lists and propose which records are the same; works while the integration is paused',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...optionalBodyOf(Asked) },
    responses: answers(z.object({ flows: z.array(z.string()) }), 'These flows are matched'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const flows = wantedFlows(await theIntegration(c, tenant, integration), c.req.valid('json').flows)
    const actor = { by: 'key' as const, id: c.get('caller').key }
    const job = { kind: 'match', integration, actor, correlation: c.get('request') } as const
    await tenantOf(c.env, tenant).accept(flows.map((flow) => ({ ...job, flow })))
    await note(c, { tenant, name: 'integration.match', integration, details: { flows } })
    return c.json({ flows }, 200)
  },
)

matches.openapi(
  createRoute({
    method: 'get',
    path: `${ONE}/matches`,
    summary: 'What the opening match proposes: source records without a link, and what they could be in the target',
    middleware: [needs('read'), withinTenant],
    request: { params: InIntegration, query: Query },
    responses: answers(Answer, 'Proposals; `several` only a person can decide, `none` would be made anew'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { id } = await theIntegration(c, tenant, integration)
    return c.json(await tenantOf(c.env, tenant).matches(id, c.req.valid('query')), 200)
  },
)

matches.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/matches/accept`,
    summary: 'Link records that are the same, one by one (also such as were not proposed), or all that are that sure',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...bodyOf(Accept) },
    responses: answers(Accepted, 'How many are linked, and which are not and why; each is looked at before it counts'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { id } = await theIntegration(c, tenant, integration)
    const wanted: Wanted = c.req.valid('json')
    const actor = { by: 'key' as const, id: c.get('caller').key }
    const answer = await tenantOf(c.env, tenant).link(id, wanted, actor, c.get('request'))
    const details = { ...wanted, linked: answer.linked, refused: answer.refused.length }
    await note(c, { tenant, name: 'integration.link', integration, details })
    return c.json(answer, 200)
  },
)

const wantedFlows = ({ pair, flows }: IntegrationConfig, wanted: string[] | undefined): string[] => {
  const known = (pairs[pair]?.flows ?? []).filter((flow) => flows[flow.name]?.enabled && canMatch(flow))
  const names = known.map(({ name }) => name)
  const chosen = wanted ?? names
  const off = chosen.filter((name) => !names.includes(name))
  if (off.length > 0) throw problem(409, 'not_matchable', `cannot be matched, or is off: ${off.join(', ')}`)
  return chosen
}
