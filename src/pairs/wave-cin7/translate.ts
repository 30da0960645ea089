import type { Failure, Unmapped } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import type { InvoiceItem } from '../../vendors/wave/invoices'
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

  account({ account }: InvoiceItem): string {
    return this.#mapped('account', account.id, account.name)
  }

  product({ product }: InvoiceItem): string {
    return this.#mapped('product', product.id, product.name)
  }

  /** Several Wave taxes on a line are one Cin7 tax rule. Their code is the ids in order, joined by `+`. */
  taxRule({ taxes }: InvoiceItem): string {
    if (taxes.length === 0) return this.#settings.noTaxRule
    const sorted = taxes.map(({ salesTax }) => salesTax).sort((a, b) => (a.id < b.id ? -1 : 1))
    return this.#mapped('tax', sorted.map(({ id }) => id).join('+'), sorted.map(({ name }) => name).join(' + '))
  }

  discountAccount(): string {
    return (
      this.#settings.discountAccount ?? this.#miss('settings.discountAccount', 'discount', 'discount on an invoice')
    )
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
      message: `no Cin7 counterpart for: ${codes.map(({ mapping, label }) => `${label} (${mapping})`).join(', ')}`,
      remedy: `${codes.map(remedyFor).join(' ')} Then replay.`,
      codes,
    }
  }
}

const remedyFor = ({ mapping, code, label }: Unmapped): string =>
  mapping === 'settings.discountAccount'
    ? 'Set discountAccount: the Cin7 account for discounts.'
    : `Map the Wave ${mapping} "${label}" (${code}) in the mapping "${mapping}".`
