import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'

const kill = (grant: string): Promise<void> =>
  runInDurableObject(env.GRANT.get(env.GRANT.idFromName(grant)), (_, state) => state.abort('killed by a test')).catch(
    () => {},
  )

/** The next call to the token endpoint kills the grant object: before the call leaves, or when its answer has come. */
export const killAtToken = (path: string, grant: string, moment: 'before' | 'after'): void => {
  const real = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    if (!url.endsWith(path)) return real(input, init)
    vi.restoreAllMocks()
    if (moment === 'before') {
      await kill(grant)
      throw new Error('killed')
    }
    const answer = await real(input, init)
    await kill(grant)
    return answer
  })
}
