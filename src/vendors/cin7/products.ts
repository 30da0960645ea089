import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { Target, TargetRef } from '../../core/flow'
import type { Terms } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { post, put } from './client'
import { after, readAll, readPage, startOf } from './lists'
import { cut, sameWord, text } from './shapes'

/** A service product to be, or one that a person chose: then `sku` names it and it is left as it is. */
export const ProductDraft = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('chosen'), sku: z.string() }),
    z.object({
      kind: z.literal('service'),
      sku: z.string(),
      name: z.string(),
      description: z.string(),
      /** Names of a category and a unit; both have to exist. */
      category: z.string(),
      unit: z.string(),
      /** Code of an account and name of a tax rule; '' = none. */
      revenueAccount: z.string(),
      taxRule: z.string(),
      deprecated: z.boolean(),
    }),
  ]),
)
export type ProductDraft = z.infer<typeof ProductDraft>
type Service = Extract<ProductDraft, { kind: 'service' }>

const Row = z.lazy(() =>
  z.object({
    ID: z.string(),
    SKU: z.string(),
    Name: text,
    Type: text,
    Status: text,
    Category: text,
    UOM: text,
    CostingMethod: text,
    Description: text,
    RevenueAccount: text,
    SaleTaxRule: text,
  }),
)
type Row = z.infer<typeof Row>

/** POST and PUT answer the list envelope. */
const Envelope = z.lazy(() => z.object({ Products: z.array(Row).min(1) }))

/**
 * Products of Cin7, of type `Service` (sheet section 7). The SKU is unique and made from the source's own number, so it is our
 * marker: it is not looked for before, Cin7 itself refuses a second one.
 */
export const products: Target<ProductDraft> = {
  vendor: 'cin7',
  type: 'product',
  draft: ProductDraft,

  async candidates(api, cursor) {
    const at = startOf(cursor)
    const { rows, done } = await readPage(api, '/product', 'Products', Row, {
      ...at,
      query: { IncludeDeprecated: 'true' },
    })
    return {
      rows: rows.map((row) => ({ id: row.ID, number: row.SKU, terms: termsOf(row) })),
      next: after(at, rows.length),
      done,
    }
  },

  /** Somebody's product: linked, and never written to. */
  async adopt(api, id) {
    const rows = await readAll(api, '/product', 'Products', Row, { ID: id, IncludeDeprecated: 'true' })
    const row = rows.find(({ ID }) => sameWord(ID, id))
    return row ? { target: chosenRef(row), terms: termsOf(row) } : null
  },

  async create(api, draft) {
    if (draft.kind === 'chosen') return chosen(api, draft.sku)
    const made = await api.step({
      name: 'product',
      call: () =>
        post('/product', { ...fields(draft), Type: 'Service', CostingMethod: 'FIFO', Status: statusOf(draft) }),
      answer: Envelope,
      find: async () => {
        const ours = (await withSku(api, draft.sku)).find(
          ({ Type, Name }) => sameWord(Type, 'Service') && Name === nameOf(draft),
        )
        return ours ? { Products: [ours] } : null
      },
      born: refOf,
    })
    return refOf(made)
  },

  async update(api, target, draft) {
    if (draft.kind === 'chosen') return chosen(api, draft.sku)
    if (target.facts.chosen) return target
    const known = await byId(api, target)
    const changed = await api.step({
      name: 'product',
      call: () => put('/product', { ...fields(draft), ...kept(known, draft, target.facts) }),
      answer: Envelope,
      find: async () => {
        const row = await byId(api, target)
        return shows(row, draft) ? { Products: [row] } : null
      },
    })
    return refOf(changed)
  },
}

const refOf = ({ Products: [row] }: z.infer<typeof Envelope>): TargetRef => {
  if (!row) throw new Error('the envelope is never empty')
  const { ID, SKU, Name, Type, Status } = row
  return { id: ID, number: SKU, facts: { sku: SKU, name: Name, type: Type, status: Status } }
}

/** `Sku` is a filter by beginning or by part (sheet section 2): the whole is compared here. */
const withSku = async (api: ReadApi, sku: string): Promise<Row[]> =>
  (await readAll(api, '/product', 'Products', Row, { Sku: sku, IncludeDeprecated: 'true' })).filter(({ SKU }) =>
    sameWord(SKU, sku),
  )

/** Somebody's product: linked, and never written to. */
const chosen = async (api: ReadApi, sku: string): Promise<TargetRef> => {
  const [row] = await withSku(api, sku)
  if (row) return chosenRef(row)
  throw rejected('cin7_product_gone', `Cin7 shows no product "${sku}"`, `Map the product to another SKU, then replay.`)
}

const chosenRef = (row: Row): TargetRef => {
  const ref = refOf({ Products: [row] })
  return { ...ref, facts: { ...ref.facts, chosen: 'yes' } }
}

const termsOf = ({ SKU, Name }: Row): Terms => ({ kind: 'named', code: SKU, name: Name, currency: '' })

const byId = async (api: ReadApi, { id, number }: TargetRef): Promise<Row> => {
  const rows = await readAll(api, '/product', 'Products', Row, { ID: id, IncludeDeprecated: 'true' })
  const row = rows.find(({ ID }) => sameWord(ID, id))
  if (row) return row
  throw rejected(
    'cin7_product_gone',
    `Cin7 no longer shows the product ${number}`,
    'Look in Cin7 what became of this product, and map the source product to another SKU.',
  )
}

const nameOf = ({ name }: Service): string => cut(name.trim(), 256)

const statusOf = ({ deprecated }: Service): string => (deprecated ? 'Deprecated' : 'Active')

const fields = (draft: Service) => ({
  SKU: draft.sku,
  Name: nameOf(draft),
  Category: draft.category,
  UOM: draft.unit,
  ...(draft.description !== '' && { Description: draft.description }),
  ...(draft.revenueAccount !== '' && { RevenueAccount: draft.revenueAccount }),
  ...(draft.taxRule !== '' && { SaleTaxRule: draft.taxRule }),
})

/** What somebody chose in Cin7 stays, and so does a deprecation that was not ours. */
const kept = (known: Row, draft: Service, facts: Record<string, string>) => ({
  ID: known.ID,
  SKU: known.SKU,
  Category: known.Category || draft.category,
  UOM: known.UOM || draft.unit,
  CostingMethod: known.CostingMethod || 'FIFO',
  Type: known.Type || 'Service',
  Status: draft.deprecated || sameWord(facts.status ?? '', known.Status) ? statusOf(draft) : known.Status,
  ...(known.RevenueAccount !== '' && { RevenueAccount: known.RevenueAccount }),
  ...(known.SaleTaxRule !== '' && { SaleTaxRule: known.SaleTaxRule }),
})

const shows = (row: Row, draft: Service): boolean =>
  row.Name === nameOf(draft) &&
  (draft.description === '' || row.Description === draft.description) &&
  (!draft.deprecated || sameWord(row.Status, 'Deprecated'))
