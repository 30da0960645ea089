import { cin7 } from '../../../src/vendors/cin7'
import { openRig, type Rig } from '../../sandbox/cin7/rig'
import { ACCOUNT_ID, APPLICATION_KEY } from '../../sandbox/cin7/seed-defaults'
import { onSimulator, type Writing } from '../../support/on-simulator'

/** A simulated Cin7 with two suppliers, one of them in another currency than the company. */
export const openCin7 = (seed: object = {}): Rig =>
  openRig({
    suppliers: [{ Name: 'Bayside' }, { Name: 'Northern', Currency: 'CAD' }],
    currencyRates: { CAD: '0.73' },
    ...seed,
  })

/** Our client, calling it. */
export const client = ({ vendor }: Rig, writing?: Writing) => {
  const credentials = { accountId: ACCOUNT_ID, applicationKey: APPLICATION_KEY }
  return onSimulator({ vendor: cin7, simulator: vendor, credentials }, writing)
}
