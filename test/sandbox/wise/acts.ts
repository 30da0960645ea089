import type { Act } from './acting'
import { hookActs } from './acts-hooks'
import { moneyActs } from './acts-money'
import { peopleActs } from './acts-people'
import { transferActs } from './acts-transfers'
import { catchUp } from './effects'
import type { Book } from './model'

/** What users do on wise.com, and what Wise does by itself; inputs are listed in index.ts. */
const ACTS: Record<string, Act> = { ...peopleActs, ...moneyActs, ...transferActs, ...hookActs }

export const perform = async (book: Book, action: string, input: unknown): Promise<unknown> => {
  const run = ACTS[action]
  if (!run) throw new Error(`Wise simulator: no action ${action}`)
  catchUp(book)
  const made = await run(book, input ?? {})
  catchUp(book)
  return made
}
