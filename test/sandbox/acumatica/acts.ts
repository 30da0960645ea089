import { z } from 'zod'
import type { WorldContext } from '../vendor'
import { openBooks } from './books'
import { openRegistry } from './registry'
import { SCREEN_ACTS } from './screen-acts'
import { SERVER_ACTS } from './server-acts'

const OfTenant = z.looseObject({ tenant: z.string().optional() })

/** Acts on forms take `tenant`, and mean the first tenant without it. */
export const act = (world: WorldContext, action: string, input: unknown): unknown => {
  const outside = Object.hasOwn(SERVER_ACTS, action) ? SERVER_ACTS[action] : undefined
  if (outside) return outside(world, input)
  const inside = Object.hasOwn(SCREEN_ACTS, action) ? SCREEN_ACTS[action] : undefined
  if (!inside) throw new Error(`simulator: Acumatica has no action ${action}`)
  const name = OfTenant.parse(input).tenant ?? openRegistry(world).tenants.all()[0]?.name
  if (name === undefined) throw new Error('simulator: there is no Acumatica tenant')
  return inside(openBooks(world, name), input)
}
