import type { PairName } from '../../src/core/pair'
import { quickbooksCin7 } from './quickbooks-cin7/scenario'
import type { Scenario } from './stage'
import { waveCin7 } from './wave-cin7/scenario'

/** A pair is shown by a folder and one line. */
export const scenarios: Partial<Record<PairName, Scenario>> = {
  'quickbooks-cin7': quickbooksCin7,
  'wave-cin7': waveCin7,
}
