import type { Books } from './books'
import { currentRecord } from './identity'
import type { Kept } from './model'
import { type Body, parsed, readSent, type Sent, sameContent } from './read-body'
import { checkReferences, withoutNames } from './references'
import { businessRule, lengthRefusal, missing, refusal } from './refusals'
import { VendorDraft, type VendorFields } from './vendor-schema'

type Vendor = Kept<VendorFields>

/** `id` is for seeds, which may choose it. */
export const createVendor = (books: Books, body: Body, id?: string): Vendor => {
  const draft = draftOf(readSent('Vendor', body))
  const fields = completed(books, draft, draft.PrintOnCheckName)
  return books.add('Vendor', id ?? books.freshId('Vendor'), fields)
}

export const updateVendor = (books: Books, body: Body): Vendor => {
  const sent = readSent('Vendor', body)
  const draft = draftOf(sent)
  const old = currentRecord(books, 'Vendor', sent)
  const whole = sent.sparse ? merged<VendorDraft>(old.fields, draft, sent.emptied) : draft
  const checkName = draft.PrintOnCheckName ?? (sent.sparse ? followed(old.fields, whole) : undefined)
  const fields = completed(books, whole, checkName, old)
  return sameContent(fields, old.fields) ? old : books.change('Vendor', old, { fields })
}

const draftOf = (sent: Sent): VendorDraft => parsed('Vendor', VendorDraft, withoutNames(sent.fields))

export const merged = <T extends object>(old: T, given: T, emptied: string[]): T => {
  const all: T = { ...old, ...given }
  for (const key of emptied) Reflect.deleteProperty(all, key)
  return all
}

/** The name on cheques goes with a new display name when it is not sent itself ([R] for customers, sheet 10). */
const followed = (old: VendorFields, whole: VendorDraft): string | undefined =>
  displayName(whole) === old.DisplayName ? old.PrintOnCheckName : undefined

/** Checks the whole record and fills in what the vendor fills in; `checkName` is undefined where it is to be the name. */
const completed = (books: Books, draft: VendorDraft, checkName: string | undefined, old?: Vendor): VendorFields => {
  const { homeCurrency } = books.realm()
  const currency = draft.CurrencyRef?.value ?? old?.fields.CurrencyRef.value ?? homeCurrency
  checkCurrency(books, currency, old)
  const active = draft.Active ?? old?.fields.Active ?? true
  const name = displayName(draft)
  checkTexts(books, draft, name)
  checkReferences(books, draft)
  const shown = !active && (old?.fields.Active ?? true) ? retiredName(books, name, old?.id) : name
  checkUnique(books, shown, old?.id)
  return {
    ...draft,
    ...(draft.BillAddr ? { BillAddr: ownAddress(draft.BillAddr) } : {}),
    DisplayName: shown,
    PrintOnCheckName: nameOnChecks(checkName ?? name),
    Active: active,
    Vendor1099: draft.Vendor1099 ?? false,
    CurrencyRef: { value: currency },
  }
}

/** Answers give an address an Id, which comes back with it. */
const ownAddress = ({ Id: _, ...address }: NonNullable<VendorDraft['BillAddr']>) => address

/** Either a display name, or parts that make one (sheet 10). */
const displayName = (draft: VendorDraft): string => {
  const { Title, GivenName, MiddleName, FamilyName, Suffix } = draft
  const parts = [Title, GivenName, MiddleName, FamilyName, Suffix].filter((part) => part)
  const name = draft.DisplayName?.trim() || parts.join(' ')
  if (!name) throw missing('DisplayName')
  return name
}

// [U] what the vendor makes of a longer name: the strict guess.
const nameOnChecks = (value: string): string => {
  if (value.length > 100) throw lengthRefusal('PrintOnCheckName', 100, value.length)
  return value
}

const NAMES = ['DisplayName', 'CompanyName', 'GivenName', 'MiddleName', 'FamilyName', 'PrintOnCheckName'] as const

const checkTexts = (books: Books, draft: VendorDraft, name: string): void => {
  const texts = [name, ...NAMES.map((key) => draft[key] ?? '')]
  // The code is inferred (sheet 17.5).
  if (texts.some((one) => /[:\t\n]/.test(one))) throw businessRule('Names cannot contain a colon, a tab or a new line.')
  const email = draft.PrimaryEmailAddr?.Address ?? ''
  if (email && !(email.includes('@') && email.includes('.')))
    throw businessRule('The email address must contain @ and a full stop.')
  const uri = draft.WebAddr?.URI
  if (uri !== undefined && books.world.switched('webAddr.validated', true) && !URL.canParse(uri))
    throw businessRule('The web address is not an absolute URI.')
  const { Line1 = '', Line2 = '', Line3 = '', Line4 = '', Line5 = '' } = draft.BillAddr ?? {}
  const lines = [Line1, Line2, Line3, Line4, Line5].join('').length
  if (lines > 2000) throw lengthRefusal('BillAddr', 2000, lines)
}

/** A vendor's currency is for ever (sheet 10). */
const checkCurrency = (books: Books, currency: string, old?: Vendor): void => {
  const { multicurrency, homeCurrency } = books.realm()
  if (!multicurrency && currency !== homeCurrency)
    throw businessRule('Multicurrency is not enabled; only the home currency can be used.')
  if (old && old.fields.CurrencyRef.value !== currency)
    throw businessRule('The currency of a vendor cannot be changed.')
}

const norm = (name: string): string => name.trim().toLowerCase()

/** Names of vendors, customers and employees are one set; case and blanks at the ends do not count ([U] sheet 10). */
const nameTaken = (books: Books, name: string, own?: string): boolean => {
  const is = (id: string, other: string | undefined) => id !== own && other !== undefined && norm(other) === norm(name)
  const parties = [books.of('Customer'), books.of('Employee')].flatMap((some) => some.all())
  return (
    books
      .of('Vendor')
      .all()
      .some(({ id, fields }) => is(id, fields.DisplayName)) ||
    parties.some(({ id, fields }) => is(id, fields.DisplayName))
  )
}

const checkUnique = (books: Books, name: string, own?: string): void => {
  if (!nameTaken(books, name, own)) return
  const bare = books.world.switched('duplicateName.bare', false)
  const reason = bare
    ? 'null'
    : 'Another customer, vendor or employee is already using this \nname. Please use a different name.'
  throw refusal('6240', `The name supplied already exists. : ${reason}`, ...(bare ? [] : ['']))
}

/** `Acme (deleted)`; a second one of that name is numbered, which is our guess. */
const retiredName = (books: Books, name: string, own?: string): string => {
  let retired = `${name} (deleted)`
  for (let n = 2; nameTaken(books, retired, own); n += 1) retired = `${name} (deleted ${n})`
  return retired
}
