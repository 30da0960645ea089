import type { z } from 'zod'
import type { Books } from './books'

/** What a user does in the vendor's screens. */
export type Act = (books: Books, input: unknown) => unknown

export const act =
  <S extends z.ZodType>(schema: S, run: (books: Books, input: z.infer<S>) => unknown): Act =>
  (books, input) =>
    run(books, schema.parse(input))
