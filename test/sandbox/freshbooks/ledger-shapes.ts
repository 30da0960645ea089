export type AccountType = 'asset' | 'equity' | 'expense' | 'income' | 'liability'

/** One account of the chart: a ledger account, and a journal account (`jea_id`) or sub account (`jesa_id`) as well. */
export interface Account {
  uuid: string
  name: string
  /** `1000`, and `1000-1` for a sub account. */
  number: string
  description: string
  type: AccountType
  sub_type: string
  parent: string | null
  journalId: number
  system: string | null
  category: number | null
  auto_created: boolean
  state: 'active' | 'archived'
  createdAt: number
  updatedAt: number
}

export interface Leg {
  id: number
  sub_accountid: number
  debit: string | null
  credit: string | null
  detail_type: string
}

/** The documents that an entry names; there is no place for a bill (sheet 4). */
export interface Origin {
  categoryid: number | null
  clientid: number | null
  creditid: number | null
  expenseid: number | null
  incomeid: number | null
  invoiceid: number | null
  paymentid: number | null
}

export const NO_ORIGIN: Origin = {
  categoryid: null,
  clientid: null,
  creditid: null,
  expenseid: null,
  incomeid: null,
  invoiceid: null,
  paymentid: null,
}

export interface Entry {
  id: number
  /** `manual/<id>`, or the document that FreshBooks made the entry from: `invoice/<id>`. */
  source: string
  name: string
  description: string
  user_entered_date: string
  currency_code: string
  origin: Origin
  legs: Leg[]
}
