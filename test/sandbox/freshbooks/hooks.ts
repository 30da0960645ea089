export interface Callback {
  id: number
  /** The application that registered it. */
  clientId: string
  /** `invoice.create`, or a bare noun for all its verbs. */
  event: string
  uri: string
  verified: boolean
  /** Also the secret that signs its deliveries. */
  verifier: string
  updatedAt: number
  failingSince: number | null
}

/** One event on its way to one callback. */
export interface Notification {
  id: string
  callback: number
  event: string
  url: string
  /** In the order of the body. */
  fields: [string, string][]
  attempts: { at: number; status: number }[]
  /** When it leaves (again); `null` when it is on its way, arrived, or given up. */
  dueAt: number | null
  state: 'waiting' | 'sent' | 'arrived' | 'given-up'
}

const NOUNS = [
  'bill',
  'bill_vendor',
  'category',
  'client',
  'credit_note',
  'estimate',
  'expense',
  'invoice',
  'item',
  'payment',
  'project',
  'recurring',
  'service',
  'tax',
  'time_entry',
]

/** Nothing exists for bill payments and journal entries (sheet 5). */
export const isEvent = (event: string): boolean => {
  if (event === 'estimate.sendByEmail' || event === 'invoice.sendByEmail') return true
  const [noun = '', verb, ...more] = event.split('.')
  const known = verb === undefined || ['create', 'update', 'delete'].includes(verb)
  return NOUNS.includes(noun) && known && more.length === 0
}

const OBJECTS: Record<string, string> = {
  category: 'expenses',
  recurring: 'invoices',
  item: 'billable_items',
  service: 'billable_items',
  tax: 'taxes',
  time_entry: 'time_entries',
}

/** Registering needs the read scope of the noun (sheet 5). */
export const scopeOfEvent = (event: string): string => {
  const [noun = ''] = event.split('.')
  return OBJECTS[noun] ?? `${noun}s`
}

export const hears = ({ event }: Callback, happened: string): boolean =>
  event === happened || event === happened.split('.')[0]
