import type { Book } from './model'
import type { Invoice } from './records'

/** Largest number per business, kept beside the records so that a large seed stays quick. */
const largest = new WeakMap<Book['records'], Map<string, number>>()

const numbersOf = (book: Book): Map<string, number> => {
  const known = largest.get(book.records)
  if (known) return known
  const made = new Map<string, number>()
  largest.set(book.records, made)
  for (const invoice of book.records.Invoice.all()) note(made, invoice)
  return made
}

const note = (numbers: Map<string, number>, invoice: Invoice): void => {
  const digits = Number(/^\d+$/.exec(invoice.number)?.[0] ?? 0)
  numbers.set(invoice.business, Math.max(numbers.get(invoice.business) ?? 0, digits))
}

export const noteNumber = (book: Book, invoice: Invoice): void => note(numbersOf(book), invoice)

/** An omitted number is the largest existing one + 1 (sheet 5). */
export const nextNumber = (book: Book, business: string): string => String((numbersOf(book).get(business) ?? 0) + 1)

/** After a deletion the largest may have gone. */
export const clearNumbers = (book: Book): void => {
  largest.delete(book.records)
}
