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

  /** By account, else the one for all; '' where the feature is off. */
  subaccount({ account }: PurchaseRow): string {
    return this.#lookups.mapped('subaccount', account) ?? this.#settings.subaccount
  }

  taxCategory({ taxRule }: PurchaseRow): string {
    const { tax } = this.#settings
    if (tax.as === 'line') return tax.category
    return taxRule === '' ? '' : this.#mapped('tax', taxRule, taxRule)
  }

  /** Undefined where the product becomes a line on an account. */
  item({ kind, sku }: PurchaseRow): string | undefined {
    return kind === 'line' && sku !== '' ? this.#lookups.mapped('item', sku) : undefined
  }

  warehouse({ location }: Purchase): string {
    return this.#lookups.mapped('warehouse', location) ?? this.#settings.warehouse
  }

  branch({ location }: Purchase): string {
    return this.#lookups.mapped('branch', location) ?? this.#settings.branch
  }

  /** Where none is mapped, those of the vendor. */
  terms(name: string): string {
    return this.#lookups.mapped('term', name) ?? ''
  }

  #mapped(mapping: string, code: string, label: string): string {
    const found = this.#lookups.mapped(mapping, code)
    if (found !== undefined) return found
    this.#missing.set(`${mapping} ${code}`, { mapping, code, label })
    return ''
  }

  failure(): Failure | undefined {
    const codes = [...this.#missing.values()]
    if (codes.length === 0) return undefined
    return {
      kind: 'unmapped',
      code: 'unmapped',
      message: `no Acumatica counterpart for: ${codes.map(({ mapping, label }) => `${label} (${mapping})`).join(', ')}`,
      remedy: `${codes.map(({ mapping, code, label }) => `Map "${label}" (${code}) in the mapping "${mapping}".`).join(' ')} Then replay.`,
      codes,
    }
  }
}
