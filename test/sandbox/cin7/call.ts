import type { Books } from './books'
import type { Body } from './fields'
import type { Query } from './lists'

/** One authorised call; `body` is empty for GET and DELETE. */
export interface Call {
  books: Books
  query: Query
  body: Body
}

/** Answers the body of a 200, or throws a Refusal. */
export type Handler = (call: Call) => unknown

/** Verbs of one path. */
export type Verbs = Partial<Record<string, Handler>>
