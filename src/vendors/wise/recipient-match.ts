import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { get } from './client'
import { type Recipient, type RecipientProfile, RecipientShape } from './recipient-shapes'
import { text } from './shapes'

const Row = RecipientShape.extend({
  name: z.object({ fullName: text }).nullish(),
  accountHolderName: text,
  details: z.record(z.string(), z.unknown()).nullish(),
})
const Page = z.lazy(() =>
  z.object({ content: z.array(Row), seekPositionForNext: z.union([z.number(), z.string()]).nullish() }),
)

/**
 * An active recipient with the very same name, currency and account: whoever made it, money sent to it arrives at the same place.
 * Null where there is none. The newest of several.
 */
export const recipientLike = async (api: ReadApi, profile: RecipientProfile): Promise<Recipient | null> => {
  const seen = new Map<string, z.infer<typeof Row>>()
  let seekPosition = ''
  for (;;) {
    const before = seen.size
    const query = {
      profileId: api.account,
      currency: profile.currency,
      size: '20',
      ...(seekPosition && { seekPosition }),
    }
    const { content, seekPositionForNext } = await api.read(get('v2', '/accounts', {}, query), Page)
    for (const row of content) seen.set(row.id, row)
    if (seen.size === before || !seekPositionForNext) break
    seekPosition = String(seekPositionForNext)
  }
  const alike = [...seen.values()].filter((row) => row.active && isSame(row, profile))
  const newest = alike.sort((a, b) => Number(b.id) - Number(a.id))[0]
  return newest ? RecipientShape.parse(newest) : null
}

const plain = (value: string): string => value.replace(/\s/g, '').toLowerCase()

/** By our details, since theirs hold much else; `IBAN` is `iban` there. Addresses are shown in forms of their own and left out. */
const isSame = ({ name, accountHolderName, details }: z.infer<typeof Row>, profile: RecipientProfile): boolean => {
  const known = new Map(Object.entries(details ?? {}).map(([key, value]) => [key.toLowerCase(), value]))
  const wanted = Object.entries(profile.details).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  )
  const shows = ([key, value]: readonly [string, string]) =>
    plain(String(known.get(key.toLowerCase()) ?? '')) === plain(value)
  const holder = name?.fullName || accountHolderName
  return wanted.length > 0 && plain(holder) === plain(profile.accountHolderName) && wanted.every(shows)
}
