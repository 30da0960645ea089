import { z } from 'zod'
import type { Change, WebhookDoor } from '../../core/vendor'
import { sameSecret } from '../../lib/bytes'
import { parseJson } from '../../lib/json'

/** The one static header of free choice, which is all that proves where a push comes from (sheet 11). */
const HEADER = 'x-connector-secret'

/** Generic inquiries that the customer makes, by the name that the steps give them; each has the column NoteID. */
const INQUIRIES = new Map([
  ['connector vendors', 'vendor'],
  ['connector bills', 'bill'],
  ['connector purchase orders', 'purchase-order'],
])

const Rows = z.array(z.record(z.string(), z.unknown())).nullish()

/** Rows are flat, their columns named by the inquiry. The stamp in ticks is beyond 2^53 and not needed: records are read again. */
const Push = z.lazy(() => z.object({ Inserted: Rows, Deleted: Rows, Query: z.string(), Id: z.string().min(1) }))

export const webhook: WebhookDoor = {
  scope: 'connection',
  byHand: {
    events: [...INQUIRIES.keys()],
    header: `${HEADER}: the secret that was stored with PUT …/webhook-secret`,
    steps: [
      'Choose a long random secret and store it with the connection (PUT …/webhook-secret).',
      'In Acumatica, on the form Generic Inquiry, make one inquiry for each kind of record that is to be told: “Connector Vendors” over vendors, “Connector Bills” over AP bills, “Connector Purchase Orders” over purchase orders. Each shows the column NoteID of the record and its last modified date, from one table: no totals, formulas or details.',
      `On the form Push Notifications (SM302000), add a destination of the type Webhook with the address {url}, the header name ${HEADER}, and the secret as header value.`,
      'Below it, add the three generic inquiries, with all their fields, and make it active.',
      'Acumatica sends each change five times at most, then it waits on the form Process Push Notifications (SM502000) for two days. What is missed is found by polling.',
    ],
  },

  /** Acumatica sends no probe. */
  probe: () => false,

  /** Nothing is signed, and there is no time in what is: a hint can only ever cause a record to be read again. */
  verify: async ({ headers }, secret) => {
    const given = headers.get(HEADER)
    return given !== null && sameSecret(given, secret)
  },

  /** Each connection has its own URL. */
  accounts: () => [],

  changes({ body }) {
    const push = Push.safeParse(parseJson(body)).data
    if (!push) return undefined
    const type = INQUIRIES.get(push.Query.trim().toLowerCase())
    return type === undefined ? [] : changesOf(push, type)
  },
}

/** An update is a row in both arrays. A repetition has the same id and inquiry (sheet 11). */
const changesOf = ({ Id, Query, Inserted, Deleted }: z.infer<typeof Push>, type: string): Change[] => {
  const inserted = idsOf(Inserted)
  const deleted = idsOf(Deleted)
  const event = (id: string): string => {
    if (!inserted.has(id)) return 'deleted'
    return deleted.has(id) ? 'updated' : 'inserted'
  }
  return [...new Set([...inserted, ...deleted])].map((id) => ({
    type,
    id,
    event: `${type}.${event(id)}`,
    eventId: `${Id}|${Query}`,
  }))
}

const Guid = z.guid().transform((id) => id.toLowerCase())

/** `NoteID`, alone or behind the name of its table: `VendorR_noteID`. */
const idsOf = (rows: z.infer<typeof Rows>): Set<string> =>
  new Set(
    (rows ?? []).flatMap((row) => {
      const name = Object.keys(row).find((column) => /(^|_)noteid$/i.test(column))
      const id = Guid.safeParse(String(row[name ?? ''] ?? '').trim())
      return id.success ? [id.data] : []
    }),
  )
