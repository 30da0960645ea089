import { z } from 'zod'
import { wave } from '../../../src/vendors/wave'
import { memoryStore } from '../../sandbox/memory-store'
import type { Simulator } from '../../sandbox/vendor'
import { makeWave } from '../../sandbox/wave'
import { onSimulator, type Writing } from '../../support/on-simulator'
import { BUSINESS } from './samples'

const Made = z.object({ id: z.string(), graphId: z.string(), name: z.string() })
const Invoice = z.object({ id: z.string(), graphId: z.string(), status: z.string() })
const Seeded = z.object({ businesses: z.array(z.object({ accounts: z.array(Made) })) })

const Dump = z.object({
  accounts: z.array(z.object({ id: z.string(), name: z.string(), balance: z.string() })),
  transactions: z.array(
    z.object({
      graphId: z.string(),
      externalId: z.string(),
      date: z.string(),
      description: z.string(),
      notes: z.string().nullable(),
      anchor: z.object({ amount: z.string(), direction: z.string() }),
      lineItems: z.array(z.object({ amount: z.string(), side: z.string(), description: z.string().nullable() })),
    }),
  ),
  payments: z.array(
    z.object({ id: z.string(), amount: z.string(), memo: z.string().nullable(), paymentMethod: z.string() }),
  ),
})

const ACCOUNTS = [
  { name: 'Sales', subtype: 'INCOME' },
  { name: 'Wise USD', subtype: 'CASH_AND_BANK', currency: 'USD' },
  { name: 'Payouts', subtype: 'EXPENSE' },
  { name: 'Fees', subtype: 'PAYMENT_PROCESSING_FEES' },
  { name: 'Clearing', subtype: 'OTHER_CURRENT_LIABILITY' },
]

export interface Rig {
  simulator: Simulator
  switches: Record<string, unknown>
  /** GraphQL id of the account of that name. */
  account(name: string): string
  invoice(input?: object): z.infer<typeof Invoice>
  act(action: string, input: object): unknown
  dump(): z.infer<typeof Dump>
}

/** One business of the simulator. */
export const openWave = (): Rig => {
  const switches: Record<string, unknown> = {}
  const simulator = makeWave({
    store: memoryStore(),
    now: () => Date.parse('2026-03-02T10:00:00.000Z'),
    switched: <T>(name: string, otherwise: T) => (switches[name] as T | undefined) ?? otherwise,
    deliver: () => {},
  })
  const { businesses } = Seeded.parse(
    simulator.seed({ businesses: [{ id: BUSINESS, accounts: ACCOUNTS, products: [{ name: 'Misc. Services' }] }] }),
  )
  const accounts = new Map(businesses[0]?.accounts.map(({ name, graphId }) => [name, graphId]))
  return {
    simulator,
    switches,
    account: (name) => accounts.get(name) ?? name,
    invoice: (input = {}) =>
      Invoice.parse(
        simulator.act('create-invoice', {
          items: [{ product: 'Misc. Services', quantity: '2', unitPrice: '40', taxes: [] }],
          invoiceDate: '2026-03-02',
          dueDate: '2026-04-01',
          status: 'SAVED',
          ...input,
        }),
      ),
    act: (action, input) => simulator.act(action, input),
    dump: () => Dump.parse(simulator.dump()),
  }
}

/** Our client, calling it. */
export const client = ({ simulator }: Rig, writing?: Writing) =>
  onSimulator(
    { vendor: wave, simulator, credentials: { kind: 'token', token: 'wave-full-access' }, account: BUSINESS },
    writing,
  )
