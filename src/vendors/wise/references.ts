import type { ReadApi, Reference } from '../../core/vendor'
import { type Balance, readBalances } from './balances'
import { readRecipients } from './recipient-list'

const isOpen = ({ visible }: Balance): boolean => visible !== false

/** By id: an account of the ledger stands for each. */
const balances = async (api: ReadApi): Promise<Reference[]> =>
  (await readBalances(api)).map((balance) => ({
    kind: 'balance',
    code: balance.id,
    name: [balance.currency, balance.name].filter(Boolean).join(' '),
    active: isOpen(balance),
    uses: [`currency:${balance.currency}`],
  }))

/** Those that the profile holds money in; Wise has no list of what else it could pay in (sheet 3). */
const currencies = async (api: ReadApi): Promise<Reference[]> =>
  [...Map.groupBy(await readBalances(api), ({ currency }) => currency)].map(([code, held]) => ({
    kind: 'currency',
    code,
    name: code,
    active: held.some(isOpen),
    uses: [],
  }))

const recipients = async (api: ReadApi): Promise<Reference[]> =>
  (await readRecipients(api)).map(({ id, name, summary, currency, active }) => ({
    kind: 'recipient',
    code: id,
    name: [name || `recipient ${id}`, `(${summary || currency})`].join(' '),
    active,
    uses: [`currency:${currency}`],
  }))

export const references = { balance: balances, currency: currencies, recipient: recipients }
