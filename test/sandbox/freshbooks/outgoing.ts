import { z } from 'zod'
import type { Delivery, OutgoingRequest, WorldContext } from '../vendor'
import { openBooks } from './books'
import { signature } from './signature'

const Meta = z.object({ account: z.string(), callback: z.string(), fields: z.string() })
const Fields = z.array(z.tuple([z.string(), z.string()]))

/** Form-encoded, signed by the callback's verifier as it is when the request leaves (sheet 5). */
export const outgoing = async (
  world: WorldContext,
  { url, body, meta, event }: Delivery,
  tampered: boolean,
): Promise<OutgoingRequest> => {
  const { account, callback, fields } = Meta.parse(meta)
  const parsed = Fields.parse(JSON.parse(fields))
  const verifier = openBooks(world, account).callbacks.get(callback)?.verifier ?? 'gone'
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' }
  const signs = event !== 'callback.verify' || world.switched('webhook.handshakeSigned', true)
  if (signs) headers['x-freshbooks-hmac-sha256'] = await signature(tampered ? `${verifier}-not` : verifier, parsed)
  return { url, method: 'POST', headers, body }
}
