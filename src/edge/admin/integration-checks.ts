import type { Pair, PairName } from '../../core/pair'
import type { VendorName } from '../../core/vendor'
import { invalid, issuesOf, problem } from '../../lib/problem'
import { pairs } from '../../registry'
import type { ConnectionConfig, IntegrationConfig } from '../../store/config'
import { findConnection } from '../../store/connections'
import { findIntegration, twinOf } from '../../store/integrations'
import { type AdminContext, dbOf, notFound } from './api'
import { checkUses } from './references'

export const theIntegration = async (c: AdminContext, tenant: string, id: string): Promise<IntegrationConfig> => {
  const integration = await findIntegration(dbOf(c), tenant, id)
  if (!integration) throw notFound('integration')
  return integration
}

export const thePair = (name: PairName): Pair => {
  const pair = pairs[name]
  if (!pair) throw invalid([{ path: 'pair', message: `${name} is not supported yet` }])
  return pair
}

/** All that can be known to be wrong before the first record fails of it. Answers the integration with everything filled in. */
export const checked = async (
  c: AdminContext,
  wanted: IntegrationConfig,
  { newSettings }: { newSettings: boolean },
): Promise<IntegrationConfig> => {
  const pair = thePair(wanted.pair)
  const settings = pair.settings.safeParse(wanted.settings)
  const problems = [
    ...(settings.success ? [] : issuesOf(settings.error, 'settings')),
    ...flowProblems(wanted, pair),
    ...(await connectionProblems(c, wanted, pair)),
  ]
  if (problems.length > 0 || !settings.success) throw invalid(problems)
  const unusable = newSettings ? await referenceProblems(c, wanted, pair, settings.data) : []
  if (unusable.length > 0) throw invalid(unusable)
  const flows = Object.fromEntries(
    pair.flows.map(({ name, isOff }) => [name, wanted.flows[name] ?? { enabled: !isOff }]),
  )
  return { ...wanted, settings: { ...settings.data }, flows }
}

const flowProblems = ({ flows }: IntegrationConfig, pair: Pair) =>
  Object.keys(flows)
    .filter((name) => !pair.flows.some((flow) => flow.name === name))
    .map((name) => ({ path: `flows.${name}`, message: `${pair.name} has no such flow` }))

const sidesOf = (wanted: IntegrationConfig, pair: Pair) => [
  { side: 'source', id: wanted.sourceConnection, vendor: pair.source } as const,
  { side: 'target', id: wanted.targetConnection, vendor: pair.target } as const,
]

const connectionProblems = async (c: AdminContext, wanted: IntegrationConfig, pair: Pair) => {
  const problems: { path: string; message: string }[] = []
  for (const { side, id, vendor } of sidesOf(wanted, pair)) {
    const message = unfit(await findConnection(dbOf(c), wanted.tenant, id), vendor)
    if (message) problems.push({ path: `${side}Connection`, message })
  }
  return problems
}

const unfit = (connection: ConnectionConfig | undefined, vendor: VendorName): string | undefined => {
  if (!connection) return 'there is no such connection'
  if (connection.vendor !== vendor) return `must be a ${vendor} connection, is ${connection.vendor}`
  return connection.state === 'new' ? 'has no credentials yet' : undefined
}

const referenceProblems = async (c: AdminContext, wanted: IntegrationConfig, pair: Pair, settings: object) => {
  const uses = pair.references(settings)
  const problems: { path: string; message: string }[] = []
  for (const { side, id } of sidesOf(wanted, pair)) {
    const connection = await findConnection(dbOf(c), wanted.tenant, id)
    const here = uses.filter((use) => use.side === side)
    if (connection) problems.push(...(await checkUses(c, connection, here)))
  }
  return problems
}

/** Two integrations of one pair between the same connections would carry every record twice. */
export const refuseTwin = async (c: AdminContext, wanted: IntegrationConfig): Promise<void> => {
  const twin = await twinOf(dbOf(c), wanted)
  if (twin) throw problem(409, 'integration_exists', `${twin} is this pair between the same connections already`)
}
