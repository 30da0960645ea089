import { createRoute, z } from '@hono/zod-openapi'
import { ZodError } from 'zod'
import type { AnyFlow, EntryKind, Taken } from '../../core/flow'
import { Payout } from '../../core/guard'
import { invalid, issuesOf, problem } from '../../lib/problem'
import { pairs } from '../../registry'
import type { IntegrationConfig } from '../../store/config'
import { tenantOf } from '../tenants'
import { type AdminContext, answers, bodyOf, InIntegration, makeApi, settled } from './api'
import { needs, withinTenant } from './auth'
import { pendingOf } from './change'
import { theIntegration } from './integration-checks'
import { personOf } from './persons'

const ONE = '/tenants/{tenant}/integrations/{integration}'

const NewTransfer = z
  .strictObject({
    invoiceId: z.string().min(1),
    amount: z.string().optional().openapi({ description: 'What the recipient gets; the total, if left out' }),
    currency: z.string().optional().openapi({ description: 'Of the invoice, if left out' }),
  })
  .openapi({ example: { invoiceId: 'QnVzaW5lc3M6…', amount: '921.50', currency: 'EUR' } })

const Withdrawn = z
  .strictObject({ invoiceId: z.string().min(1), reason: z.string().trim().min(1).max(300) })
  .openapi({ example: { invoiceId: 'QnVzaW5lc3M6…', reason: 'the supplier has sent a credit note' } })

const NewRecipient = z
  .strictObject({
    customerId: z.string().min(1),
    profile: z.record(z.string(), z.unknown()).openapi({ description: 'Kept sealed; only the end is shown again' }),
  })
  .openapi({
    example: {
      customerId: 'QnVzaW5lc3M6…',
      profile: {
        type: 'iban',
        currency: 'EUR',
        accountHolderName: 'Lena Fischer',
        legalType: 'PRIVATE',
        details: { IBAN: 'DE89370400440532013000' },
      },
    },
  })

const Shown = z.object({ sourceId: z.string(), variant: z.string(), shown: z.record(z.string(), z.string()) })

/** Payments that people ask for, and where the money is to go. Asking pays nothing: it is approved elsewhere. */
export const transfers = makeApi()

transfers.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/transfers`,
    summary: 'Ask for an invoice to be paid; somebody else approves it',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...bodyOf(NewTransfer) },
    responses: answers(z.object({ invoiceId: z.string() }), 'It is priced, and waits for approval'),
  }),
  async (c) => {
    const { invoiceId, ...wanted } = c.req.valid('json')
    await enter(c, c.req.valid('param'), 'payment', invoiceId, wanted)
    return c.json({ invoiceId }, 200)
  },
)

transfers.openapi(
  createRoute({
    method: 'get',
    path: `${ONE}/transfers`,
    summary: 'All that was asked to be paid: how it stands, amounts, rate, fee, and when the price ends',
    middleware: [needs('read'), withinTenant],
    request: { params: InIntegration },
    responses: answers(z.object({ items: z.array(Payout.openapi('Payout')) }), 'Payments'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const known = await theIntegration(c, tenant, integration)
    const items = await tenantOf(c.env, tenant).payouts(known.id, flowFor(known, 'payment').name)
    return c.json({ items }, 200)
  },
)

transfers.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/transfers/withdraw`,
    summary: 'Withdraw a payment that has no money yet: what waits is not made, what was ordered at Wise is cancelled',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...bodyOf(Withdrawn) },
    responses: answers(
      z.object({ invoiceId: z.string() }),
      'Nothing more is begun of it; GET …/transfers shows its end',
    ),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { invoiceId, reason } = c.req.valid('json')
    const known = await theIntegration(c, tenant, integration)
    const owner = { integration: known.id, flow: flowFor(known, 'payment').name, sourceId: invoiceId }
    const details = { flow: owner.flow, sourceId: invoiceId, reason }
    const action = pendingOf(c, { tenant, name: 'payment.withdraw', integration: known.id, details })
    const words = `withdrawn by ${c.get('caller').principal}: ${reason}`
    settled(await tenantOf(c.env, tenant).withdraw(owner, words, action))
    return c.json({ invoiceId }, 200)
  },
)

transfers.openapi(
  createRoute({
    method: 'put',
    path: `${ONE}/recipients`,
    summary: 'Enter where a customer is paid; somebody else approves it, and Wise is asked whether it is complete',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...bodyOf(NewRecipient) },
    responses: answers(z.object({ customerId: z.string() }), 'It waits for approval'),
  }),
  async (c) => {
    const { customerId, profile } = c.req.valid('json')
    await enter(c, c.req.valid('param'), 'recipient', customerId, profile)
    return c.json({ customerId }, 200)
  },
)

transfers.openapi(
  createRoute({
    method: 'get',
    path: `${ONE}/recipients`,
    summary: 'Where customers are paid, as far as that is shown again',
    middleware: [needs('read'), withinTenant],
    request: { params: InIntegration },
    responses: answers(z.object({ items: z.array(Shown) }), 'Recipients, by customer and currency'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const known = await theIntegration(c, tenant, integration)
    const items = await tenantOf(c.env, tenant).shown(known.id, flowFor(known, 'recipient').name)
    return c.json({ items }, 200)
  },
)

const enter = async (
  c: AdminContext,
  { tenant, integration }: z.infer<typeof InIntegration>,
  kind: EntryKind,
  sourceId: string,
  given: unknown,
): Promise<void> => {
  const known = await theIntegration(c, tenant, integration)
  const flow = flowFor(known, kind)
  const { variant, shown, body } = taken(flow, given)
  const details = { flow: flow.name, sourceId, variant }
  const action = pendingOf(c, { tenant, name: `${kind}.ask`, integration: known.id, details })
  const entry = JSON.stringify({ variant, shown, body, by: personOf(c) })
  const owner = { integration: known.id, flow: flow.name, sourceId }
  settled(await tenantOf(c.env, tenant).enter(owner, entry, action))
}

const flowFor = ({ pair, flows }: IntegrationConfig, kind: EntryKind): AnyFlow => {
  const found = pairs[pair]?.flows.find((flow) => flow.use(({ entry }) => entry?.kind === kind))
  if (!found) throw problem(409, 'not_payable', `${pair} makes no payments`)
  if (!flows[found.name]?.enabled) throw problem(409, 'flow_off', `the flow ${found.name} is switched off`)
  return found
}

const taken = (flow: AnyFlow, given: unknown): Taken => {
  try {
    const found = flow.use(({ entry }) => entry?.take(given))
    if (found) return found
  } catch (thrown) {
    if (thrown instanceof ZodError) throw invalid(issuesOf(thrown, ''))
    throw thrown
  }
  throw problem(409, 'not_payable', `${flow.name} takes nothing`)
}
