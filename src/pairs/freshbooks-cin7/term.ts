import type { Settings } from './settings'

/** FreshBooks has no terms; what the dates of a document say is the nearest. */
export const termOf = (date: string, dueDate: string, { terms, paymentTerm }: Settings): string => {
  const days = Math.round((Date.parse(dueDate) - Date.parse(date)) / 86_400_000)
  return terms[String(days)] ?? paymentTerm
}
