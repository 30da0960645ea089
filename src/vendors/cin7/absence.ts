import { Failed } from '../../core/failure'

/** Cin7 answers an unknown GUID with an error (sheet section 16); null stands for that. */
export const notThere = async <T>(read: () => Promise<T>): Promise<T | null> => {
  try {
    return await read()
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.code === 'cin7_not_found') return null
    throw thrown
  }
}
