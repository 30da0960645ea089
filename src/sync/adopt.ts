import { rejected } from '../core/failure'
import type { Flow, TargetRef } from '../core/flow'
import type { Books, Link } from '../core/ledger'

/** What a person has matched is looked at in the target; then it is a link like any other. Answers whether there was any. */
export const adoptMatched = async <R, D, S>(
  flow: Flow<R, D, S>,
  links: Link[],
  agreed: { version: string; parts: string[] | undefined; fingerprint(variant: string): string },
  books: Books,
): Promise<boolean> => {
  const matched = links.filter(({ state }) => state === 'matched')
  for (const link of matched) {
    const adopted = await flow.target.adopt?.(books.api, link.target?.id ?? '')
    if (!adopted) throw matchGone(flow.target.vendor, link)
    const { target, terms } = adopted
    const fits = agreed.parts?.includes(link.variant) ?? flow.matching?.variant(terms) === link.variant
    if (!fits) throw matchUnfit(link, target)
    // What is kept agrees with the source as it is now; what is aligned agrees with nothing yet.
    const fingerprint = flow.matching?.brings === 'keep' ? agreed.fingerprint(link.variant) : ''
    books.adopt({ ...link, state: 'linked', target, fingerprint, version: agreed.version })
  }
  return matched.length > 0
}

const matchGone = (vendor: string, { target }: Link) =>
  rejected(
    'match_gone',
    `${vendor} does not show ${target?.number || target?.id}, which this record was linked with`,
    'Link it with another one (POST …/matches/accept), or undo the link (the same call without a target), then replay: a new one is made.',
  )

const matchUnfit = ({ variant }: Link, { number }: TargetRef) =>
  rejected(
    'match_unfit',
    `${number} cannot be ${variant === '' ? 'this record' : `the part "${variant}" of this record`}`,
    'Link it with another one (POST …/matches/accept), and name the part that is meant (a currency, a payment).',
  )
