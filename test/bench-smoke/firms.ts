import type { Stage } from '../demo/stage'
import type { Counted, Least } from './count'
import { waveCin7Calls, waveCin7Leasts } from './wave-cin7'

/** A pair is measured by a file and one line. */
export const connectedFirms: { leasts: Least[]; measure(stage: Stage): Promise<Counted[]> }[] = [
  { leasts: waveCin7Leasts, measure: waveCin7Calls },
]
