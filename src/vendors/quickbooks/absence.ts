import { Failed } from '../../core/failure'

/** A missing object is refused with 400 and code 610, never with 404 (sheet 4); null stands for that. */
export const notThere = async <T>(read: () => Promise<T>): Promise<T | null> => {
  try {
    return await read()
  } catch (thrown) {
    if (hasCode(thrown, 'quickbooks_not_found')) return null
    throw thrown
  }
}

export const hasCode = (thrown: unknown, code: string): thrown is Failed =>
  thrown instanceof Failed && thrown.failure.code === code
