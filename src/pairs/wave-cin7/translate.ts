import type { Failure, Unmapped } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import type { InvoiceItem, InvoicePayment } from '../../vendors/wave/invoices'
import { productNeed } from './product-need'
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

  /** SKU: the one that a person chose, else that of the product that was carried. */
  sku({ product }: InvoiceItem): string {
    const carried = this.#lookups.linked(productNeed(product.id))?.facts.sku
    return this.#lookups.mapped('product', product.id) ?? carried ?? this.#miss('product', product.id, product.name)
  }

  /** Name of the service product of a charge. */
  service({ product }: InvoiceItem): string {
    const { name, type } = this.#lookups.linked(productNeed(product.id))?.facts ?? {}
    return name && type?.toLowerCase() === 'service' ? name : this.#settings.chargeProduct
  }

  taxRule({ taxes }: InvoiceItem): string {
    if (taxes.length === 0) return this.#settings.noTaxRule
    const all = taxes.map(({ salesTax }) => salesTax)
    return this.#mapped(
      'tax',
      taxCode(all),
      inOrder(all)
        .map(({ name }) => name)
        .join(' + '),
    )
  }

  /** Cin7 account that a payment goes to. */
  bank({ account }: InvoicePayment): string {
    return this.#mapped('bank', account.id, account.name ?? account.id)
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

/** Several Wave taxes on a line are one Cin7 tax rule. Their code is the ids in order, joined by `+`. */
export const taxCode = (taxes: { id: string }[]): string =>
  inOrder(taxes)
    .map(({ id }) => id)
    .join('+')

const inOrder = <T extends { id: string }>(taxes: T[]): T[] => taxes.toSorted((a, b) => (a.id < b.id ? -1 : 1))

const remedyFor = ({ mapping, code, label }: Unmapped): string =>
  mapping === 'settings.discountAccount'
    ? 'Set discountAccount: the Cin7 account for discounts.'
    : `Map the Wave ${mapping} "${label}" (${code}) in the mapping "${mapping}".`
