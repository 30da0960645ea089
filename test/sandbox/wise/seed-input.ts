import { z } from 'zod'

const Amount = z.union([z.string().regex(/^-?\d+(\.\d+)?$/), z.number().transform(String)])

const BalanceSeed = z.strictObject({ currency: z.string(), amount: Amount.default('0') })

/** The body of `POST /v1/accounts` without `profile`; it is checked like one. */
const RecipientSeed = z.looseObject({ currency: z.string(), type: z.string(), accountHolderName: z.string() })

/** Registered without the test call. */
const SubscriptionSeed = z.strictObject({
  event: z.string(),
  version: z.string().default('4.0.0'),
  url: z.string(),
  name: z.string().default('seeded'),
})

const ProfileSeed = z.strictObject({
  id: z.int().optional(),
  type: z.enum(['PERSONAL', 'BUSINESS']).default('BUSINESS'),
  name: z.string(),
  /** Where the account is held: US, CA, AU, NZ, SG and MY may fund by a personal token. */
  country: z.string().default('US'),
  verified: z.boolean().default(true),
  balances: z.array(BalanceSeed).default([]),
  recipients: z.array(RecipientSeed).default([]),
  subscriptions: z.array(SubscriptionSeed).default([]),
})
export type ProfileSeed = z.infer<typeof ProfileSeed>

const TokenSeed = z.strictObject({
  token: z.string(),
  readOnly: z.boolean().default(false),
  /** ISO stamp. */
  expiresAt: z.iso.datetime().nullable().default(null),
})

const UserSeed = z.strictObject({
  id: z.int().optional(),
  email: z.string(),
  name: z.string(),
  scaKeys: z.array(z.string()).max(5).default([]),
  tokens: z.array(TokenSeed).default([]),
  profiles: z.array(ProfileSeed).default([]),
})
export type UserSeed = z.infer<typeof UserSeed>

const ClientSeed = z.strictObject({
  clientId: z.string().default('wise-client'),
  clientSecret: z.string().default('wise-client-secret'),
  /** Names the application in paths of application webhooks. */
  clientKey: z.uuid().default('c11e0000-7777-4777-8777-000000000001'),
  redirectUris: z.array(z.string()).default(['https://connector.example/oauth/wise']),
})
export type ClientSeed = z.infer<typeof ClientSeed>

/** A consent that was given before: answers tokens. */
const GrantSeed = z.strictObject({ clientId: z.string().default('wise-client'), email: z.string().optional() })

export const PERSONAL_TOKEN = '0a0a0a0a-5555-4555-8555-0123456789ab'

const DEFAULT_USER = {
  email: 'nora@field.example',
  name: 'Nora Field',
  tokens: [{ token: PERSONAL_TOKEN }],
  profiles: [
    { type: 'PERSONAL' as const, name: 'Nora Field', country: 'GB', balances: [{ currency: 'GBP', amount: '900' }] },
    {
      type: 'BUSINESS' as const,
      name: 'Field Trading LLC',
      country: 'US',
      balances: [
        { currency: 'USD', amount: '25000' },
        { currency: 'EUR', amount: '500.5' },
      ],
    },
  ],
}

export const Seed = z.strictObject({
  users: z.array(UserSeed).optional(),
  clients: z.array(ClientSeed).optional(),
  grants: z.array(GrantSeed).default([]),
  /** `{"USD-EUR": "0.9215"}` */
  rates: z.record(z.string().regex(/^[A-Z]{3}-[A-Z]{3}$/), Amount).default({}),
})

export const defaultUsers = (): UserSeed[] => [UserSeed.parse(DEFAULT_USER)]
export const defaultClients = (): ClientSeed[] => [ClientSeed.parse({})]
