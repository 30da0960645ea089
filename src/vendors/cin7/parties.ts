import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import type { Candidate, Terms } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { post, put } from './client'
import { after, readAll, readPage, startOf } from './lists'
import { Address, AddressRow, Contact, ContactRow, partRows, showsParts } from './party-parts'
import { cut, sameWord, text } from './shapes'

/** What customers and suppliers share. Names and codes are Cin7's; they have to exist there, nothing is made on the fly. */
export const PartyDraft = z.object({
  name: z.string(),
  currency: z.string(),
  paymentTerm: z.string(),
  taxRule: z.string(),
  contact: Contact.nullable(),
  addresses: z.array(Address),
  /** By number, 1 to 10, e.g. the code that the other side knows it by. What is not named here stays as it is. */
  attributes: z.record(z.string(), z.string()).optional(),
  /** Left out: a new one is active, and nothing is said of a known one. */
  active: z.boolean().optional(),
})
export type PartyDraft = z.infer<typeof PartyDraft>

/** Additional attributes stand among the other columns (sheet section 6.1). */
const Row = z.lazy(() =>
  z.looseObject({
    ID: z.string(),
    Name: z.string(),
    Status: text,
    Currency: text,
    PaymentTerm: text,
    TaxRule: text,
    AccountReceivable: text,
    RevenueAccount: text,
    AccountPayable: text,
    Location: text,
    Comments: text,
    Addresses: z.array(AddressRow).nullish(),
    Contacts: z.array(ContactRow).nullish(),
  }),
)
type Row = z.infer<typeof Row>

type OwnField = 'AccountReceivable' | 'RevenueAccount' | 'AccountPayable' | 'Location'

/** What tells customers and suppliers apart (sheet section 6.1). */
export interface PartyKind<D extends PartyDraft> {
  type: 'customer' | 'supplier'
  list: 'CustomerList' | 'SupplierList'
  draft: z.ZodType<D>
  own(draft: D): Partial<Record<OwnField, string>>
  /** Longest text that `Comments` holds. */
  comments: number
}

/** There is no external id: our marker stands in `Comments`, on a line of its own (sheet section 6.1). */
export const partyTarget = <D extends PartyDraft>(kind: PartyKind<D>): Target<D> => {
  const { type } = kind
  const path = `/${type}`

  /** POST and PUT answer the list envelope. */
  const Answer = z.preprocess(
    (answer) => {
      const { [kind.list]: rows, row } = Object(answer)
      return { row: Object(rows)[0] ?? row }
    },
    z.object({ row: Row }),
  )

  /** `Name` is a starts-with filter: the whole name is compared here. Deprecated ones hold their name too. */
  const named = async (api: ReadApi, name: string): Promise<Row[]> => {
    const query = { Name: nameOf(name), IncludeDeprecated: 'true' }
    return (await readAll(api, path, kind.list, Row, query)).filter((row) => sameWord(row.Name, nameOf(name)))
  }

  const byId = async (api: ReadApi, target: TargetRef): Promise<Row> => {
    const rows = await readAll(api, path, kind.list, Row, { ID: target.id, IncludeDeprecated: 'true' })
    const row = rows.find(({ ID }) => sameWord(ID, target.id))
    if (row) return row
    throw gone(type, target)
  }

  /** The source is never carried twice, and nobody else's party is taken for ours. */
  const refuseTakenName = async (api: TargetApi, draft: D, isOurs: (row: Row) => boolean): Promise<void> => {
    const other = (await named(api, draft.name)).find((row) => !isOurs(row))
    if (other) throw nameTaken(type, draft, other)
  }

  const fields = (draft: D) => ({
    Name: nameOf(draft.name),
    Currency: draft.currency,
    PaymentTerm: draft.paymentTerm,
    TaxRule: draft.taxRule,
    ...kind.own(draft),
  })

  /** PUT wants the whole required set. Terms and accounts that somebody chose in Cin7 for this party stay; gaps are filled. */
  const standing = (known: Row, draft: D, marker: string) => {
    const { Name, Currency, ...chosen } = fields(draft)
    const stays = Object.entries(chosen).map(([name, ours]) => [name, text.parse(Object(known)[name]) || ours])
    return {
      Name,
      Currency,
      ...Object.fromEntries(stays),
      Status: statusOf(draft) ?? (known.Status || 'Active'),
      Comments: marked(known.Comments, marker, kind.comments),
    }
  }

  return {
    vendor: 'cin7',
    type,
    draft: kind.draft,

    async candidates(api, cursor) {
      const at = startOf(cursor)
      const { rows, done } = await readPage(api, path, kind.list, Row, { ...at, query: { IncludeDeprecated: 'true' } })
      return { rows: rows.map(candidateOf), next: after(at, rows.length), done }
    },

    async adopt(api, id) {
      const rows = await readAll(api, path, kind.list, Row, { ID: id, IncludeDeprecated: 'true' })
      const row = rows.find(({ ID }) => sameWord(ID, id))
      return row ? { target: refOf({ row }), terms: termsOf(row) } : null
    },

    async create(api, draft) {
      await refuseTakenName(api, draft, (row) => hasMarker(row.Comments, api.marker))
      const body = {
        ...fields(draft),
        ...attributeFields(draft),
        Status: statusOf(draft) ?? 'Active',
        Comments: api.marker,
        ...partRows(draft),
      }
      const made = await api.step({
        name: type,
        call: () => post(path, body),
        answer: Answer,
        find: async () => {
          const ours = (await named(api, draft.name)).find((row) => hasMarker(row.Comments, api.marker))
          return ours ? { row: ours } : null
        },
        born: refOf,
      })
      return refOf(made)
    },

    async update(api, target, draft) {
      const known = await byId(api, target)
      refuseOtherCurrency(type, known, draft)
      if (!sameWord(known.Name, nameOf(draft.name)))
        await refuseTakenName(api, draft, (row) => sameWord(row.ID, known.ID))
      const changed = await api.step({
        name: type,
        call: () =>
          put(path, {
            ID: known.ID,
            ...standing(known, draft, api.marker),
            ...attributeFields(draft),
            ...partRows(draft, known),
          }),
        answer: Answer,
        find: async () => {
          const row = await byId(api, target)
          return shows(row, draft) ? { row } : null
        },
      })
      refuseLostAttributes(type, changed.row, draft)
      return refOf(changed)
    },
  }
}

const attributesOf = ({ attributes }: PartyDraft): [string, string][] =>
  Object.entries(attributes ?? {}).map(([number, value]) => [`AdditionalAttribute${number}`, cut(value, 256)])

const attributeFields = (draft: PartyDraft) => Object.fromEntries(attributesOf(draft))

const showsAttributes = (row: Row, draft: PartyDraft): boolean =>
  attributesOf(draft).every(([name, value]) => (row[name] ?? '') === value)

const statusOf = ({ active }: PartyDraft): string | undefined =>
  active === undefined ? undefined : active ? 'Active' : 'Deprecated'

const shows = (row: Row, draft: PartyDraft): boolean =>
  sameWord(row.Name, nameOf(draft.name)) &&
  sameWord(statusOf(draft) ?? row.Status, row.Status) &&
  showsParts(row, draft) &&
  showsAttributes(row, draft)

/** 200 does not prove that a value was saved, and what counts on the attribute would write it again and again. */
const refuseLostAttributes = (type: string, row: Row, draft: PartyDraft): void => {
  if (showsAttributes(row, draft)) return
  const fields = attributesOf(draft).map(([name]) => name)
  throw rejected(
    'cin7_attribute_not_taken',
    `Cin7 saved the ${type} "${row.Name}" without ${fields.join(', ')}`,
    `Look whether ${fields.join(', ')} takes free text for this ${type} in Cin7 (Settings, Additional attribute sets), or choose another attribute in the settings; then replay.`,
  )
}

/** As Cin7 holds it. */
const nameOf = (name: string): string => cut(name.trim(), 256)

const refOf = ({ row }: { row: Row }): TargetRef => ({
  id: row.ID,
  number: row.Name,
  facts: { currency: row.Currency },
})

const termsOf = ({ Name, Currency }: Row): Terms => ({
  kind: 'named',
  code: '',
  name: Name,
  currency: Currency.toUpperCase(),
})

const candidateOf = (row: Row): Candidate => ({ id: row.ID, number: row.Name, terms: termsOf(row) })

const hasMarker = (comments: string, marker: string): boolean =>
  comments.split(/\r?\n/).some((line) => line.trim() === marker)

/** A comment that leaves no room stays as it is: the party is linked by its id. */
const marked = (comments: string, marker: string, limit: number): string => {
  if (hasMarker(comments, marker)) return comments
  const both = [comments, marker].filter(Boolean).join('\n')
  return both.length <= limit ? both : comments
}

const gone = (type: string, { number }: TargetRef): Failed =>
  rejected(
    `cin7_${type}_gone`,
    `Cin7 no longer shows the ${type} ${number}`,
    `Look in Cin7 what became of this ${type}, and link the record with the right one.`,
  )

const nameTaken = (type: string, draft: PartyDraft, other: Row): Failed => {
  const deprecated = sameWord(other.Status, 'Deprecated')
  const email = other.Contacts?.find(({ Email }) => Email !== '')?.Email ?? ''
  return new Failed({
    kind: 'conflict',
    code: `cin7_${type}_name_taken`,
    message: `Cin7 already has a ${type} "${other.Name}"${deprecated ? ' (deprecated)' : ''} in ${other.Currency}, which was not made by the connector`,
    remedy: `If it is the same ${type}, link the two (accept the match). If not, rename one of the two. Then replay.`,
    facts: {
      name: draft.name,
      currency: draft.currency,
      cin7Id: other.ID,
      cin7Name: other.Name,
      cin7Currency: other.Currency,
      cin7Email: email,
    },
  })
}

const refuseOtherCurrency = (type: string, known: Row, draft: PartyDraft): void => {
  if (sameWord(known.Currency, draft.currency)) return
  throw new Failed({
    kind: 'conflict',
    code: `cin7_${type}_currency`,
    message: `the Cin7 ${type} "${known.Name}" is in ${known.Currency}, the source needs it in ${draft.currency}`,
    remedy: `Cin7 keeps one currency per ${type}: link a ${type} in ${draft.currency} instead, or let one be made.`,
    facts: { source: draft.currency, target: known.Currency },
  })
}
