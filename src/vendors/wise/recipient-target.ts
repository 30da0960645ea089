import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import type { Offer } from '../../core/guard'
import { quoteStep } from './quotes'
import { checkRecipient } from './recipient-check'
import { doubtOf, type Recipient, RecipientProfile } from './recipient-shapes'
import { profileHash, readRecipient, recipientStep, retireStep } from './recipients'

export const RecipientDraft = z.lazy(() =>
  z.object({
    /** Of the customer. */
    name: z.string(),
    /** The currency that will pay: what Wise wants to know depends on the route. */
    source: z.string(),
    profile: RecipientProfile,
  }),
)
export type RecipientDraft = z.infer<typeof RecipientDraft>

/** As much of an account as people may see. */
export const tailOf = ({ details }: RecipientProfile): string => {
  const numbers = Object.entries(details).flatMap(([key, value]) =>
    typeof value === 'string' && /iban|account|clabe|email/i.test(key) && !/type/i.test(key) ? [value] : [],
  )
  const tail = numbers[0]?.replace(/\s/g, '').slice(-4)
  return tail ? `…${tail}` : '…'
}

/** Who gets money where; all of it is bound by `details`, a digest. */
export const recipientOffer = async ({ name, profile }: RecipientDraft): Promise<Offer> => ({
  terms: {
    customer: name,
    holder: profile.accountHolderName,
    currency: profile.currency,
    account: tailOf(profile),
    details: await profileHash(profile),
  },
  cost: null,
  price: {},
})

/** For the forms of the route only: such a quote binds nobody. */
const ANY_AMOUNT = '100'

const make = async (api: TargetApi, { source, profile }: RecipientDraft): Promise<TargetRef> => {
  if (api.stepState('recipient') === undefined) await refuseUnlessComplete(api, source, profile)
  const { id } = await api.step(recipientStep(api, profile))
  refuseDoubted(await readRecipient(api, id))
  const facts = { details: await profileHash(profile), holder: profile.accountHolderName, account: tailOf(profile) }
  return { id, number: `${facts.holder} ${facts.account}`, facts }
}

const refuseUnlessComplete = async (api: TargetApi, source: string, profile: RecipientProfile): Promise<void> => {
  const wanted = { source, target: profile.currency, fixed: 'source', amount: ANY_AMOUNT } as const
  const { id } = await api.step(quoteStep(api, 'quote', wanted))
  const problems = await checkRecipient(api, id, profile)
  if (problems.length > 0)
    throw rejected(
      'recipient_incomplete',
      problems
        .map(({ key, message }) => `${key}: ${message}`)
        .join('; ')
        .slice(0, 1000),
      'Correct these fields and enter the recipient again (PUT …/recipients).',
    )
}

const refuseDoubted = (recipient: Recipient): void => {
  const doubt = doubtOf(recipient)
  if (doubt !== '')
    throw rejected(
      'recipient_doubted',
      `the bank does not confirm the name: ${doubt.slice(0, 300)}`,
      'Compare name and account with the recipient. If they are right, accept the name on wise.com, then replay; else enter them anew.',
    )
}

/** Recipients cannot be changed (sheet 6): other details make another one, and the old one is retired. */
const update = async (api: TargetApi, target: TargetRef, draft: RecipientDraft): Promise<TargetRef> => {
  if (target.facts.details === (await profileHash(draft.profile))) return target
  const made = await make(api, draft)
  if (made.id !== target.id) await retire(api, target.id)
  return made
}

const retire = async (api: TargetApi, recipient: string): Promise<void> => {
  const isUntouched = api.stepState('retire') === undefined
  if (isUntouched && !(await readRecipient(api, recipient)).active) return
  await api.step(retireStep(api, recipient))
}

export const recipientTarget: Target<RecipientDraft> = {
  vendor: 'wise',
  type: 'recipient',
  draft: RecipientDraft,
  create: make,
  update,
}
