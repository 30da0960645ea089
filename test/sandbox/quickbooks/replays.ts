import { z } from 'zod'
import type { Books } from './books'
import { lengthRefusal, Refusal } from './refusals'

const Kept = z.looseObject({})
type Kept = z.infer<typeof Kept>

/** At most 50 characters; 36 for a batch (sheet 3). How a longer one is refused is inferred. */
export const requestIdOf = (query: URLSearchParams, isBatch: boolean): string | null => {
  const id = query.get('requestid')
  const most = isBatch ? 36 : 50
  if (id !== null && id.length > most) throw lengthRefusal('requestid', most, id.length)
  return id
}

/** The same id again: the first answer again, and nothing is done, whatever the body. Refusals are not kept ([U] sheet 3). */
export const replayed = (books: Books, key: string | null, run: () => object): object => {
  if (key === null) return run()
  const before = books.replays.get(key)
  if (before !== undefined) {
    const { refused, ...answer } = Kept.parse(before)
    if (refused !== undefined) throw new Refusal(Problems.parse(refused))
    return answer
  }
  return remembered(books, key, run)
}

const Problems = z.array(
  z.object({ Message: z.string(), Detail: z.string().optional(), code: z.string(), element: z.string().optional() }),
)

const remembered = (books: Books, key: string, run: () => object): Kept => {
  try {
    const answer = Kept.parse(run())
    books.replays.put(key, answer)
    return answer
  } catch (error) {
    if (error instanceof Refusal && books.world.switched('requestId.keepsRefusals', false))
      books.replays.put(key, { refused: error.problems })
    throw error
  }
}
