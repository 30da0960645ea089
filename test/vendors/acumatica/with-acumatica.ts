import { acumatica } from '../../../src/vendors/acumatica'
import { type Rig, rig } from '../../sandbox/acumatica/rig'
import { ACCESS_TOKEN } from '../../sandbox/acumatica/seed-defaults'
import { onSimulator, type Writing } from '../../support/on-simulator'
import { ACCOUNT, CREDENTIALS, SETTINGS } from './scripted'

/** A simulated Acumatica with one vendor in dollars. */
export const openAcumatica = (tenant: object = {}, vendors: object[] = []): Rig =>
  rig({ tenants: [{ vendors: [{ VendorID: 'ACME01', VendorName: 'Acme Widgets' }, ...vendors], ...tenant }] })

/** Our client, calling it. */
export const client = ({ simulator }: Rig, writing?: Writing, settings: object = {}) =>
  onSimulator(
    {
      vendor: acumatica,
      simulator,
      credentials: CREDENTIALS,
      token: ACCESS_TOKEN,
      account: ACCOUNT,
      settings: { ...SETTINGS, ...settings },
    },
    writing,
  )

export interface Dumped {
  id: string
  [field: string]: unknown
}

/** Records of one kind as they stand, as plain fields. */
export const stands = ({ simulator }: Rig, entity: string): Dumped[] => {
  const { tenants } = simulator.dump() as { tenants: Record<string, Dumped[]>[] }
  return tenants[0]?.[entity] ?? []
}
