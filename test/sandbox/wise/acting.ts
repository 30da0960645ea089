import { z } from 'zod'
import { type Book, must, type Profile, type Transfer } from './model'
import type { User } from './people'

export type Act = (book: Book, input: unknown) => unknown

export const act =
  <S extends z.ZodType>(schema: S, run: (book: Book, input: z.infer<S>) => unknown): Act =>
  (book, input) =>
    run(book, schema.parse(input))

export const Amount = z.union([z.string(), z.number().transform(String)])

export const InProfile = z.object({ profile: z.coerce.string().optional() })
export const OfTransfer = z.object({ transfer: z.coerce.string() })

/** The named one, else the first business, else the first of all. */
export const profileOf = (book: Book, id: string | undefined): Profile => {
  const all = book.profiles.all()
  if (id !== undefined) return must(book.profiles.get(id), `profile ${id}`)
  return must(all.find(({ type }) => type === 'BUSINESS') ?? all[0], 'profile')
}

export const ownerOf = (book: Book, { user }: Profile): User => must(book.users.get(String(user)), `user ${user}`)

export const userBy = (book: Book, email: string | undefined): User =>
  must(
    book.users.all().find((one) => one.email === (email ?? one.email)),
    `user ${email}`,
  )

export const transferBy = (book: Book, id: string): Transfer => must(book.transfers.get(id), `transfer ${id}`)
