import type { WorldContext } from '../vendor'
import type { Published, Session } from './model'
import { instanceOf } from './registry'

/** The system's endpoints, and with a session those of its tenant. */
const published = (world: WorldContext, session: Session | undefined): Published[] => {
  const { endpoints } = instanceOf(world)
  const visible = endpoints.filter(({ tenant }) => tenant === undefined || tenant === session?.tenant)
  const next = world.switched('root.lists26', false) ? [{ name: 'Default', version: '26.200.001' }] : []
  return [...visible, ...next]
}

/** `GET /entity`; older builds answer the bare rows (sheet 2). */
export const serveRoot = (world: WorldContext, site: string, session: Session | undefined): unknown => {
  const rows = published(world, session).map(({ name, version }) => ({
    name,
    version,
    href: `${site}/entity/${name}/${version}/`,
  }))
  if (world.switched('root.bareArray', false)) return rows
  const { build } = instanceOf(world)
  return { version: { acumaticaBuildVersion: build, databaseVersion: build }, endpoints: rows }
}

/** Versions of contract 5 can be listed, so that a caller's refusal can be tested; nothing is served for them. */
export const isPublished = (world: WorldContext, session: Session, name: string, version: string): boolean =>
  published(world, session).some(
    (one) => one.name.toLowerCase() === name.toLowerCase() && one.version === version && version < '26',
  )
