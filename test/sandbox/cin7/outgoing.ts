import type { Delivery, OutgoingRequest, WorldContext } from '../vendor'
import { openBooks } from './books'
import type { Hook } from './model'

const spoiled = (secret: string, tampered: boolean): string => (tampered ? `${secret}-not` : secret)

const authorization = (hook: Hook, tampered: boolean): Record<string, string> => {
  if (hook.ExternalAuthorizationType === 'bearerauth')
    return { authorization: `Bearer ${spoiled(hook.ExternalBearerToken ?? '', tampered)}` }
  if (hook.ExternalAuthorizationType === 'basicauth') {
    const pair = `${hook.ExternalUserName ?? ''}:${spoiled(hook.ExternalPassword ?? '', tampered)}`
    return { authorization: `Basic ${btoa(pair)}` }
  }
  return {}
}

/** Nothing is signed: all there is are the credentials and headers of the registration (sheet 11). */
export const outgoing = (world: WorldContext, delivery: Delivery, tampered: boolean): OutgoingRequest => {
  const { company = '', hook: id = '' } = delivery.meta
  const hook = openBooks(world, company).hooks.get(id)
  const own = hook?.ExternalHeaders.map(({ Key, Value }) => [Key.toLowerCase(), spoiled(Value, tampered)]) ?? []
  const headers = {
    'content-type': 'application/json',
    ...(hook ? authorization(hook, tampered) : {}),
    ...Object.fromEntries(own),
  }
  return { url: delivery.url, method: 'POST', headers, body: delivery.body }
}
