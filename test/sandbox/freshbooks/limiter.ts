import type { VendorResponse, WorldContext } from '../vendor'

interface Window {
  endsAt: number
  used: number
}

export interface Admission {
  headers: Record<string, string>
  refused: VendorResponse | undefined
}

const headersOf = (limit: number, remaining: number, endsAt: number, now: number): Record<string, string> => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(Math.ceil(endsAt / 1000)),
  // On every answer, not only on refusals (sheet 0.11).
  'retry-after': String(Math.max(1, Math.ceil((endsAt - now) / 1000))),
})

/** The body is nobody's knowledge (sheet 6). Forms: `429`, `429-bare` (no headers), `429-text`, `429-html`, `503`. */
const refusedAs = (form: string, headers: Record<string, string>): VendorResponse => {
  const page = '<html><head><title>429 Too Many Requests</title></head><body>Too Many Requests</body></html>'
  if (form === '429-bare') return { status: 429, body: { message: 'Too many requests' } }
  if (form === '429-text')
    return { status: 429, headers: { ...headers, 'content-type': 'text/plain' }, body: 'Too many' }
  if (form === '429-html') return { status: 429, headers: { ...headers, 'content-type': 'text/html' }, body: page }
  if (form === '503')
    return { status: 503, headers: { 'retry-after': headers['retry-after'] ?? '60' }, body: 'Service Unavailable' }
  return { status: 429, headers, body: { message: 'API rate limit exceeded' } }
}

const limitOf = (world: WorldContext, method: string): number =>
  method === 'POST' ? world.switched('rate.postLimit', 250) : world.switched('rate.limit', 600)

/** The refusal out of the blue, as a fault makes it: a window of which 30 seconds are left. */
export const throttled = (world: WorldContext, form: string): VendorResponse =>
  refusedAs(form, headersOf(world.switched('rate.limit', 600), 0, world.now() + 30_000, world.now()))

/** Fixed windows that start with the first call; POST has a bucket of its own (sheet 6). */
export const makeLimiter = (world: WorldContext) => {
  const windows = new Map<string, Window>()
  return (key: string, method: string): Admission => {
    const now = world.now()
    const bucket = `${key} ${method === 'POST' ? 'post' : 'other'}`
    const known = windows.get(bucket)
    const open =
      known && known.endsAt > now ? known : { endsAt: now + world.switched('rate.windowMs', 60_000), used: 0 }
    const limit = limitOf(world, method)
    const refuses = open.used >= limit && !world.switched('rate.off', false)
    windows.set(bucket, refuses ? open : { ...open, used: open.used + 1 })
    const headers = headersOf(limit, Math.max(0, limit - open.used - (refuses ? 0 : 1)), open.endsAt, now)
    return { headers, refused: refuses ? refusedAs(world.switched('rate.form', '429'), headers) : undefined }
  }
}
