import type { Stage } from '../demo/stage'
import { acumaticaCin7Calls, acumaticaCin7Leasts } from './acumatica-cin7'
import type { Counted, Least } from './count'
import { freshbooksCin7Calls, freshbooksCin7Leasts } from './freshbooks-cin7'
import { quickbooksCin7Calls, quickbooksCin7Leasts } from './quickbooks-cin7'
import { waveCin7Calls, waveCin7Leasts } from './wave-cin7'
import { waveWiseCalls, waveWiseLeasts } from './wave-wise'

/** A pair is measured by a file and one line. */
export const connectedFirms: { leasts: Least[]; measure(stage: Stage): Promise<Counted[]> }[] = [
  { leasts: waveCin7Leasts, measure: waveCin7Calls },
  { leasts: acumaticaCin7Leasts, measure: acumaticaCin7Calls },
  { leasts: freshbooksCin7Leasts, measure: freshbooksCin7Calls },
  { leasts: quickbooksCin7Leasts, measure: quickbooksCin7Calls },
  { leasts: waveWiseLeasts, measure: waveWiseCalls },
]
