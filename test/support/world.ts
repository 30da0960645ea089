import type { Recorded } from '../sandbox/recorded'

/** The simulators of one test: a universe of its own under a name of its own. */
export interface TestWorld {
  name: string
  baseUrl(vendor: string): string
  seed<T>(data: unknown): Promise<T>
  dump<T>(): Promise<T>
  act<T>(vendor: string, action: string, input?: unknown): Promise<T>
  fault(fault: Record<string, unknown>): Promise<void>
  clearFaults(): Promise<void>
  switches(values: Record<string, unknown>): Promise<void>
  advance(ms: number): Promise<void>
  calls(vendor?: string): Promise<Recorded[]>
  forgetCalls(): Promise<void>
  deliveries(options?: { tampered?: boolean; reversed?: boolean }): Promise<Request[]>
}

const ORIGIN = 'https://vendor.test'

export const openWorld = (name: string, origin = ORIGIN, fetcher: typeof fetch = fetch): TestWorld => {
  const control = async <T>(path: string, body?: unknown, method = 'POST'): Promise<T> => {
    const init = method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }
    const response = await fetcher(`${origin}/${name}/_control/${path}`, { method, ...init })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    name,
    baseUrl: (vendor) => `${origin}/${name}/${vendor}`,
    seed: (data) => control('seed', data),
    dump: () => control('dump', undefined, 'GET'),
    act: (vendor, action, input) => control(`${vendor}/${action}`, input),
    fault: (fault) => control('faults', fault),
    clearFaults: () => control('faults', {}, 'DELETE'),
    switches: (values) => control('switches', values),
    advance: (ms) => control('clock', { advanceMs: ms }),
    calls: async (vendor) => {
      const { calls } = await control<{ calls: Recorded[] }>('calls', undefined, 'GET')
      return vendor ? calls.filter((call) => call.vendor === vendor) : calls
    },
    forgetCalls: () => control('calls', {}, 'DELETE'),
    deliveries: async (options) => {
      type Out = { url: string; method: string; headers: Record<string, string>; body: string }
      const out = await control<Out[]>('deliveries/take', options)
      return out.map(({ url, method, headers, body }) => new Request(url, { method, headers, body }))
    },
  }
}
