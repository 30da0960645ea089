import { DurableObject } from 'cloudflare:workers'
import { z } from 'zod'
import { Fault, strike } from './faults'
import type { Recorded } from './recorded'
import { simulators } from './simulators'
import { openStore } from './store'
import type { Delivery, OutgoingRequest, Simulator, VendorResponse } from './vendor'

const KEPT_CALLS = 20_000

const Kept = z.object({
  faults: z.array(Fault),
  struck: z.number(),
  switches: z.array(z.tuple([z.string(), z.unknown()])),
  auto: z.boolean(),
  clock: z.object({ offset: z.number(), scale: z.number(), origin: z.number() }),
})
type Kept = z.infer<typeof Kept>

/** All vendors of one test or demo, with one clock, one set of faults and one record of calls. */
export class World extends DurableObject {
  #vendors = new Map<string, Simulator>()
  #switches = new Map<string, unknown>()
  #faults: Fault[] = []
  #struck = 0
  #calls: Recorded[] = []
  #counts = new Map<string, number>()
  #pending: Delivery[] = []
  #auto = false
  #offset = 0
  #scale = 1
  #origin = Date.now()
  #sequence = 0
  /** When this object was made: another time than before, and its record of calls begins there. */
  readonly #opened = Date.now()

  constructor(state: DurableObjectState, env: unknown) {
    super(state, env as never)
    this.#remember()
    for (const [name, make] of Object.entries(simulators))
      this.#vendors.set(
        name,
        make({
          store: openStore(state.storage.sql, name),
          now: () => this.#now(),
          switched: (key, otherwise) => (this.#switches.get(`${name}.${key}`) as typeof otherwise) ?? otherwise,
          deliver: (delivery) => this.#deliver({ ...delivery, id: crypto.randomUUID(), vendor: name }),
        }),
      )
  }

  override async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const [, world = '', area = '', ...rest] = url.pathname.split('/')
    const body = await request.text()
    if (area === '_control') return this.#controlled(rest, request.method, body, url)
    const vendor = this.#vendors.get(area)
    if (!vendor) return new Response(`no vendor ${area}`, { status: 404 })
    return this.#call(vendor, area, `/${rest.join('/')}`, request, body, `${url.origin}/${world}/${area}`, url)
  }

  async #call(
    vendor: Simulator,
    name: string,
    path: string,
    request: Request,
    body: string,
    baseUrl: string,
    url: URL,
  ): Promise<Response> {
    const { method, headers } = request
    const fault = strike(this.#faults, { vendor: name, method, path, body })
    if (fault) this.#struck += 1
    if (this.#faults.length > 0) this.#keep()
    const note = (status: number) => this.#note(name, method, path, url.search, body, status, fault?.kind)
    if (fault?.ms) await scheduler.wait(fault.ms)
    if (fault?.kind === 'drop-before') {
      note(0)
      return withFault('drop')
    }
    if (fault?.kind === 'status') {
      note(fault.status)
      return Response.json({ error: 'injected' }, { status: fault.status })
    }
    if (fault?.kind === 'html') {
      note(fault.status)
      const page = '<!DOCTYPE html><html><head><title>Error</title></head><body>Something went wrong</body></html>'
      return new Response(page, { status: fault.status, headers: { 'content-type': 'text/html; charset=utf-8' } })
    }
    if (fault?.kind === 'throttled') {
      const refusal = vendor.throttled(fault.form)
      note(refusal.status)
      return toResponse(refusal)
    }
    const answer = await vendor.handle({ method, path, query: url.searchParams, headers, body, baseUrl })
    note(answer.status)
    if (fault?.kind === 'drop-after') return withFault('drop')
    if (fault?.kind === 'hang') return withFault('hang')
    if (fault?.kind === 'cut-body') return withFault('cut', toResponse(answer))
    return toResponse(answer)
  }

  #note(vendor: string, method: string, path: string, query: string, body: string, status: number, fault?: string) {
    const operation = /"query"\s*:\s*"(?:\\n|\s)*(?:query|mutation)\s+(\w+)/.exec(body)?.[1]
    this.#sequence += 1
    const at = this.#now()
    const call: Recorded = { n: this.#sequence, at, vendor, method, path, query, status }
    if (operation) call.operation = operation
    if (fault) call.fault = fault
    this.#calls.push(call)
    if (this.#calls.length > KEPT_CALLS) this.#calls.splice(0, this.#calls.length - KEPT_CALLS)
    const key = `${vendor} ${method} ${operation ?? path}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /** What tests have set outlives this object, which goes when nobody calls it for ten seconds. The record of calls does not. */
  #remember() {
    const kept = Kept.safeParse(this.ctx.storage.kv.get('control')).data
    if (!kept) return
    this.#faults = kept.faults
    this.#struck = kept.struck
    this.#switches = new Map(kept.switches)
    this.#auto = kept.auto
    ;({ offset: this.#offset, scale: this.#scale, origin: this.#origin } = kept.clock)
  }

  #keep() {
    const clock = { offset: this.#offset, scale: this.#scale, origin: this.#origin }
    const [faults, struck] = [this.#faults, this.#struck]
    const kept: Kept = { faults, struck, switches: [...this.#switches], auto: this.#auto, clock }
    this.ctx.storage.kv.put('control', kept)
  }

  #now(): number {
    return Math.floor(this.#origin + (Date.now() - this.#origin) * this.#scale + this.#offset)
  }

  #deliver(delivery: Delivery) {
    if (this.#auto) this.ctx.waitUntil(this.#send([delivery]))
    else this.#pending.push(delivery)
  }

  async #sign(deliveries: Delivery[], tampered = false): Promise<OutgoingRequest[]> {
    const signed: OutgoingRequest[] = []
    for (const delivery of deliveries) {
      const made = await this.#vendors.get(delivery.vendor)?.outgoing?.(delivery, this.#now(), tampered)
      if (made) signed.push(made)
    }
    return signed
  }

  /** Sends at once and once more after each 5xx or failure, with a new stamp each time, as vendors do. */
  async #send(deliveries: Delivery[]): Promise<{ url: string; status: number }[]> {
    const sent = []
    for (const delivery of deliveries)
      for (const pause of [0, 1_000, 5_000]) {
        if (pause) await scheduler.wait(pause)
        const [out] = await this.#sign([delivery])
        if (!out) break
        const status = await fetch(out.url, { method: out.method, headers: out.headers, body: out.body }).then(
          (r) => r.status,
          () => 0,
        )
        sent.push({ url: out.url, status })
        if (status > 0 && status < 500) break
      }
    return sent
  }

  /** Mistakes of a test are told to the test. */
  #controlled(path: string[], method: string, body: string, url: URL): Promise<Response> {
    return this.#control(path, method, body, url).catch((error) =>
      Response.json({ error: error instanceof Error ? error.message : String(error) }, { status: 400 }),
    )
  }

  async #control(path: string[], method: string, body: string, url: URL): Promise<Response> {
    const input: unknown = body ? JSON.parse(body) : {}
    const [what = '', ...rest] = path
    switch (what) {
      case 'seed': {
        const made: Record<string, unknown> = {}
        for (const [name, data] of Object.entries(z.record(z.string(), z.unknown()).parse(input)))
          made[name] = this.#vendors.get(name)?.seed(data)
        return Response.json(made)
      }
      case 'dump':
        return Response.json(
          Object.fromEntries([...this.#vendors].map(([name, vendor]): [string, unknown] => [name, vendor.dump()])),
        )
      case 'faults':
        if (method === 'DELETE') this.#faults = []
        else if (method === 'POST') this.#faults.push(Fault.parse(input))
        this.#keep()
        return Response.json(this.#faults)
      case 'struck':
        return Response.json({ struck: this.#struck, opened: this.#opened })
      case 'switches':
        for (const [key, value] of Object.entries(z.record(z.string(), z.unknown()).parse(input)))
          this.#switches.set(key, value)
        this.#keep()
        return Response.json(Object.fromEntries(this.#switches))
      case 'clock': {
        const move = z.object({ advanceMs: z.number().optional(), scale: z.number().optional() }).parse(input)
        if (move.scale !== undefined) {
          this.#offset = this.#now() - Date.now()
          this.#origin = Date.now()
          this.#scale = move.scale
        }
        this.#offset += move.advanceMs ?? 0
        if (move.scale !== undefined || move.advanceMs !== undefined) this.#keep()
        return Response.json({ now: this.#now() })
      }
      case 'calls':
        if (method === 'DELETE') {
          this.#calls = []
          this.#counts.clear()
        }
        return Response.json({
          calls: this.#calls.filter((call) => call.n > Number(url.searchParams.get('after') ?? 0)),
          counts: Object.fromEntries(this.#counts),
        })
      case 'deliveries':
        return this.#deliveries(rest[0] ?? '', input)
      default: {
        const vendor = this.#vendors.get(what)
        if (!vendor) return new Response(`no control ${what}`, { status: 404 })
        return Response.json((await vendor.act(rest.join('/'), input)) ?? null)
      }
    }
  }

  /** `take` answers the signed requests and forgets them; `send` sends them; `auto` sends each one as it happens. */
  async #deliveries(action: string, input: unknown): Promise<Response> {
    const options = z
      .object({
        tampered: z.boolean().default(false),
        reversed: z.boolean().default(false),
        on: z.boolean().default(true),
      })
      .parse(input)
    if (action === 'auto') {
      this.#auto = options.on
      this.#keep()
      return Response.json({ auto: this.#auto })
    }
    const pending = options.reversed ? this.#pending.reverse() : this.#pending
    this.#pending = []
    if (action === 'send') return Response.json(await this.#send(pending))
    return Response.json(await this.#sign(pending, options.tampered))
  }
}

const toResponse = ({ status, headers, body }: VendorResponse): Response =>
  typeof body === 'string' || body === null
    ? new Response(body, { status, headers: headers ?? {} })
    : Response.json(body, { status, headers: headers ?? {} })

/** Tells the Worker in front (index.ts) what to do to the answer: only there can a reply be lost as on a network. */
const withFault = (fault: string, response = new Response(null)): Response => {
  const marked = new Response(response.body, response)
  marked.headers.set('x-sandbox-fault', fault)
  return marked
}
