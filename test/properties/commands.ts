import fc from 'fast-check'

/** Places in the tables of `play.ts`; numbers of invoices and customers wrap around. */
export type Command =
  | { do: 'draft'; line: Line; currency: 'USD' | 'EUR'; customer: number; approve: boolean }
  | { do: 'approve'; invoice: number }
  | { do: 'edit'; invoice: number; line: Line; tell: boolean }
  | { do: 'rename'; customer: number }
  | { do: 'deliver'; copies: number; reversed: boolean }
  | { do: 'late' }
  | { do: 'lose' }
  | { do: 'poll' }
  | { do: 'fault'; fault: Record<string, unknown> }
  | { do: 'lag'; ms: number }
  | { do: 'map'; line: 0 | 1; target: '200' | '201' }
  | { do: 'replay'; invoice: number; how: 'plain' | 'reread' | 'remap' }
  | { do: 'pause' }
  | { do: 'resume' }
  | { do: 'once' }
  | { do: 'settle' }
  | { do: 'kill'; at: number; moment: 'before' | 'after' }
  | { do: 'meanwhile'; at: number; what: Command }

export interface Line {
  product: 0 | 1
  quantity: number
  cents: number
  taxes: string[]
}

type Of<K extends Command['do']> = Extract<Command, { do: K }>

const invoice = fc.nat({ max: 2 })
const customer = fc.nat({ max: 1 })
const line = fc.record<Line>({
  product: fc.constantFrom(0, 0, 1),
  quantity: fc.integer({ min: 1, max: 7 }),
  cents: fc.integer({ min: 1, max: 900_000 }),
  taxes: fc.constantFrom([], ['GST'], ['QST']),
})

export const draft = fc.record<Of<'draft'>>({
  do: fc.constant('draft'),
  line,
  currency: fc.constantFrom('USD', 'USD', 'EUR'),
  customer,
  approve: fc.constantFrom(true, true, false),
})
export const approve = fc.record<Of<'approve'>>({ do: fc.constant('approve'), invoice })
export const edit = fc.record<Of<'edit'>>({ do: fc.constant('edit'), invoice, line, tell: fc.boolean() })
export const rename = fc.record<Of<'rename'>>({ do: fc.constant('rename'), customer })
export const deliver = fc.record<Of<'deliver'>>({
  do: fc.constant('deliver'),
  copies: fc.integer({ min: 1, max: 3 }),
  reversed: fc.boolean(),
})
export const late = fc.constant<Of<'late'>>({ do: 'late' })
export const lose = fc.constant<Of<'lose'>>({ do: 'lose' })
export const poll = fc.constant<Of<'poll'>>({ do: 'poll' })
export const once = fc.constant<Of<'once'>>({ do: 'once' })
export const settled = fc.constant<Of<'settle'>>({ do: 'settle' })
export const pause = fc.constant<Of<'pause'>>({ do: 'pause' })
export const resume = fc.constant<Of<'resume'>>({ do: 'resume' })
export const lag = fc.record<Of<'lag'>>({ do: fc.constant('lag'), ms: fc.constantFrom(0, 20_000, 120_000) })
export const remap = fc.record<Of<'map'>>({
  do: fc.constant('map'),
  line: fc.constantFrom(0, 1),
  target: fc.constantFrom('200', '201'),
})
export const replay = fc.record<Of<'replay'>>({
  do: fc.constant('replay'),
  invoice,
  how: fc.constantFrom('plain', 'reread', 'remap'),
})
export const kill = fc.record<Of<'kill'>>({
  do: fc.constant('kill'),
  at: fc.integer({ min: 1, max: 12 }),
  moment: fc.constantFrom('before', 'after'),
})

const blow = fc.constantFrom(
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'cut-body' },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 500 },
  { kind: 'html', status: 200 },
  { kind: 'html', status: 502 },
  { kind: 'throttled', form: '429' },
  { kind: 'throttled', form: '429-bare' },
)
/** Reads and writes of Cin7 are struck apart: the writes are what matters most. */
const where = fc.constantFrom(
  { vendor: 'cin7', method: 'POST' },
  { vendor: 'cin7', method: 'POST' },
  { vendor: 'cin7', method: 'GET' },
  { vendor: 'cin7' },
  { vendor: 'wave' },
)
export const fault = fc
  .tuple(where, blow, fc.integer({ min: 1, max: 3 }), fc.nat({ max: 5 }))
  .map<Of<'fault'>>(([place, what, times, skip]) => ({ do: 'fault', fault: { ...place, ...what, times, skip } }))

/** One or two approved invoices, often in the books already: what follows has something to go wrong with. */
export const opening = fc
  .tuple(fc.array(draft, { minLength: 1, maxLength: 2 }), fc.boolean())
  .map<Command[]>(([drafts, posted]) => [
    ...drafts.map((one) => ({ ...one, approve: true })),
    ...(posted ? ([{ do: 'poll' }, { do: 'settle' }] as const) : []),
  ])

/** Something that happens while a vendor is being called. */
export const meanwhile = (...commands: fc.Arbitrary<Command>[]) =>
  fc.record<Of<'meanwhile'>>({
    do: fc.constant('meanwhile'),
    at: fc.integer({ min: 1, max: 9 }),
    what: fc.oneof(...commands),
  })
