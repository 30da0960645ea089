import { z } from 'zod'
import type { Target, TargetApi, TargetPage, TargetRef } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { MoneyDraft, moneyOperations } from './money-operations'
import { PurchaseDraft } from './purchase-draft'
import { servicePurchases } from './service-purchases'

/** A cost to be: a purchase that stays open until it is paid, or money that left a bank account. */
export const CostDraft = z.lazy(() =>
  z.discriminatedUnion('as', [
    z.object({ as: z.literal('purchase'), purchase: PurchaseDraft }),
    z.object({ as: z.literal('money'), money: MoneyDraft }),
  ]),
)
export type CostDraft = z.infer<typeof CostDraft>

const KINDS = { purchase: servicePurchases, money: moneyOperations }
type As = keyof typeof KINDS

const asOf = ({ facts }: TargetRef): As => (facts.as === 'money' ? 'money' : 'purchase')

const marked = (ref: TargetRef, as: As): TargetRef => ({ ...ref, facts: { ...ref.facts, as } })

/** The link says which of the two it is, from the first moment on. */
const noting = (api: TargetApi, as: As): TargetApi => ({
  account: api.account,
  settings: api.settings,
  marker: api.marker,
  stepState: (name) => api.stepState(name),
  allowed: () => api.allowed(),
  withdrawn: () => api.withdrawn(),
  read: (call, schema) => api.read(call, schema),
  refuseUnless: (differences, standing) => api.refuseUnless(differences, standing),
  step: ({ born, ...plan }) => api.step({ ...plan, ...(born && { born: (answer) => marked(born(answer), as) }) }),
})

const create = async (api: TargetApi, draft: CostDraft): Promise<TargetRef> => {
  const { as } = draft
  const made = noting(api, as)
  const ref = as === 'money' ? moneyOperations.create(made, draft.money) : servicePurchases.create(made, draft.purchase)
  return marked(await ref, as)
}

/** One that becomes the other kind is taken back first, while nobody touched it, and made anew. */
const update = async (api: TargetApi, target: TargetRef, draft: CostDraft): Promise<TargetRef> => {
  const { as } = draft
  if (as !== asOf(target)) {
    await takeBack(api, target)
    return create(api, draft)
  }
  const made = noting(api, as)
  const ref =
    as === 'money'
      ? moneyOperations.update?.(made, target, draft.money)
      : servicePurchases.update(made, target, draft.purchase)
  return marked((await ref) ?? target, as)
}

const takeBack = async (api: TargetApi, target: TargetRef, how?: string): Promise<void> => {
  await KINDS[asOf(target)].remove?.(api, target, how)
}

/** Costs of Cin7, as purchases or as money operations. */
export const costs: Target<CostDraft> = {
  vendor: 'cin7',
  type: 'cost',
  draft: CostDraft,
  create,
  update,
  remove: takeBack,
  list: costPage,
  booked: async (api, target) => (await KINDS[asOf(target)].booked?.(api, target)) ?? null,
}

const Cursor = z.tuple([z.enum(['purchase', 'money']), z.string().nullable()])

/** All purchases, then all money operations. */
async function costPage(api: ReadApi, cursor: string | null): Promise<TargetPage> {
  const [as, at] = cursor === null ? (['purchase', null] as const) : Cursor.parse(JSON.parse(cursor))
  const page = await KINDS[as].list?.(api, at)
  if (!page) throw new Error(`${as} has no list`)
  const isLast = page.done && as === 'money'
  const next = page.done ? ['money', null] : [as, page.next]
  return { rows: page.rows, next: JSON.stringify(next), done: isLast }
}
