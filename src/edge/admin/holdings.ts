import { createRoute, z } from '@hono/zod-openapi'
import { Holding } from '../../core/pair'
import { isZero } from '../../lib/money'
import { tenantOf } from '../tenants'
import { answers, InIntegration, makeApi, settled } from './api'
import { needs, withinTenant } from './auth'
import { theIntegration } from './integration-checks'

const Answer = z.object({
  agrees: z.boolean(),
  items: z
    .array(z.object(Holding.shape).openapi('Holding'))
    .openapi({ description: 'Empty where the pair has nothing of the kind' }),
})

export const holdings = makeApi()

holdings.openapi(
  createRoute({
    method: 'get',
    path: '/tenants/{tenant}/integrations/{integration}/holdings',
    summary: 'What both sides hold in the accounts that stand for each other, read now, and by how much they differ',
    middleware: [needs('read'), withinTenant],
    request: { params: InIntegration },
    responses: answers(Answer, 'Compared once a day as well, with an alert while they differ'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { id } = await theIntegration(c, tenant, integration)
    const items = settled(await tenantOf(c.env, tenant).holdings(id))
    return c.json({ agrees: items.every(({ difference }) => isZero(difference)), items }, 200)
  },
)
