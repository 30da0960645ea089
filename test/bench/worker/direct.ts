import { z } from 'zod'
import { Failed } from '../../../src/core/failure'
import type { TargetApi } from '../../../src/core/flow'
import type { Answer, Call, ReadApi, Vendor } from '../../../src/core/vendor'
import { parseJson } from '../../../src/lib/json'
import { invoiceToSale } from '../../../src/pairs/wave-cin7/invoice-to-sale'
import { Settings } from '../../../src/pairs/wave-cin7/settings'
import { cin7 } from '../../../src/vendors/cin7'
import { wave } from '../../../src/vendors/wave'
import { invoices } from '../../../src/vendors/wave/invoices'

const Side = z.object({ baseUrl: z.string(), account: z.string(), credentials: z.unknown() })
type Side = z.infer<typeof Side>

const Run = z.object({
  invoices: z.array(z.string()),
  atOnce: z.number(),
  wave: Side,
  cin7: Side,
  settings: Settings,
  mappings: z.record(z.string(), z.array(z.object({ code: z.string(), target: z.string() }))),
  /** What the customer of all of them is in Cin7. */
  customer: z.object({ id: z.string(), number: z.string() }),
})
type Run = z.infer<typeof Run>

/** The same calls and the same map at the same concurrency, with nothing remembered: no intent, no link, no audit, no retry. */
const carryAll = async (run: Run): Promise<void> => {
  const left = run.invoices.values()
  const lane = async () => {
    for (const invoice of left) await carryOne(run, invoice)
  }
  await Promise.all(Array.from({ length: run.atOnce }, lane))
}

const carryOne = async (run: Run, id: string): Promise<void> => {
  const invoice = await invoices.read(reader(wave, run.wave), id)
  if (!invoice) throw new Error(`no invoice ${id}`)
  const drafts = invoiceToSale.map(invoice, run.settings, lookupsOf(run))
  if ('kind' in drafts) throw new Failed(drafts)
  for (const { draft } of drafts) await invoiceToSale.target.create(writer(run.cin7), draft)
}

const lookupsOf = ({ mappings, customer, wave: source, cin7: target }: Run) => ({
  mapped: (kind: string, code: string) => mappings[kind]?.find((entry) => entry.code === code)?.target,
  linked: () => ({ ...customer, facts: {} }),
  variants: [],
  sourceAccount: { id: source.account, baseCurrency: 'USD' },
  targetAccount: { id: target.account, baseCurrency: 'USD' },
})

const reader = <C>(vendor: Vendor<C>, side: Side): ReadApi => ({
  account: side.account,
  settings: {},
  read: async (call, shape) => shape.parse((await send(vendor, side, call)).json),
})

const writer = (side: Side): TargetApi => ({
  ...reader(cin7, side),
  marker: `direct:${crypto.randomUUID()}`,
  step: async ({ call, answer }) => answer.parse((await send(cin7, side, call(crypto.randomUUID()))).json),
  stepState: () => undefined,
  allowed: () => undefined,
  withdrawn: () => undefined,
  refuseUnless: (differences) => {
    if (differences.length > 0) throw new Error(JSON.stringify(differences))
  },
})

const send = async <C>(vendor: Vendor<C>, { baseUrl, credentials }: Side, call: Call): Promise<Answer> => {
  const headers = new Headers({ accept: 'application/json', 'content-type': 'application/json', ...call.headers })
  vendor.authorise(headers, vendor.credentials.parse(credentials), '')
  const query = call.query ? `?${new URLSearchParams(call.query)}` : ''
  const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) }
  const response = await fetch(`${baseUrl}${call.path}${query}`, { method: call.method, headers, ...body })
  const text = await response.text()
  const answer = { status: response.status, headers: response.headers, text, json: parseJson(text) }
  const refusal = vendor.refusal?.(answer, call)
  if (refusal || !response.ok) throw new Error(`${call.method} ${call.path}: ${response.status} ${text}`)
  return answer
}

/** Answers how long it took. */
export default {
  async fetch(request): Promise<Response> {
    const run = Run.parse(await request.json())
    const started = Date.now()
    try {
      await carryAll(run)
    } catch (thrown) {
      return new Response(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown), { status: 500 })
    }
    return Response.json({ ms: Date.now() - started })
  },
} satisfies ExportedHandler
