import type { Env } from '../env'
import { log } from '../lib/log'
import { trace } from '../lib/trace'

/** Of both limits in wrangler.toml: after so long, whoever was too fast is heard again. */
export const RETRY_AFTER_S = '60'

/** Whether this key may go on. */
export const keyIsWithin = ({ KEY_RATE }: Env, key: string): Promise<boolean> => isWithin(KEY_RATE, key)

/** Whether this address may try again. Only what was refused is counted, so nobody waits who has a good key or signature. */
export const refusalIsWithin = ({ REFUSED_RATE }: Env, request: Request, what: 'key' | 'signature'): Promise<boolean> =>
  isWithin(REFUSED_RATE, `${what}/${networkOf(request.headers.get('cf-connecting-ip') ?? '')}`)

/** A guard that is away must not shut the door. */
const isWithin = async (limit: RateLimit, key: string): Promise<boolean> => {
  try {
    return (await limit.limit({ key })).success
  } catch (thrown) {
    log('rate_limit_away', { error: trace(thrown) })
    return true
  }
}

/** Who has one address of IPv6 has the whole /64 around it. */
export const networkOf = (address: string): string => {
  if (!address.includes(':')) return address
  const [front = ''] = address.split('::')
  return `${[...front.split(':'), '0', '0', '0', '0'].slice(0, 4).join(':')}::/64`
}
