import { usd } from '../../support/freshbooks-cin7-set-up'
import type { FreshbooksFirm } from './set-up'

interface Made {
  id: number
}

/** What a person does in FreshBooks. */
export const act = <T = Made>({ world }: FreshbooksFirm, action: string, input: object): Promise<T> =>
  world.act<T>('freshbooks', action, input)

const LINES = [
  { name: 'Loaf', description: 'Rye', qty: '3', unit_cost: usd('4.00') },
  { name: 'Consulting', description: 'March', qty: '2', unit_cost: usd('40.00'), taxName1: 'HST', taxAmount1: '13' },
]

/** An invoice over 102.40. Answers its id and number. */
export const sendInvoice = async (firm: FreshbooksFirm): Promise<Made & { invoice_number: string }> => {
  const made = await act<Made & { invoice_number: string }>(firm, 'create-invoice', {
    client: 'Harbour Lane',
    create_date: '2026-03-02',
    due_offset_days: 30,
    currency_code: 'USD',
    lines: LINES,
  })
  await act(firm, 'send-invoice', { invoice: made.id })
  return made
}

export const payInvoice = (firm: FreshbooksFirm, { id }: Made): Promise<Made> =>
  act(firm, 'pay-invoice', { invoice: id, amount: '102.40', date: '2026-03-20' })

/** A bill over 500.00. */
export const enterBill = (firm: FreshbooksFirm, number: string): Promise<Made> =>
  act(firm, 'create-bill', {
    vendor: 'Staples',
    bill_number: number,
    issue_date: '2026-03-01',
    due_offset_days: 30,
    currency_code: 'USD',
    language: 'en',
    lines: [{ category: 'Rent', description: 'March', quantity: '1', unit_cost: usd('500.00') }],
  })

export const payBill = (firm: FreshbooksFirm, { id }: Made): Promise<Made> =>
  act(firm, 'create-bill_payment', {
    billid: id,
    amount: usd('500.00'),
    paid_date: '2026-03-20',
    payment_type: 'Check',
  })

export const enterExpense = (firm: FreshbooksFirm, category: string, amount: string): Promise<Made> =>
  act(firm, 'create-expense', { category, amount: usd(amount), date: '2026-03-09', vendor: 'City Taxi', staffid: 1 })

const DAY_MS = 24 * 3_600_000

/** A poll looks 90 days back. */
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

export const enterEntry = (firm: FreshbooksFirm, name: string, days = 1): Promise<Made> =>
  act(firm, 'create-journal-entry', {
    name,
    description: 'March',
    currency_code: 'USD',
    user_entered_date: daysAgo(days),
    details: [
      { account: 'Owner Equity', debit: '100.00' },
      { account: 'Rent', debit: '50.01' },
      { account: 'Petty Cash', credit: '120.00' },
      { account: 'Advertising', credit: '30.01' },
    ],
  })

/** Every quarter of an hour by itself. */
export const poll = ({ admin, tenant, integration }: FreshbooksFirm): Promise<unknown> =>
  admin.call('POST', `/v1/tenants/${tenant}/integrations/${integration}/poll`, {})
