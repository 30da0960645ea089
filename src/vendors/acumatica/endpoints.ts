import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { root } from './client'
import { settingsOf, VERSIONS } from './settings'

const Row = z.lazy(() => z.object({ name: z.string(), version: z.string() }))

/** Older builds answer the bare rows (sheet 2). `href` may say something else, so it is not looked at. */
const Root = z.lazy(() =>
  z.union([z.object({ endpoints: z.array(Row) }).transform(({ endpoints }) => endpoints), z.array(Row)]),
)

/** Refuses a version that this instance does not publish, by the list of those that it does (sheet 2). */
export const checkVersion = async (api: ReadApi): Promise<void> => {
  const { endpointVersion } = settingsOf(api)
  const rows = await api.read(root(api), Root)
  const published = rows.filter(({ name }) => name.toLowerCase() === 'default').map(({ version }) => version)
  if (!published.includes(endpointVersion)) throw notPublished(endpointVersion, published)
}

const notPublished = (wanted: string, published: string[]) => {
  const usable = VERSIONS.filter((version) => published.includes(version))
  return rejected(
    'acumatica_version_not_published',
    `the instance does not publish Default/${wanted}; it publishes ${published.map((version) => `Default/${version}`).join(', ') || 'no endpoint Default'}`,
    usable.length > 0
      ? `Set endpointVersion to ${usable.join(' or ')}.`
      : `The connector speaks ${VERSIONS.join(', ')} (contract version 4) and none of these: ask the administrator of the instance to publish one of them on the form Web Service Endpoints.`,
  )
}
