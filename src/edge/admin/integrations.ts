import { createRoute, z } from '@hono/zod-openapi'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import type { IntegrationConfig } from '../../store/config'
import {
  deleteIntegration,
  insertIntegration,
  listIntegrations,
  reschedule,
  updateIntegration,
} from '../../store/integrations'
import { forgetDoors } from '../doors'
import { type AdminContext, answers, bodyOf, dbOf, InIntegration, InTenant, made, makeApi } from './api'
import { needs, withinTenant } from './auth'
import { change } from './change'
import { checked, refuseTwin, theIntegration, thePair } from './integration-checks'
import { IntegrationPatch, IntegrationView, NewIntegration, viewOf } from './integration-shapes'
import { theTenant } from './tenants'

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
    responses: made(IntegrationView, 'The integration; it is polled from now on, unless it is paused'),
  }),
  async (c) => {
    const { id: tenant } = await theTenant(c, c.req.valid('param').tenant)
    const wanted = c.req.valid('json')
    const fresh: IntegrationConfig = {
      ...wanted,
      id: newId('i', now()),
      tenant,
      schedule: wanted.schedule ?? thePair(wanted.pair).schedule,
    }
    const integration = await checked(c, fresh, { newSettings: true })
    await refuseTwin(c, integration)
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
  async (c) => {
    const { id } = await theTenant(c, c.req.valid('param').tenant)
    return c.json({ items: (await listIntegrations(dbOf(c), id)).map(viewOf) }, 200)
  },
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

integrations.openapi(
  createRoute({
    method: 'patch',
    path: ONE,
    summary: 'Change settings, flows, schedule or start date; what is posted already stays as it is',
    middleware: [needs('admin'), withinTenant],
    request: { params: InIntegration, ...bodyOf(IntegrationPatch) },
    responses: answers(IntegrationView, 'The integration'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const before = await theIntegration(c, tenant, integration)
    const wanted = c.req.valid('json')
    const merged: IntegrationConfig = {
      ...before,
      settings: wanted.settings ?? before.settings,
      flows: { ...before.flows, ...wanted.flows },
      schedule: wanted.schedule ?? before.schedule,
      startDate: wanted.startDate ?? before.startDate,
    }
    const after = await checked(c, merged, { newSettings: wanted.settings !== undefined })
    await saveIntegration(c, 'integration.update', before, after)
    return c.json(viewOf(after), 200)
  },
)

export const saveIntegration = async (
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
    const action = { tenant, name: 'integration.delete', integration: known.id, details: { before: viewOf(known) } }
    await change(c, action, deleteIntegration(dbOf(c), known.id))
    forgetDoors()
    return c.json({ id: known.id }, 200)
  },
)
