import type { Failure, Unmapped } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import type { Purchase, PurchaseRow } from '../../vendors/cin7/purchases'
import type { Settings } from './settings'

/** Looks codes up and remembers all that are missing, so that a person sees them at once and not one per replay. */
export class Translator {
  readonly #settings: Settings
  readonly #lookups: Lookups
  readonly #missing = new Map<string, Unmapped>()

  constructor(settings: Settings, lookups: Lookups) {
    this.#settings = settings
    this.#lookups = lookups
  }

  account({ account, name }: PurchaseRow): string {
    return this.#mapped('account', account, account === '' ? `of ${name}` : account)
  }

  /** '' in the US, where purchases have no tax codes. */
  taxCode({ taxRule }: PurchaseRow): string {
    const { tax } = this.#settings
    if (tax.realm === 'us') return ''
    return taxRule === '' ? tax.noTaxCode : this.#mapped('tax', taxRule, taxRule)
  }

  /** Undefined where the product becomes a line on an account. */
  item({ kind, sku }: PurchaseRow): string | undefined {
    return this.#settings.items === 'mapped' && kind === 'line' && sku !== ''
      ? this.#lookups.mapped('item', sku)
      : undefined
  }

  /** By product, else by account, else by location. */
  class({ location }: Purchase, { sku, account, name }: PurchaseRow): string {
    const { mapped } = this.#lookups
    const found = mapped('product-class', sku) ?? mapped('account-class', account) ?? mapped('location-class', location)
    if (found !== undefined || this.#settings.classes === 'optional') return found ?? ''
    return this.#miss('product-class', sku || account || location, `class of ${name}`)
  }

  /** A document has one department; its lines have none (quickbooks sheet 11). */
  department({ location }: Purchase): string {
    const found = this.#lookups.mapped('department', location)
    if (found !== undefined || this.#settings.departments === 'optional') return found ?? ''
    return this.#miss('department', location, location)
  }

  /** Where QuickBooks has none like it, the due date says it. */
  term(name: string): string {
    return this.#lookups.mapped('term', name) ?? ''
  }

  /** US: the account for tax that Cin7 shows. */
  taxAccount(): string {
    const { tax } = this.#settings
    const account = tax.realm === 'us' ? tax.account : undefined
    return account ?? this.#miss('settings.tax.account', 'tax', 'tax on a purchase')
  }

  #mapped(mapping: string, code: string, label: string): string {
    return this.#lookups.mapped(mapping, code) ?? this.#miss(mapping, code, label)
  }

  #miss(mapping: string, code: string, label: string): string {
    this.#missing.set(`${mapping} ${code}`, { mapping, code, label })
    return ''
  }

  failure(): Failure | undefined {
    const codes = [...this.#missing.values()]
    if (codes.length === 0) return undefined
    return {
      kind: 'unmapped',
      code: 'unmapped',
      message: `no QuickBooks counterpart for: ${codes.map(({ mapping, label }) => `${label} (${mapping})`).join(', ')}`,
      remedy: `${codes.map(remedyFor).join(' ')} Then replay.`,
      codes,
    }
  }
}

const remedyFor = ({ mapping, code, label }: Unmapped): string =>
  mapping.startsWith('settings.')
    ? `Set ${mapping.slice('settings.'.length)}: the QuickBooks account for ${label}.`
    : `Map "${label}" (${code}) in the mapping "${mapping}".`
