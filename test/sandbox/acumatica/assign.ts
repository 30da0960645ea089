import type { Books } from './books'
import type { Sent } from './input'
import type { Row } from './model'
import type { Problems } from './problems'
import type { Shape, Value } from './schema'

/** Puts what was sent into a row, except what only the vendor's own logic sets: that is ignored (sheet 5, PUT rules). */
export const assign = (
  books: Books,
  shape: Shape,
  row: Row,
  sent: Sent,
  problems: Problems,
  fixed: readonly string[],
  path = '',
): void => {
  for (const [name, value] of Object.entries(sent.values))
    if (!fixed.includes(name)) row.values[name] = fitting(books, shape, name, value, problems, `${path}${name}`)
  if (sent.note !== undefined) row.note = sent.note
  for (const [view, fields] of Object.entries(sent.custom)) row.custom[view] = { ...row.custom[view], ...fields }
}

/** [U] A text that is too long is an error or is cut; not known which (sheet 12.8, 14). */
const fitting = (books: Books, shape: Shape, name: string, value: Value, problems: Problems, path: string): Value => {
  const max = shape.fields[name]?.max
  if (max === undefined || typeof value !== 'string' || value.length <= max) return value
  if (books.world.switched<string>('text.tooLong', 'error') === 'cut') return value.slice(0, max)
  problems.add(path, `The string value is too long: at most ${max} characters are allowed.`)
  return value
}

/** A drop-down takes its label or its internal code and answers the label ([R] sheet 4). */
export const readLabel = (
  row: Row,
  name: string,
  labels: Readonly<Record<string, string>>,
  problems: Problems,
  path = name,
): void => {
  const value = row.values[name]
  if (typeof value !== 'string') return
  const found = Object.entries(labels).find(
    ([code, label]) => code === value || label.toLowerCase() === value.toLowerCase(),
  )
  if (found) row.values[name] = found[1]
  else problems.add(path, `The value '${value}' is not valid for '${name}'.`)
}
