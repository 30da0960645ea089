import type { Stage } from '../demo/stage'
import type { Least } from './calls'
import { waveCin7Calls, waveCin7Leasts } from './wave-cin7'

interface Counted {
  flow: string
  calls: Record<string, number>
  routes: string[]
}

/** A pair is measured by a file and one line. */
export const connectedFirms: { leasts: Least[]; measure(stage: Stage): Promise<Counted[]> }[] = [
  { leasts: waveCin7Leasts, measure: waveCin7Calls },
]
