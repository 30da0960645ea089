import type { Store } from './store'

/** One call that reached a simulator; `path` is below `/{world}/{vendor}`, so it is the vendor's own path. */
export interface VendorRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  body: string
  /** Where this vendor is reached from outside: scheme, host, `/{world}/{vendor}`. For links in answers. */
  baseUrl: string
}

export interface VendorResponse {
  status: number
  headers?: Record<string, string>
  /** A string is sent as it is; anything else as JSON. */
  body: unknown
}

/** A webhook that the vendor wants to send. It is signed when it leaves, so a retry can carry a new stamp. */
export interface Delivery {
  id: string
  vendor: string
  event: string
  /** Where to, as registered at the vendor. */
  url: string
  /** Vendor's own notes: secret, subscription, … */
  meta: Record<string, string>
  body: string
}

export interface OutgoingRequest {
  url: string
  method: string
  headers: Record<string, string>
  body: string
}

/** What the world lends to a simulator. */
export interface WorldContext {
  store: Store
  /** Milliseconds since 1970, on the world's own (movable) clock. */
  now(): number
  /** A behaviour that tests turn on or off (`POST /{world}/_control/switches`). */
  switched<T>(name: string, otherwise: T): T
  /** Queue a webhook; tests take it, or the world sends it at once when told so. */
  deliver(delivery: Omit<Delivery, 'id' | 'vendor'>): void
}

/** One vendor, as strict as its sheet says. */
export interface Simulator {
  handle(request: VendorRequest): VendorResponse | Promise<VendorResponse>
  /** Put records straight into the vendor, as its users would have made them. Answers what was made. */
  seed(input: unknown): unknown
  /** Everything the vendor holds, for comparison in tests. */
  dump(): unknown
  /** What a user of the vendor does in its own screens (`POST /{world}/_control/{vendor}/{action}`). */
  act(action: string, input: unknown): unknown
  /** This vendor's refusal by call limit, in the named form. */
  throttled(form: string): VendorResponse
  /** Sign and address one delivery at `now`; `tampered` spoils the signature. */
  outgoing?(delivery: Delivery, now: number, tampered: boolean): Promise<OutgoingRequest>
}

export type MakeSimulator = (world: WorldContext) => Simulator
