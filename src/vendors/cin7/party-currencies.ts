import type { Lookups, Mapped, Matching } from '../../core/flow'

/** A Cin7 party stands for the source's in its own currency. */
export const partyMatching: Matching = {
  variant: (terms) => (terms.kind === 'named' ? terms.currency : undefined),
  brings: 'align',
}

/**
 * Sources bill a party in any currency; a Cin7 party has one. So a variant is a currency, made when a document needs it; `own` = the
 * party's own currency, in which it keeps the plain name.
 */
export const inCurrencies = <D>(
  { name, own }: { name: string; own: string },
  { variants }: Lookups,
  draft: (named: { name: string; currency: string }) => D,
): Mapped<D>[] => {
  // Others first: one of them may still hold the plain name, from when its currency was the party's own.
  const currencies = new Set([...variants.filter((currency) => currency !== own), own])
  return [...currencies].map((currency) => ({
    variant: currency,
    draft: draft({ name: (currency === own ? name : `${name} (${currency})`).trim(), currency }),
  }))
}
