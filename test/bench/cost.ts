import { unhurried } from './count'
import type { Figure } from './figure'
import { billOf, PRICED_ON, rowsOf } from './prices'
import { type Counts, sum } from './stage/counts'
import { type Lab, openLab } from './stage/open'
import { rounded } from './stage/waiting'
import { deliver, openWaveFirm, order, SALE, untilDone, untilQuiet, type WaveFirm } from './stage/wave-firm'

const RECORDS = 200
const SALE_TARGET = 25
const STEP_TARGET = 12
const CUSTOMER = 'wave-cin7/customer-to-customer'

interface Bill {
  flow: string
  target: number
  counts: Counts
}

/** Billable operations of a record, from the platform's own counters, and what a million of them cost. */
export const cost = async (): Promise<Figure> => {
  const { lab, close } = await openLab({ vars: { BENCH_LIMITS: 'off' } })
  try {
    return figureOf([await customers(lab), await sales(lab)])
  } finally {
    await close()
  }
}

/** One step each; a poll finds them all. */
const customers = async (lab: Lab): Promise<Bill> => {
  const firm = await openUnlimited(lab, 'cost-customers', { customers: RECORDS })
  await lab.counts()
  await order(firm, 'poll')
  await untilDone(lab, firm, RECORDS, CUSTOMER)
  await untilQuiet(lab, firm)
  return { flow: CUSTOMER, target: STEP_TARGET, counts: await lab.counts() }
}

/** Each is told by a webhook; the customer is known. */
const sales = async (lab: Lab): Promise<Bill> => {
  const firm = await openUnlimited(lab, 'cost-sales', { invoices: RECORDS + 1 })
  await warm(lab, firm)
  await lab.counts()
  await deliver(lab, firm, idsOf(firm).slice(1))
  await untilDone(lab, firm, RECORDS + 1)
  await untilQuiet(lab, firm)
  return { flow: SALE, target: SALE_TARGET, counts: await lab.counts() }
}

/** What waits for Cin7's minute costs alarms, and nothing of the record itself. */
const openUnlimited = async (...wanted: Parameters<typeof openWaveFirm>): Promise<WaveFirm> =>
  unhurried(await openWaveFirm(...wanted))

/** The first invoice brings its customer. */
export const warm = async (lab: Lab, firm: WaveFirm): Promise<void> => {
  await deliver(lab, firm, idsOf(firm).slice(0, 1))
  await untilDone(lab, firm, 1)
  await untilQuiet(lab, firm)
}

export const idsOf = ({ business }: WaveFirm): string[] => business.invoices.map(({ bareId }) => bareId)

const dollarsOf = ({ counts }: Bill): number => rounded(sum(billOf(counts, RECORDS)))

const figureOf = (bills: Bill[]): Figure => ({
  value: Object.fromEntries(bills.map((bill) => [bill.flow, dollarsOf(bill)])),
  target: Object.fromEntries(bills.map(({ flow, target }) => [flow, target])),
  ok: bills.every((bill) => dollarsOf(bill) <= bill.target),
  lines: [
    `US$ per million records at the list prices of ${PRICED_ON}; CPU time is not measurable locally and not in it`,
    ...bills.flatMap(linesOf),
  ],
})

const linesOf = (bill: Bill): string[] => {
  const parts = Object.entries(billOf(bill.counts, RECORDS)).map(([kind, dollars]) => `${kind} ${dollars.toFixed(2)}`)
  return [
    `${bill.flow}: ${dollarsOf(bill)} (${parts.join(', ')})`,
    `  rows written for each record, by cause:`,
    ...rowsOf(bill.counts, RECORDS).map((line) => `  ${line}`),
  ]
}
