import { z } from 'zod'
import { tidy } from './exceptions'

/** An error that stands beside a value of the record that was refused. */
export interface FieldError {
  /** `Details[0].Account`; '' = of the record as a whole. */
  path: string
  words: string
}

const Tree = z.record(z.string(), z.unknown())

/** Every error in a record, at record, field and line level (sheet 9); an action has the record below `entity`. */
export const fieldErrors = (json: unknown): FieldError[] => {
  const { entity, ...record } = Tree.safeParse(json).data ?? {}
  const all = [...collect(record, ''), ...collect(entity, '')]
  const fields = all.filter(({ path }) => path !== '')
  return fields.length > 0 ? fields : all
}

const collect = (value: unknown, path: string): FieldError[] => {
  if (Array.isArray(value)) return value.flatMap((one, n) => collect(one, `${path}[${n}]`))
  const tree = Tree.safeParse(value).data
  if (!tree) return []
  const own = typeof tree.error === 'string' && tree.error !== '' ? [{ path, words: tidy(tree.error) }] : []
  const inner = Object.entries(tree).filter(([name]) => !IS_NO_FIELD.has(name))
  return [...own, ...inner.flatMap(([name, one]) => collect(one, path === '' ? name : `${path}.${name}`))]
}

const IS_NO_FIELD = new Set(['error', 'value', '_links', 'custom', 'files'])

export const told = (errors: FieldError[]): string =>
  errors.map(({ path, words }) => [path, words].filter(Boolean).join(': ')).join('; ')
