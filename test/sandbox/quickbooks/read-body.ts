import { z } from 'zod'
import { lengthText, missing, type Problem, problem, Refusal, refusal } from './refusals'

export const Body = z.record(z.string(), z.unknown())
export type Body = z.infer<typeof Body>

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal('2010', 'Property Name:The request body is not valid JSON')
  }
}

export const asBody = (value: unknown): Body => {
  const body = Body.safeParse(value)
  if (!body.success) throw refusal('2010', 'Property Name:The request body is not a JSON object')
  return body.data
}

/** What is not for the caller to set: ignored in requests (sheet 6). */
const READ_ONLY = new Set(
  'domain status MetaData TotalAmt Balance HomeBalance HomeTotalAmt RecurDataRef Id SyncToken sparse'.split(' '),
)

/** A write as it was sent: who is meant, and the fields. A null is an attribute that was left out or, if sparse, emptied. */
export interface Sent {
  id: string | undefined
  syncToken: string | undefined
  sparse: boolean
  fields: Body
  emptied: string[]
}

const Envelope = z.object({
  Id: z.string().nullish(),
  SyncToken: z.string().nullish(),
  sparse: z.boolean().nullish(),
})

export const readSent = (entity: string, body: Body): Sent => {
  const { Id, SyncToken, sparse } = parsed(entity, Envelope, body)
  const own = Object.entries(body).filter(([key]) => !READ_ONLY.has(key))
  return {
    id: Id ?? undefined,
    syncToken: SyncToken ?? undefined,
    sparse: sparse ?? false,
    fields: asBody(withoutNulls(Object.fromEntries(own))),
    emptied: own.filter(([, value]) => value === null).map(([key]) => key),
  }
}

const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((one) => one !== null).map(withoutNulls)
  const object = Body.safeParse(value)
  if (!object.success) return value
  const kept = Object.entries(object.data).filter(([, one]) => one !== null)
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutNulls(one)]))
}

/** Reads with a schema, and says what is wrong in the vendor's codes: unknown keys first, then missing ones, then the rest. */
export const parsed = <T>(entity: string, schema: z.ZodType<T>, value: unknown): T => {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => problemOf(entity, issue))
  for (const code of ['2010', '2020', '2050', '2170']) {
    const found = problems.filter((one) => one.code === code)
    if (found[0]) throw new Refusal(code === '2010' ? [found[0]] : found)
  }
  throw new Refusal(problems)
}

type Issue = z.core.$ZodIssue

const nameOf = ({ path }: Issue): string => path.filter((step) => typeof step === 'string').join('.')

const problemOf = (entity: string, issue: Issue): Problem => {
  const element = nameOf(issue)
  if (issue.code === 'unrecognized_keys') return unknownKey(entity, issue.keys[0] ?? '')
  if (issue.input === undefined) return missingProblem(element)
  if (issue.code === 'too_big' && issue.origin === 'string') return wrongLength(issue, element)
  if (issue.code === 'invalid_value') return problem('2170', `Invalid Enumeration : ${String(issue.input)}`)
  return problem('2010', `Property Name:Can not read the value of ${element} (class ${entity})`, element)
}

const unknownKey = (entity: string, key: string): Problem =>
  problem('2010', `Property Name:Unrecognized field "${key}" (class com.intuit.schema.finance.v3.${entity})`)

const missingProblem = (element: string): Problem => missing(element).problems[0] ?? problem('2020')

const wrongLength = (issue: Issue, element: string): Problem => {
  const most = issue.code === 'too_big' ? issue.maximum : 0
  const length = typeof issue.input === 'string' ? issue.input.length : 0
  return problem('2050', lengthText(Number(most), length), element)
}

/** Equal whatever the order of keys: a write that changes nothing keeps its token ([R] sheet 6). */
export const sameContent = (a: unknown, b: unknown): boolean => ordered(a) === ordered(b)

const ordered = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => {
    const object = Array.isArray(one) ? undefined : Body.safeParse(one)
    if (!object?.success) return one
    return Object.fromEntries(Object.entries(object.data).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
