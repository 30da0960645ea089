import type { Books } from './books'
import { ENTITIES, REFERENCES } from './entities'
import type { EntityName } from './model'
import { Body } from './read-body'
import { INACTIVE, type Refusal, refusal } from './refusals'

const unknownReference = (entity: EntityName, id: string): Refusal =>
  refusal('2500', `Invalid Reference Id : ${ENTITIES[entity].noun} element id ${id} not found`, 'Reference Id')

/** 610 or 2500 were both seen for a reference that is inactive (sheet 4). */
const inactiveReference = (books: Books, entity: EntityName, id: string): Refusal =>
  books.world.switched<string>('inactiveReference.code', '610') === '610'
    ? refusal('610', INACTIVE, '')
    : unknownReference(entity, id)

export const checkReference = (books: Books, entity: EntityName, id: string): void => {
  const found = books.of(entity).get(id)
  if (!found) throw unknownReference(entity, id)
  if ('Active' in found.fields && !found.fields.Active) throw inactiveReference(books, entity, id)
}

/** `TAX` and `NON` are all there is in the US; elsewhere codes are records (sheet 11). */
const checkTaxCode = (books: Books, id: string): void => {
  if (books.realm().country !== 'US') checkReference(books, 'TaxCode', id)
  else if (id !== 'TAX' && id !== 'NON') throw unknownReference('TaxCode', id)
}

const checkOne = (books: Books, key: string, value: unknown): void => {
  const entity = REFERENCES[key]
  const id = Body.safeParse(value).data?.value
  if (entity === undefined || typeof id !== 'string') checkReferences(books, value)
  else if (entity === 'TaxCode') checkTaxCode(books, id)
  else checkReference(books, entity, id)
}

/** Every reference anywhere in the value must name an active record. */
export const checkReferences = (books: Books, value: unknown): void => {
  if (Array.isArray(value)) for (const one of value) checkReferences(books, one)
  for (const [key, one] of Object.entries(Body.safeParse(value).data ?? {})) checkOne(books, key, one)
}

/** Requests carry `{value}`; what name came with it is forgotten. */
export const withoutNames = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNames)
  const object = Body.safeParse(value).data
  if (!object) return value
  const entries = Object.entries(object).map(([key, one]): [string, unknown] => [
    key,
    key.endsWith('Ref') ? { value: Body.safeParse(one).data?.value } : withoutNames(one),
  ])
  return Object.fromEntries(entries)
}
