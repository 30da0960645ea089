import type { Collection, Store } from './store'

/** A world's store in memory, for tests of one simulator. Keeps text, so a document that was changed without being put again would show. */
export const memoryStore = (): Store => {
  const counters = new Map<string, number>()
  const open = new Map<string, Map<string, string>>()
  return {
    collection<T>(kind: string): Collection<T> {
      const documents = open.get(kind) ?? new Map<string, string>()
      open.set(kind, documents)
      const read = (text: string): T => JSON.parse(text)
      return {
        get(id) {
          const text = documents.get(id)
          return text === undefined ? undefined : read(text)
        },
        put(id, document) {
          documents.set(id, JSON.stringify(document))
          return document
        },
        delete: (id) => documents.delete(id),
        all: () => [...documents.values()].map(read),
        get size() {
          return documents.size
        },
      }
    },
    next(counter, from = 1) {
      const value = (counters.get(counter) ?? from - 1) + 1
      counters.set(counter, value)
      return value
    },
  }
}
