import { z } from 'zod'
import { ListFields } from './list-schema'
import { Body } from './read-body'
import * as preset from './seed-defaults'

const Id = z.string().regex(/^\d+$/).optional()
const ListSeed = ListFields.extend({ Id, CurrentBalance: z.number().default(0) })
export type ListSeed = z.infer<typeof ListSeed>

const list = (otherwise: z.input<typeof ListSeed>[] = []) => z.array(ListSeed).prefault(otherwise)

/** Vendors and transactions are seeded in the vendor's own words and go through the vendor's own checks; `Id` may be chosen. */
const Documents = z.array(Body).default([])

export const RealmSeed = z.strictObject({
  realmId: z
    .string()
    .regex(/^\d{1,19}$/)
    .default(preset.REALM_ID),
  companyName: z.string().default('Sandbox Company'),
  country: z.string().default('US'),
  homeCurrency: z.string().default('USD'),
  multicurrency: z.boolean().default(false),
  environment: z.enum(['production', 'sandbox']).default('production'),
  plan: z.enum(['essentials', 'plus']).default('plus'),
  status: z.enum(['active', 'suspended']).default('active'),
  bookCloseDate: z.string().nullable().default(null),
  customTxnNumbers: z.boolean().default(false),
  classTracking: z.enum(['off', 'transaction', 'line']).default('line'),
  trackDepartments: z.boolean().default(true),
  warnDuplicateBills: z.boolean().default(true),
  accounts: list(preset.ACCOUNTS),
  terms: list(preset.TERMS),
  items: list(preset.ITEMS),
  taxRates: list(preset.TAX_RATES),
  taxCodes: list(preset.TAX_CODES),
  departments: list(),
  classes: list(),
  /** Beside the home currency, where multicurrency is on. */
  currencies: list(),
  customers: list(),
  employees: list(),
  vendors: Documents,
  purchaseOrders: Documents,
  bills: Documents,
  vendorCredits: Documents,
})
export type RealmSeed = z.infer<typeof RealmSeed>

export const HookSeed = z.strictObject({
  url: z.string(),
  format: z.enum(['cloudevents', 'legacy']).default('cloudevents'),
  contentType: z.string().default('application/json; charset=utf-8'),
  entities: z.union([z.literal('all'), z.array(z.string())]).default('all'),
})

export const AppSeed = z.strictObject({
  clientId: z.string().default(preset.CLIENT_ID),
  clientSecret: z.string().default(preset.CLIENT_SECRET),
  redirectUris: z.array(z.string()).default([preset.REDIRECT_URI]),
  environment: z.enum(['production', 'development']).default('production'),
  verifierToken: z.string().default(preset.VERIFIER_TOKEN),
  hook: HookSeed.nullable().default(null),
})

/** A consent that was given before, with tokens that a test knows. */
export const GrantSeed = z.strictObject({
  realmId: z.string().default(preset.REALM_ID),
  clientId: z.string().default(preset.CLIENT_ID),
  refreshToken: z.string().default(preset.REFRESH_TOKEN),
  accessToken: z.string().nullable().default(preset.ACCESS_TOKEN),
  /** Seconds from now; null is as long as a fresh one. */
  expiresIn: z.number().nullable().default(null),
})

/** Named in part or not at all: one app, one small company, one consent. */
export const Seed = z.strictObject({
  apps: z.array(AppSeed).prefault([{}]),
  realms: z.array(RealmSeed).prefault([{}]),
  grants: z.array(GrantSeed).prefault([{}]),
})
