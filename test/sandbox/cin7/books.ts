import type { Collection } from '../store'
import type { WorldContext } from '../vendor'
import type { Journal, MoneyTask } from './finance/model'
import type { Account, AttributeSet, Company, Hook, Location, Party, Product, TaxRule, Term } from './model'
import type { Purchase } from './purchases/model'
import type { Sale } from './sale-model'
import type { Retry } from './send'

/** A record and, while lists lag behind, what they still show of it. */
interface Kept<T> {
  doc: T
  visibleAt: number
  before?: T
}

/** Records of one kind in one company. Documents are never changed in place, so a list can still show the last one. */
export interface Shelf<T> {
  get(id: string): T | undefined
  save(id: string, doc: T): T
  remove(id: string): boolean
  all(): T[]
  /** What lists show at this moment: the switch `listLagMs` holds changes back (sheet 15.19). */
  listed(): T[]
}

const openShelf = <T>(kept: Collection<Kept<T>>, world: WorldContext): Shelf<T> => {
  const shown = ({ doc, visibleAt, before }: Kept<T>): T | undefined => (world.now() >= visibleAt ? doc : before)
  return {
    get: (id) => kept.get(id.toLowerCase())?.doc,
    save(id, doc) {
      const key = id.toLowerCase()
      const visibleAt = world.now() + world.switched('listLagMs', 0)
      const old = kept.get(key)
      const before = visibleAt > world.now() && old ? shown(old) : undefined
      kept.put(key, before === undefined ? { doc, visibleAt } : { doc, visibleAt, before })
      return doc
    },
    remove: (id) => kept.delete(id.toLowerCase()),
    all: () => kept.all().map(({ doc }) => doc),
    listed: () =>
      kept
        .all()
        .map(shown)
        .filter((doc) => doc !== undefined),
  }
}

/** Everything of one company (one account id). */
export interface Books {
  world: WorldContext
  company(): Company
  saveCompany(changes: Partial<Company>): Company
  accounts: Shelf<Account>
  taxes: Shelf<TaxRule>
  terms: Shelf<Term>
  locations: Shelf<Location>
  products: Shelf<Product>
  customers: Shelf<Party>
  suppliers: Shelf<Party>
  sales: Shelf<Sale>
  purchases: Shelf<Purchase>
  journals: Shelf<Journal>
  moneyTasks: Shelf<MoneyTask>
  attributeSets: Shelf<AttributeSet>
  hooks: Shelf<Hook>
  retries: Shelf<Retry>
  /** TaskID of an invoice or credit note, or ID of a payment → the sale or purchase it belongs to. */
  owners: Collection<string>
  /** `SO-00001` and its kin (sheet 15.9). */
  number(series: string): string
}

export const companies = (world: WorldContext): Collection<Company> => world.store.collection<Company>('company')

export const openBooks = (world: WorldContext, accountId: string): Books => {
  const shelf = <T>(kind: string): Shelf<T> => openShelf(world.store.collection<Kept<T>>(`${accountId}/${kind}`), world)
  const company = (): Company => {
    const found = companies(world).get(accountId)
    if (!found) throw new Error(`no Cin7 company ${accountId}`)
    return found
  }
  return {
    world,
    company,
    saveCompany: (changes) => companies(world).put(accountId, { ...company(), ...changes }),
    accounts: shelf('account'),
    taxes: shelf('tax'),
    terms: shelf('term'),
    locations: shelf('location'),
    products: shelf('product'),
    customers: shelf('customer'),
    suppliers: shelf('supplier'),
    sales: shelf('sale'),
    purchases: shelf('purchase'),
    journals: shelf('journal'),
    moneyTasks: shelf('money'),
    attributeSets: shelf('attributes'),
    hooks: shelf('hook'),
    retries: shelf('retry'),
    owners: world.store.collection<string>(`${accountId}/owner`),
    number: (series) => `${series}-${String(world.store.next(`${accountId}/${series}`)).padStart(5, '0')}`,
  }
}
