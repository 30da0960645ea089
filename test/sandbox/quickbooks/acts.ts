import { z } from 'zod'
import type { WorldContext } from '../vendor'
import { APP_ACTS } from './app-acts'
import { openBooks, realms } from './books'
import { SCREEN_ACTS } from './screen-acts'

const OfRealm = z.looseObject({ realmId: z.string().optional() })

/** Acts in a company take `realmId`, and mean the first company without it. */
export const act = (world: WorldContext, action: string, input: unknown): unknown => {
  const outside = APP_ACTS[action]
  if (outside) return outside(world, input)
  const inside = SCREEN_ACTS[action]
  if (!inside) throw new Error(`simulator: QuickBooks has no action ${action}`)
  const realmId = OfRealm.parse(input).realmId ?? realms(world).all()[0]?.realmId
  if (realmId === undefined) throw new Error('simulator: there is no QuickBooks company')
  return inside(openBooks(world, realmId), input)
}
