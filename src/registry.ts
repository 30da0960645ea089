import type { AnyFlow } from './core/flow'
import type { Pair, PairName } from './core/pair'
import type { Vendor, VendorName } from './core/vendor'
import { acumaticaCin7 } from './pairs/acumatica-cin7'
import { freshbooksCin7 } from './pairs/freshbooks-cin7'
import { quickbooksCin7 } from './pairs/quickbooks-cin7'
import { waveCin7 } from './pairs/wave-cin7'
import { waveWise } from './pairs/wave-wise'
import { acumatica } from './vendors/acumatica'
import { cin7 } from './vendors/cin7'
import { freshbooks } from './vendors/freshbooks'
import { quickbooks } from './vendors/quickbooks'
import { wave } from './vendors/wave'
import { wise } from './vendors/wise'

/** A new vendor is a folder and one line. Its shapes, like those of pairs, are `z.lazy`: thousands would be built by every isolate that starts. */
export const vendors: Partial<Record<VendorName, Vendor>> = { wave, wise, quickbooks, acumatica, freshbooks, cin7 }

/** A new pair is a folder and one line. */
export const pairs: Partial<Record<PairName, Pair>> = {
  'wave-cin7': waveCin7,
  'wave-wise': waveWise,
  'quickbooks-cin7': quickbooksCin7,
  'acumatica-cin7': acumaticaCin7,
  'freshbooks-cin7': freshbooksCin7,
}

const flows = new Map(Object.values(pairs).flatMap((pair) => pair.flows.map((flow) => [flow.name, flow])))

export const flowNamed = (name: string): AnyFlow | undefined => flows.get(name)
