import { World } from './world'

export { World }

interface Env {
  WORLD: DurableObjectNamespace<World>
}

/**
 * All vendors on one origin: `/{world}/{vendor}/{the vendor's own path}`, and `/{world}/_control/…` for tests.
 * A world is a separate universe; tests that use different worlds cannot disturb each other.
 */
export default {
  async fetch(request, env): Promise<Response> {
    const world = new URL(request.url).pathname.split('/')[1] ?? ''
    if (!world) return new Response('vendor sandbox')
    const response = await env.WORLD.get(env.WORLD.idFromName(world)).fetch(request)
    const fault = response.headers.get('x-sandbox-fault')
    if (fault === 'drop') throw new Error('connection dropped')
    if (fault === 'hang') await scheduler.wait(600_000)
    if (fault === 'cut') return cut(response)
    return response
  },
} satisfies ExportedHandler<Env>

/** The first half of the body arrives, then the connection breaks. */
const cut = async (response: Response): Promise<Response> => {
  const text = new TextEncoder().encode(await response.text())
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(text.slice(0, Math.ceil(text.length / 2)))
      controller.error(new Error('connection dropped'))
    },
  })
  return new Response(stream, { status: response.status, headers: response.headers })
}
