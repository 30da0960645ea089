import { z } from 'zod'
import { Body } from './fields'
import { ALL_SCOPES } from './scopes'

export const CLIENT_ID = 'freshbooks-client'
export const CLIENT_SECRET = 'freshbooks-secret'
export const REDIRECT_URI = 'https://connector.test/oauth/callback'
/** Account ids are short and mix their case. */
export const ACCOUNT_ID = 'aBc1De'

const Application = z.object({
  clientId: z.string().default(CLIENT_ID),
  clientSecret: z.string().default(CLIENT_SECRET),
  redirectUris: z.array(z.string()).default([REDIRECT_URI]),
  scopes: z.array(z.string()).default(ALL_SCOPES),
})

/** A document as its user filled it in: API fields, `at` (ISO instant) for when, and names instead of ids. */
const Documents = z.array(Body).default([])

const Business = z.object({
  name: z.string().default('Maple Goods'),
  accountId: z.string().nullable().default(ACCOUNT_ID),
  businessId: z.int().optional(),
  currency: z.string().default('USD'),
  timezone: z.string().default('America/Toronto'),
  accountsPayable: z.boolean().default(true),
  manualJournal: z.boolean().default(true),
  /** `{number: '6000-4', name, type, sub_type, parent: '6000'}`. */
  accounts: z
    .array(
      z.object({
        number: z.string(),
        name: z.string(),
        type: z.enum(['asset', 'equity', 'expense', 'income', 'liability']),
        sub_type: z.string().default('Cash & Bank'),
        parent: z.string().optional(),
      }),
    )
    .default([]),
  categories: Documents,
  taxes: Documents,
  items: Documents,
  /** May hold `credit: '10.00'`: money of an earlier overpayment. */
  clients: Documents,
  /** `client` by organization; `status` as in the API; `payments`, `deleted: true`. */
  invoices: Documents,
  billVendors: Documents,
  /** `vendor` and, in lines, `category` by name; `payments`. */
  bills: Documents,
  /** `category` by name. */
  expenses: Documents,
  /** `details` with `account` by name. */
  journalEntries: Documents,
})
export type BusinessIn = z.infer<typeof Business>

/** `memberships` name businesses; the first identity owns them all unless it says otherwise. */
const Identity = z.object({
  id: z.int().optional(),
  email: z.string().default('owner@maple.example'),
  firstName: z.string().default('Ada'),
  lastName: z.string().default('Maple'),
  memberships: z.array(z.object({ business: z.string(), role: z.string().default('owner') })).optional(),
})

const Token = z.object({
  token: z.string(),
  /** Makes it the chain's token as well. */
  refreshToken: z.string().optional(),
  identity: z.string().optional(),
  clientId: z.string().default(CLIENT_ID),
  scopes: z.array(z.string()).default(ALL_SCOPES),
  /** Seconds. */
  expiresIn: z.number().default(43_200),
})

/** The second business keeps no books: its owner is a mere client of somebody (sheet 2). */
const TWO = [{}, { name: 'Bayern Corporation', accountId: null }]

export const Seed = z.object({
  applications: z.array(Application).prefault([{}]),
  businesses: z.array(Business).prefault(TWO),
  identities: z.array(Identity).prefault([{}]),
  tokens: z.array(Token).default([]),
})
export type Seed = z.infer<typeof Seed>
