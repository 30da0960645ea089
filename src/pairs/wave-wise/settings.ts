import { z } from 'zod'
import { PayoutSettings } from './payout-settings'

const said = (what: string) => z.string({ error: what }).trim().min(1, { error: what })

/** Money at Wise in one currency, and the account of the ledger that stands for it. */
const Balance = z.lazy(() =>
  z.strictObject({
    balance: said('the id of a Wise balance'),
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'a currency code, e.g. "USD"' }),
    account: said('the id of a Wave account of the kind Cash and Bank, in the currency of the balance'),
  }),
)
export type Balance = z.infer<typeof Balance>

/** The first rule that fits says where a movement is booked. What is left out fits everything. */
const Rule = z.lazy(() =>
  z.strictObject({
    direction: z.enum(['credit', 'debit'], { error: '"credit" or "debit"' }).optional(),
    /** As Wise names it, e.g. `TRANSFER`, `CARD`. */
    channel: z.string().min(1).optional(),
    /** How the reference begins, e.g. `CARD-`. */
    reference: z.string().min(1).optional(),
    account: said('the id of a Wave account'),
  }),
)
export type Rule = z.infer<typeof Rule>

/** What a bookkeeper decides once for this pair. Accounts are Wave's, by their GraphQL ids. */
export const Settings = z.lazy(() =>
  z
    .strictObject({
      balances: z.array(Balance).min(1, { error: 'at least one Wise balance and its Wave account' }),
      /** What a payment is booked on: what is owed to its recipient. */
      payoutAccount: said('the id of the Wave account that payments through Wise are booked on'),
      feeAccount: said('the id of the Wave account for the fees of Wise'),
      /** Both sides of a conversion between two balances. */
      fxAccount: said('the id of the Wave account for money that is converted between balances'),
      /** What nobody has said where to book: for a person to sort, and never income. */
      clearingAccount: said('the id of the Wave account for movements that a person has to sort'),
      /** Where a payment stands until it is sent; left out = it is booked once, when it leaves the balance. */
      pendingAccount: said('the id of a Wave account that holds no money').optional(),
      rules: z.array(Rule).default([]),
      payout: PayoutSettings.optional(),
      /** Wave imports the Wise account by itself: we book nothing, because every movement would be there twice. */
      bankFeed: z.boolean({ error: 'true or false' }).default(false),
    })
    .superRefine(({ balances, rules, payout, ...rest }, context) => {
      const problem = (path: (string | number)[], message: string) =>
        context.addIssue({ code: 'custom', path, message, input: undefined })
      for (const key of ['balance', 'currency', 'account'] as const)
        balances.forEach((one, n) => {
          if (balances.findIndex((other) => other[key] === one[key]) < n)
            problem(['balances', n, key], `is there twice: each balance has its own`)
        })
      if (payout && !balances.some(({ currency }) => currency === payout.from))
        problem(['payout', 'from'], 'is the currency of no balance that is named here')
      const bank = new Set(balances.map(({ account }) => account))
      const named = [
        ...lineAccounts(rest).map(([name, account]) => [[name], account] as const),
        ...rules.map(({ account }, n) => [['rules', n, 'account'], account] as const),
      ]
      for (const [path, account] of named)
        if (bank.has(account))
          problem([...path], 'is the account of a balance: Wave books no bank account against another')
    }),
)
export type Settings = z.infer<typeof Settings>

const LINE_ACCOUNTS = ['payoutAccount', 'feeAccount', 'fxAccount', 'clearingAccount', 'pendingAccount'] as const

/** Those that movements are booked against, by the name of their setting. */
export const lineAccounts = (
  settings: Partial<Pick<Settings, (typeof LINE_ACCOUNTS)[number]>>,
): [(typeof LINE_ACCOUNTS)[number], string][] =>
  LINE_ACCOUNTS.flatMap((name) => {
    const account = settings[name]
    return account === undefined ? [] : [[name, account]]
  })
