import { acumaticaCin7 } from './acumatica-cin7/scenes'
import { freshbooksCin7 } from './freshbooks-cin7/scenes'
import { quickbooksCin7 } from './quickbooks-cin7/scenes'
import type { Scene } from './scene'
import { waveCin7 } from './wave-cin7/scenes'
import { waveWise } from './wave-wise/scenes'

/** The rows of the matrix. A new pair adds its flows here. */
export const flows: Scene[] = [...waveCin7, ...acumaticaCin7, ...freshbooksCin7, ...quickbooksCin7, ...waveWise]
