import { createRoute, z } from '@hono/zod-openapi'
import { Approval } from '../../core/guard'
import { tenantOf } from '../tenants'
import { answers, bodyOf, InIntegration, makeApi, settled } from './api'
import { needs, withinTenant } from './auth'
import { pendingOf } from './change'
import { theIntegration } from './integration-checks'
import { personOf } from './persons'

const PATH = '/tenants/{tenant}/integrations/{integration}/approvals'

const Approve = z
  .strictObject({
    subject: z.string().min(1).openapi({ description: 'As GET …/approvals names it' }),
    hash: z.string().min(1).openapi({ description: 'Of the terms that were seen: other ones are not approved by it' }),
  })
  .openapi({ example: { subject: 'invoice-to-transfer|QnVzaW5lc3M6…', hash: '9f86d081884c7d65…' } })

/** Nobody approves what they have asked for, and no admin key does: the scope `approve` is given by itself. */
export const approvals = makeApi()

approvals.openapi(
  createRoute({
    method: 'get',
    path: PATH,
    summary: 'What waits for approval, and what was approved, each with its terms and the most that it may cost',
    middleware: [needs('read'), withinTenant],
    request: { params: InIntegration },
    responses: answers(z.object({ items: z.array(Approval.openapi('Approval')) }), 'Payments, recipients and settings'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { id } = await theIntegration(c, tenant, integration)
    return c.json({ items: await tenantOf(c.env, tenant).approvals(id) }, 200)
  },
)

approvals.openapi(
  createRoute({
    method: 'post',
    path: PATH,
    summary: 'Approve a payment, a recipient, or changed settings, as somebody else than who asked for it',
    middleware: [needs('approve'), withinTenant],
    request: { params: InIntegration, ...bodyOf(Approve) },
    responses: answers(Approval.openapi('Approval'), 'It goes on, on these terms'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { subject, hash } = c.req.valid('json')
    const { id } = await theIntegration(c, tenant, integration)
    const action = pendingOf(c, { tenant, name: 'approve', integration: id, details: { subject, hash } })
    return c.json(settled(await tenantOf(c.env, tenant).approve(id, subject, hash, personOf(c), action)), 200)
  },
)
