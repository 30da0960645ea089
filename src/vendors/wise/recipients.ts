import { z } from 'zod'
import type { StepPlan } from '../../core/flow'
import type { Call, ReadApi } from '../../core/vendor'
import { sha256 } from '../../lib/bytes'
import { canonical } from '../../lib/json'
import { get, patch, post, remove } from './client'
import { bodyDetails } from './recipient-check'
import { recipientLike } from './recipient-match'
import { type Recipient, type RecipientProfile, RecipientShape } from './recipient-shapes'

/** The same for the same bank details: a recipient is made once for each, and never changed (sheet 6). */
export const profileHash = (profile: RecipientProfile): Promise<string> => sha256(canonical(profile))

export const createRecipientCall = ({ account }: Pick<ReadApi, 'account'>, profile: RecipientProfile): Call =>
  post(
    'v1',
    '/accounts',
    {},
    {
      profile: Number(account),
      currency: profile.currency,
      type: profile.type,
      accountHolderName: profile.accountHolderName.trim(),
      ownedByCustomer: profile.ownedByCustomer,
      details: bodyDetails(profile),
    },
  )

/** Wise has no key against repeats: after a lost answer, one with the same bank details is as good. */
export const recipientStep = (api: ReadApi, profile: RecipientProfile): StepPlan<Recipient> => ({
  name: 'recipient',
  call: () => createRecipientCall(api, profile),
  answer: RecipientShape,
  find: () => recipientLike(api, profile),
})

export const readRecipient = (api: ReadApi, recipient: string): Promise<Recipient> =>
  api.read(get('v2', '/accounts/{recipient}', { recipient }), RecipientShape)

/** Said by a person only: the bank knows the account under another name. */
export const acceptNameCall = (recipient: string): Call =>
  patch('v2', '/accounts/{recipient}/confirmations', { recipient }, { acceptedOutcomes: true })

/** Deleting is for good, and a second time it is answered 403: so it is looked at first and after (sheet 6). */
export const retireStep = (api: ReadApi, recipient: string): StepPlan<{ active: boolean }> => ({
  name: 'retire',
  call: () => remove('v2', '/accounts/{recipient}', { recipient }),
  answer: z
    .object({ active: z.boolean() })
    .nullish()
    .transform((answer) => ({ active: answer?.active ?? false })),
  async find() {
    const { active } = await readRecipient(api, recipient)
    return active ? null : { active }
  },
})
