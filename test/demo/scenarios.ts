import type { PairName } from '../../src/core/pair'
import { acumaticaCin7 } from './acumatica-cin7/scenario'
import { freshbooksCin7 } from './freshbooks-cin7/scenario'
import { quickbooksCin7 } from './quickbooks-cin7/scenario'
import type { Scenario } from './stage'
import { waveCin7 } from './wave-cin7/scenario'
import { waveWise } from './wave-wise/scenario'

/** A pair is shown by a folder and one line. */
export const scenarios: Record<PairName, Scenario> = {
  'wave-cin7': waveCin7,
  'wave-wise': waveWise,
  'acumatica-cin7': acumaticaCin7,
  'freshbooks-cin7': freshbooksCin7,
  'quickbooks-cin7': quickbooksCin7,
}
