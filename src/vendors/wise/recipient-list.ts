import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { get } from './client'
import { id, text } from './shapes'

/** More is not given (sheet 6). */
const PAGE = 20

/** Two shapes are documented; only id, active and currency are sure (sheet 6). No bank detail is taken from a list. */
const Row = z.lazy(() =>
  z
    .object({
      id,
      active: z.boolean(),
      currency: text,
      name: z.object({ fullName: text }).nullish(),
      accountHolderName: text,
      longAccountSummary: text,
    })
    .transform(({ id, active, currency, name, accountHolderName, longAccountSummary }) => ({
      id,
      active,
      currency,
      name: name?.fullName || accountHolderName,
      /** E.g. `EUR account ending in 3000`. */
      summary: longAccountSummary,
    })),
)
export type RecipientRow = z.infer<typeof Row>

const Page = z.object({ content: z.array(Row), seekPositionForNext: id.nullish() })

/** All recipients of the profile. The end is null, 0, an empty page, or, to be safe, a page that holds nothing new (sheet 6). */
export const readRecipients = async (api: ReadApi): Promise<RecipientRow[]> => {
  const all = new Map<string, RecipientRow>()
  let seekPosition: string | undefined
  for (;;) {
    const before = all.size
    const query = { profileId: api.account, size: String(PAGE), ...(seekPosition && { seekPosition }) }
    const { content, seekPositionForNext } = await api.read(get('v2', '/accounts', {}, query), Page)
    for (const row of content) all.set(row.id, row)
    if (all.size === before || !seekPositionForNext || seekPositionForNext === '0') return [...all.values()]
    seekPosition = seekPositionForNext
  }
}
