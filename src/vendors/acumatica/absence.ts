import { Failed } from '../../core/failure'

/** A read by id of what is not there is HTTP 500 (sheet 5); null stands for that. */
export const notThere = async <T>(read: () => Promise<T>): Promise<T | null> => {
  try {
    return await read()
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.code === 'acumatica_not_found') return null
    throw thrown
  }
}
