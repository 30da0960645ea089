import Big from 'big.js'
import type { Books } from './books'
import { companyInfo, preferences } from './company-views'
import { entityNamed, isTxn } from './entities'
import { type Condition, type Order, parseQuery, type Query } from './query-parser'
import { invalidQuery, propertyOf, type Queryable } from './query-properties'
import { Body } from './read-body'
import { instantOf, pacific, pacificDay } from './stamps'
import { viewsOf } from './views'

type Row = Record<string, unknown>

const DEFAULT_PAGE = 100
const LARGEST_PAGE = 1000

const isReal = (entity: Queryable) => entity !== 'CompanyInfo' && entity !== 'Preferences'

const entityOf = (name: string): Queryable => {
  const special = (['CompanyInfo', 'Preferences'] as const).find((one) => one.toLowerCase() === name.toLowerCase())
  const found = special ?? entityNamed(name)
  if (!found) throw invalidQuery(`Invalid context declaration: ${name}`)
  return found
}

/** Without an order the newest come first, which was observed and is not promised (sheet 7). */
const rowsOf = (books: Books, entity: Queryable): Row[] => {
  if (entity === 'CompanyInfo') return [companyInfo(books.realm())]
  if (entity === 'Preferences') return [preferences(books.realm())]
  return [...viewsOf(books, entity).reverse(), ...pseudoCodes(books, entity)]
}

/** Intuit's reference page of TaxCode shows both among the records of a company in the US, with this little. */
const pseudoCodes = (books: Books, entity: Queryable): Row[] =>
  entity !== 'TaxCode' || books.realm().country !== 'US'
    ? []
    : ['TAX', 'NON'].map((Id) => {
        const at = pacific(books.realm().createdAt)
        const MetaData = { CreateTime: at, LastUpdatedTime: at }
        return { TaxGroup: false, Name: Id, Taxable: Id === 'TAX', Description: Id, Id, MetaData }
      })

/** What a property is worth for comparing: text without case, references by their id. */
const worth = (row: Row, property: string): unknown => {
  const [first = '', second] = property.split('.')
  const value = row[first]
  if (second !== undefined) return Body.safeParse(value).data?.[second]
  return property.endsWith('Ref') ? Body.safeParse(value).data?.value : value
}

const isMoment = (property: string) => property.startsWith('MetaData.')

const momentOf = (text: string): number => {
  const at = instantOf(text)
  if (at === undefined) throw invalidQuery(`value ${text} is not a valid date`)
  return at
}

const numberOf = (text: string): Big => {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw invalidQuery(`value ${text} is not a valid number`)
  return new Big(text)
}

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Below, equal or above 0; undefined where the row has no such value. */
const compared = (value: unknown, property: string, given: string): number | undefined => {
  if (typeof value === 'number') return new Big(value).cmp(numberOf(given))
  if (typeof value === 'boolean') return order(String(value), given.toLowerCase())
  if (typeof value !== 'string') return undefined
  if (isMoment(property)) return order(Date.parse(value), momentOf(given))
  return order(value.toLowerCase(), given.toLowerCase())
}

const like = (value: unknown, pattern: string): boolean => {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*')
  return typeof value === 'string' && new RegExp(`^${escaped}$`, 'is').test(value)
}

type Test = (row: Row) => boolean

const testOf = (books: Books, entity: Queryable, condition: Condition): Test => {
  const { operator } = condition
  const property = propertyOf(books.world, entity, condition.property)
  if (property === 'Id' && operator !== '=' && operator !== 'IN')
    throw invalidQuery('property Id can only be compared with = and IN')
  const today = pacificDay(books.world.now())
  const values = condition.values.map((one) => (one === 'current_date' ? today : one))
  const [first = ''] = values
  if (isMoment(property)) for (const one of values) momentOf(one)
  const cmp = (row: Row, given: string) => compared(worth(row, property), property, given)
  const TESTS: Record<Condition['operator'], Test> = {
    '=': (row) => cmp(row, first) === 0,
    '<': (row) => (cmp(row, first) ?? 1) < 0,
    '>': (row) => (cmp(row, first) ?? -1) > 0,
    '<=': (row) => (cmp(row, first) ?? 1) <= 0,
    '>=': (row) => (cmp(row, first) ?? -1) >= 0,
    IN: (row) => values.some((one) => cmp(row, one) === 0),
    LIKE: (row) => like(worth(row, property), first),
  }
  return TESTS[operator]
}

/** Inactive rows are left out unless `Active` is asked about ([R] sheet 7). */
const showsInactive = (entity: Queryable, { conditions }: Query): boolean =>
  !isReal(entity) || isTxn(entity) || conditions.some(({ property }) => property.toLowerCase() === 'active')

/** The Id stops being sortable (announced, sheet 7), here already. */
const sortedBy = (books: Books, entity: Queryable, orders: Order[]): ((a: Row, b: Row) => number) => {
  const keys = orders.map((one) => ({ ...one, property: propertyOf(books.world, entity, one.property) }))
  const byId = keys.some(({ property }) => property === 'Id')
  if (byId && !books.world.switched('query.sortById', false)) throw invalidQuery('property Id is not sortable')
  return (a, b) => {
    for (const { property, descending } of keys) {
      const found = compareRows(a, b, property)
      if (found !== 0) return descending ? -found : found
    }
    return 0
  }
}

const compareRows = (a: Row, b: Row, property: string): number => {
  const [left, right] = [worth(a, property), worth(b, property)]
  if (typeof left === 'number' && typeof right === 'number') return new Big(left).cmp(right)
  const key = (value: unknown) => (isMoment(property) ? Date.parse(String(value)) : String(value ?? '').toLowerCase())
  return order(key(left), key(right))
}

const checkPage = ({ start = 1, most = DEFAULT_PAGE }: Query): { start: number; most: number } => {
  for (const value of [start, most])
    if (value < 1) throw invalidQuery(`value ${value} is too small. Min allowed value is 1`)
  // [U] what happens above 1000; the text is inferred.
  if (most > LARGEST_PAGE) throw invalidQuery(`value ${most} is too large. Max allowed value is ${LARGEST_PAGE}`)
  return { start, most }
}

/** The content of `QueryResponse`. `maxResults` is the number of rows in it; without rows it is empty (sheet 7). */
export const runQuery = (books: Books, statement: string): Row => {
  const query = parseQuery(statement)
  const entity = entityOf(query.entity)
  const tests = query.conditions.map((condition) => testOf(books, entity, condition))
  const compare = sortedBy(books, entity, query.orders)
  const { start, most } = checkPage(query)
  const all = rowsOf(books, entity).filter((row) => tests.every((test) => test(row)))
  const rows = showsInactive(entity, query) ? all : all.filter((row) => row.Active !== false)
  if (query.count) return { totalCount: rows.length }
  const page = rows.sort(compare).slice(start - 1, start - 1 + most)
  return page.length === 0 ? {} : { [entity]: page, startPosition: start, maxResults: page.length }
}
