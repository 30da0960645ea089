import { z } from 'zod'
import { flag, id, text } from './shapes'

const Leaf = z.string().max(255)

/** Bank details of a person or a firm, as a user gave them: Wave has none. `details` by the keys of account-requirements, nested. */
export const RecipientProfile = z.lazy(() =>
  z.object({
    /** `iban`, `sort_code`, `aba` … */
    type: z.string().min(1),
    currency: z.string().regex(/^[A-Z]{3}$/),
    accountHolderName: z.string().min(2).max(140),
    legalType: z.enum(['PRIVATE', 'BUSINESS']),
    ownedByCustomer: z.boolean().default(false),
    details: z.record(z.string(), z.union([Leaf, z.record(z.string(), Leaf)])),
  }),
)
export type RecipientProfile = z.infer<typeof RecipientProfile>

/** The answer to one field of a form. */
export const answerTo = (profile: RecipientProfile, key: string): string | undefined => {
  if (key === 'accountHolderName' || key === 'legalType') return profile[key]
  const [first = '', second] = key.split('.')
  const value = Object.hasOwn(profile.details, first) ? profile.details[first] : undefined
  if (second === undefined) return typeof value === 'string' ? value : undefined
  return typeof value === 'object' && Object.hasOwn(value, second) ? value[second] : undefined
}

const Outcome = z.object({ outcome: text, message: text, requiresCustomerAcceptance: flag })

/** Two shapes are documented, of which only these three are sure; `confirmations` comes for some currencies (sheet 6). */
export const RecipientShape = z.object({
  id,
  active: z.boolean(),
  currency: text,
  confirmations: z.object({ acceptedOutcomes: flag, outcomes: z.array(Outcome).nullish() }).nullish(),
})
export type Recipient = z.infer<typeof RecipientShape>

/** The bank knows the account under another name: it cannot be paid until a person says that it is right. '' = nothing to accept. */
export const doubtOf = ({ confirmations }: Recipient): string => {
  if (!confirmations || confirmations.acceptedOutcomes) return ''
  const doubted = (confirmations.outcomes ?? []).filter(({ requiresCustomerAcceptance }) => requiresCustomerAcceptance)
  return doubted.map(({ outcome, message }) => message || outcome || 'not confirmed').join('; ')
}
