import { applyBill, BILL_TYPES } from './bills'
import { type Books, newRecord } from './books'
import { type Call, sceneOf } from './call'
import type { Entity, EntityName } from './entities'
import { badQuery, noRights, notFound, outcomeHasErrors, preconditionFailed, Refusal } from './errors'
import { filterOf } from './filter'
import { isNothing, parseJson, readSent, type Sent } from './input'
import { JSON_TYPE, type Json, writeJson } from './json'
import { checkOptions } from './lists'
import type { Kept, Row } from './model'
import { applyOrder, ORDER_TYPES } from './orders'
import { Problems } from './problems'
import { textOf } from './rows'
import { applyVendor } from './vendors'
import { wholeOf, writeRecord } from './view'
import { everyField, readCustom, readWanted, type Wanted } from './wanted'

type Apply = (books: Books, row: Kept, sent: Sent, problems: Problems, isNew: boolean) => void

/** The chart of accounts and the classes are not for the API user of these tests: 403. */
const FORMS: Partial<Record<EntityName, Apply>> = { Vendor: applyVendor, Bill: applyBill, PurchaseOrder: applyOrder }

/** `PUT /{Entity}`: found by keys, id or `$filter` it is changed, else it is made (sheet 5, PUT rules). */
export const servePut = (call: Call): Json => {
  const { entity, version, request, books } = call
  checkOptions(request.query)
  const wanted = readWanted(request.query, entity.shape, version)
  const apply = FORMS[entity.name]
  if (!apply) throw noRights()
  const sent = readSent(entity.shape, version, parseJson(request.body))
  const target = targetOf(call, sent)
  checkPreconditions(request.headers, target)
  const scene = { ...sceneOf(call, readCustom(request.query)), innerNull: true }
  const shown = withSent(wanted, sent)
  if (!target && isNothing(sent)) return writeRecord(scene, blankForm(books, entity), shown)
  const { row, problems } = applied(books, apply, target, sent)
  if (problems.any) throw refusal(call, row, problems, target === undefined)
  return writeRecord(scene, commit(books, entity, row), shown)
}

/** Lays a record as a user would on the form; for seeds and screen acts. Throws with the texts of the form. */
export const putThrough = (
  books: Books,
  entity: Entity,
  body: unknown,
  target?: Kept,
  own: Partial<Row> = {},
): Kept => {
  const apply = FORMS[entity.name]
  if (!apply) throw new Error(`simulator: ${entity.name} has no form here`)
  const { row, problems } = applied(books, apply, target, readSent(entity.shape, books.version, body))
  if (problems.any) throw new Error(`simulator: the ${entity.name} is refused: ${problems.told()}`)
  return commit(books, entity, { ...row, ...own, values: { ...row.values, ...own.values } })
}

const applied = (books: Books, apply: Apply, target: Kept | undefined, sent: Sent) => {
  const row = target ? structuredClone(target) : newRecord(books.world)
  const problems = new Problems()
  apply(books, row, sent, problems, target === undefined)
  return { row, problems }
}

/** Numbers are given while saving: until then a document is `<NEW>`. */
const commit = (books: Books, entity: Entity, row: Kept): Kept => {
  const key = entity.keys.at(-1) ?? ''
  const prefix = entity.name === 'Vendor' ? 'V' : ''
  if (textOf(row, key) === '<NEW>') row.values[key] = `${prefix}${books.nextNumber(entity.name)}`
  for (const line of entity.name === 'PurchaseOrder' ? (row.lines.Details ?? []) : []) {
    line.values.OrderType = textOf(row, 'Type')
    line.values.OrderNbr = textOf(row, 'OrderNbr')
  }
  return books.save(entity.name, row)
}

const targetOf = (call: Call, sent: Sent): Kept | undefined => {
  const { books, entity, request, world, version } = call
  if (sent.id !== undefined) {
    const found = books.of(entity.name).get(sent.id)
    if (!found) throw notFound()
    return found
  }
  const filter = request.query.get('$filter')
  if (filter === null) return byKeys(books, entity, sent)
  const matches = books.of(entity.name).all().filter(filterOf({ world, entity, version }, filter))
  if (matches.length > 1) throw badQuery('The filter matches more than one record.')
  return matches[0]
}

/** The type of a document may be left out: it is then the usual one. */
const byKeys = (books: Books, entity: Entity, sent: Sent): Kept | undefined => {
  const usual: Partial<Record<EntityName, string>> = { Bill: 'Bill', PurchaseOrder: 'Normal' }
  const keys = entity.keys.map((key) => {
    const value = String(sent.values[key] ?? (key === 'Type' ? (usual[entity.name] ?? '') : ''))
    return key === 'Type' ? (TYPE_CODES[value] ?? value) : value
  })
  return keys.includes('') ? undefined : books.byKeys(entity, keys)
}

const TYPE_CODES: Readonly<Record<string, string>> = { ...BILL_TYPES, ...ORDER_TYPES }

/** `If-None-Match: *` creates only, `If-Match: *` updates only. */
const checkPreconditions = (headers: Headers, target: Kept | undefined): void => {
  if (headers.get('if-none-match') === '*' && target) throw preconditionFailed()
  if (headers.get('if-match') === '*' && !target) throw preconditionFailed()
}

/** Parts that were sent come back as well, un-expanded inner ones as null ([R] sheet 5). */
const withSent = (wanted: Wanted, sent: Sent): Wanted => {
  const parts = new Map(wanted.parts)
  for (const name of [...Object.keys(sent.linked), ...Object.keys(sent.lines)])
    if (!parts.has(name)) parts.set(name, everyField())
  return { ...wanted, parts }
}

/** [R] A PUT of `{}` answers 200 with a record that is not stored. */
const blankForm = (books: Books, entity: Entity): Kept => {
  const row = newRecord(books.world)
  row.values[entity.keys.at(-1) ?? ''] = '<NEW>'
  return row
}

/** 422 is the record with `error` beside the values; some rules are 500 (sheet 9). */
const refusal = (call: Call, row: Kept, problems: Problems, isNew: boolean): Refusal => {
  const { entity, world } = call
  const verb = isNew ? 'Inserting' : 'Updating'
  if (problems.rule) return outcomeHasErrors(entity.title, verb)
  const scene = { ...sceneOf(call, []), problems }
  const { _links, custom, ...view } = writeRecord(scene, row, wholeOf(entity.shape))
  const text = `${verb}  '${entity.title}' record raised at least one error.`
  const envelope = { exceptionMessage: text, exceptionType: 'PX.Api.ContractBased.OutcomeEntityHasErrorsException' }
  const own = world.switched('errors.envelope', false) ? envelope : { error: `${text} Please review the errors.` }
  return new Refusal({ status: 422, headers: JSON_TYPE, body: writeJson({ ...own, ...view }) })
}
