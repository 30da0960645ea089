import { z } from 'zod'
import type { WaveWise } from './office'

const Transfer = z.object({
  id: z.number(),
  status: z.string(),
  details: z.object({ reference: z.string().optional() }),
  targetValue: z.string(),
  /** What leaves the balance for it. */
  debit: z.string(),
})
export type Transfer = z.infer<typeof Transfer>

const Entry = z.object({ direction: z.string(), amount: z.string(), kind: z.string(), reference: z.string() })

const Recipient = z.object({ name: z.string(), active: z.boolean(), details: z.record(z.string(), z.string()) })

const Transaction = z.object({
  externalId: z.string(),
  anchor: z.object({ amount: z.string(), direction: z.string() }),
})
export type Transaction = z.infer<typeof Transaction>

const Invoice = z.object({ id: z.string(), number: z.string(), total: z.string() })
const Payment = z.object({ invoice: z.string(), amount: z.string() })

const Dump = z.object({
  wave: z.object({
    invoices: z.array(Invoice),
    payments: z.array(Payment),
    transactions: z.array(Transaction),
  }),
  wise: z.object({
    transfers: z.array(Transfer),
    payments: z.array(z.object({ transfer: z.number() })),
    entries: z.array(Entry),
    recipients: z.array(Recipient),
    notifications: z.array(z.object({ event: z.string(), body: z.string() })),
  }),
})
export type Books = z.infer<typeof Dump>

export const booksOf = async ({ world }: WaveWise): Promise<Books> => Dump.parse(await world.dump())
