import { makeAcumatica } from './acumatica'
import { makeCin7 } from './cin7'
import { makeFreshbooks } from './freshbooks'
import { makeQuickbooks } from './quickbooks'
import type { MakeSimulator } from './vendor'
import { makeWave } from './wave'
import { makeWise } from './wise'

/** A new vendor is a folder and one line here. */
export const simulators: Record<string, MakeSimulator> = {
  wave: makeWave,
  cin7: makeCin7,
  wise: makeWise,
  quickbooks: makeQuickbooks,
  freshbooks: makeFreshbooks,
  acumatica: makeAcumatica,
}
