import { z } from 'zod'
import type { TargetApi, TargetRef } from '../../core/flow'
import { changeNote, voidPurchase } from './purchase-calls'
import { touched, whatHappened } from './purchase-conflict'
import { deletePurchasePayment, isOurs } from './purchase-payment-calls'
import { thePurchase } from './purchase-read'
import type { Purchase } from './purchase-record'
import { isVoided } from './purchase-standing'
import { WithId } from './shapes'

/**
 * Voided, so that it stays visible in Cin7, and only while nobody touched it; or, where `how` is `flag`, only its note says so.
 * Payments that the connector carried go first. `more` = what else counts as touched.
 */
export const removePurchase = async (
  api: TargetApi,
  target: TargetRef,
  how?: string,
  more: (purchase: Purchase) => string[] = () => [],
): Promise<void> => {
  const purchase = await thePurchase(api, target.id)
  if (isVoided(purchase)) return
  if (how === 'flag') return flagDeleted(api, purchase)
  const happened = [...(await whatHappened(purchase, target.facts, isOurs)), ...more(purchase)]
  if (happened.length > 0) throw touched(purchase, target.facts, '0', happened)
  const payments = purchase.invoices.flatMap((invoice) => invoice.payments.filter(isOurs))
  for (const { id } of payments) await deletePurchasePayment(api, purchase.id, id)
  await api.step({
    name: 'void-purchase',
    call: () => voidPurchase(purchase.id),
    answer: z.unknown(),
    find: async () => (isVoided(await thePurchase(api, target.id)) ? { voided: target.id } : null),
  })
}

const FLAG = 'DELETED IN THE SOURCE. Decide what becomes of this purchase.'
const LONGEST = 1024

/** The purchase stands as it is, and its note says in the first line what happened. Marker and stamp at the end stay. */
const flagDeleted = async (api: TargetApi, { id, note }: Purchase): Promise<void> => {
  if (note.startsWith(FLAG)) return
  const rest = note.slice(-(LONGEST - FLAG.length - 1))
  await api.step({
    name: 'flag',
    call: () => changeNote(id, [FLAG, rest].filter(Boolean).join('\n')),
    answer: WithId,
    find: async () => {
      const now = await thePurchase(api, id)
      return now.note.startsWith(FLAG) ? { ID: now.id } : null
    },
  })
}
