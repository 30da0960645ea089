import type { Books } from './books'
import { type Problem, problem, refusal } from './errors'
import type { Account, Product, TaxRule, Term } from './model'

/** Checks of references by name or code; texts from sheet 3.2 where it has one. Nothing given is no problem. */
type Check = (books: Books, given: string | undefined) => Problem | undefined

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

const among =
  (names: (books: Books) => string[], wording: (given: string) => string): Check =>
  (books, given) =>
    !given || names(books).some((name) => same(name, given)) ? undefined : problem(wording(given), 404)

export const PRICE_TIERS = Array.from({ length: 10 }, (_, n) => ({ Code: n + 1, Name: `Tier ${n + 1}` }))

export const locationKnown = among(
  ({ locations }) =>
    locations
      .all()
      .filter(({ IsDeprecated }) => !IsDeprecated)
      .map(({ Name }) => Name),
  (given) => `Location '${given}' was not found in Locations reference book`,
)

export const carrierKnown = among(
  ({ company }) => company().carriers,
  (given) => `Carrier '${given}' was not found in Carriers reference book`,
)

export const tierKnown = among(
  () => PRICE_TIERS.map(({ Name }) => Name),
  (given) => `Price tier '${given}' was not found in Price Tiers reference book`,
)

export const categoryKnown = among(
  ({ company }) => company().categories,
  () => 'Category not found.',
)

export const brandKnown = among(
  ({ company }) => company().brands,
  (given) => `Brand '${given}' was not found in reference book`,
)

/** Unlike the other names, this one is reported with code 400, so a round can mix codes (sheet 15.3). */
export const representativeKnown: Check = ({ company }, given) =>
  !given || company().salesRepresentatives.some((name) => same(name, given))
    ? undefined
    : problem(`Sales Representative '${given}' was not found in Company Contacts reference book`)

export const findTerm = (books: Books, name: string): Term | undefined =>
  books.terms.all().find(({ Name, IsActive }) => IsActive && same(Name, name))

export const termActive: Check = (books, given) =>
  !given || findTerm(books, given)
    ? undefined
    : problem(`Active payment term with name ${given} was not found in Payment Terms reference book`)

const servesSide = (rule: TaxRule, side: Side): boolean =>
  side === 'any' || (side === 'sale' ? rule.IsTaxForSale : rule.IsTaxForPurchase)

export type Side = 'sale' | 'purchase' | 'any'

/** The rule must be active and flagged for the side (sheet 5); the text is ours. */
export const taxFits = (books: Books, given: string | undefined, side: Side): Problem | undefined => {
  if (!given) return undefined
  const rule = books.taxes.all().find(({ Name, IsActive }) => IsActive && same(Name, given))
  if (rule && servesSide(rule, side)) return undefined
  return problem(`Active tax rule with name ${given} was not found in Taxation Rules reference book`)
}

const noAccount = (): Problem => problem('Account with specified ID not found')

export const findAccount = (books: Books, code: string): Account | undefined => {
  const account = books.accounts.get(code)
  return account?.Status.toUpperCase() === 'ACTIVE' ? account : undefined
}

export const accountKnown: Check = (books, given) => (!given || findAccount(books, given) ? undefined : noAccount())

/** Same type and class is not enough: the system account decides (sheet 5). */
export const accountServes = (books: Books, given: string | undefined, system: string): Problem | undefined =>
  !given || findAccount(books, given)?.SystemAccount?.toLowerCase() === system.toLowerCase() ? undefined : noAccount()

/** A bank account, or one that is open for payments (sheet 5). */
export const accountPays: Check = (books, given) => {
  if (!given) return undefined
  const account = findAccount(books, given)
  if (!account) return noAccount()
  if (account.Type === 'BANK' || account.ForPayments) return undefined
  return problem(`Account '${given}' is not a bank account or an account for payments`)
}

export const findProduct = (books: Books, id: string | undefined, sku: string | undefined): Product | undefined =>
  id ? books.products.get(id) : books.products.all().find(({ SKU }) => same(SKU, sku ?? ''))

/** Writes dated on or before the lock date are refused; the text is not known (sheet 16). */
export const refuseLocked = (books: Books, date: string): void => {
  const lock = books.company().me.LockDate
  if (lock && date.slice(0, 10) <= lock.slice(0, 10))
    throw refusal(`Transaction date ${date.slice(0, 10)} is within the locked period (lock date ${lock.slice(0, 10)})`)
}
