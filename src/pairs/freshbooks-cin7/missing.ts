import type { Failure, Unmapped } from '../../core/failure'

/** Looks codes up and remembers all that are missing, so that a person sees them at once and not one per replay. */
export class Missing {
  readonly #missing = new Map<string, Unmapped>()

  /** What was found, or '' and remembered. `mapping` may be a setting: `settings.discountAccount`. */
  or(found: string | undefined, mapping: string, code: string, label: string): string {
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
      message: `no Cin7 counterpart for: ${codes.map(({ label }) => label).join(', ')}`,
      remedy: `${codes.map(remedyFor).join(' ')} Then replay.`,
      codes,
    }
  }
}

const remedyFor = ({ mapping, code, label }: Unmapped): string =>
  mapping.startsWith('settings.')
    ? `Set ${mapping.replace('settings.', '')}, for: ${label}.`
    : `Map ${label} ("${code}") in the mapping "${mapping}".`
