import { sameText } from './rows'

/** What is wrong with a record, by path: `Details[0].Account`. */
export class Problems {
  readonly #texts = new Map<string, string>()
  /** A rule that this build reports as 500 without saying where. */
  rule = false

  /** The first text of a field stays. */
  add(path: string, text: string): void {
    if (!this.#texts.has(path)) this.#texts.set(path, text)
  }

  notInSystem(path: string, label: string): void {
    this.add(path, `'${label}' cannot be found in the system.`)
  }

  empty(path: string, label: string): void {
    this.add(path, `'${label}' cannot be empty.`)
  }

  /** An empty value passes; any other must be one of the known. Answers how the list writes it. */
  known(path: string, label: string, value: string, list: readonly string[]): string {
    if (value === '') return value
    const found = list.find((one) => sameText(one, value))
    if (found === undefined) this.notInSystem(path, label)
    return found ?? value
  }

  at(path: string): string | undefined {
    return this.#texts.get(path)
  }

  /** All of it in one line. */
  told(): string {
    return [...this.#texts].map(([path, text]) => `${path}: ${text}`).join(' ')
  }

  get any(): boolean {
    return this.#texts.size > 0
  }
}
