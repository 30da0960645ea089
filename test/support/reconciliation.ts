import type { Compared, ReconciledFlow } from '../../src/core/reconciliation'
import type { Office } from './office'
import { settle } from './settle'
import { only } from './wave-cin7'

interface Answer {
  flows: ReconciledFlow[]
  items: Compared[]
  next: string | null
}

type Asked = Pick<Office, 'admin' | 'tenant' | 'integration'>

const pathOf = ({ tenant, integration }: Asked) => `/v1/tenants/${tenant}/integrations/${integration}/reconciliation`

/** Asks for a comparison by the front door and lets it come to its end; `meanwhile` happens once it was asked for. */
export const compare = async (office: Asked, window: object = {}, meanwhile = async () => {}): Promise<void> => {
  await office.admin.call('POST', pathOf(office), window)
  await meanwhile()
  await settle(office.tenant)
}

export const reconciledFlows = async (office: Asked, query = ''): Promise<ReconciledFlow[]> =>
  (await office.admin.call<Answer>('GET', `${pathOf(office)}?limit=1&${query}`)).flows

export const reconciled = async (office: Asked, query = ''): Promise<ReconciledFlow> =>
  only(await reconciledFlows(office, query))

/** All pages. */
export const itemsOf = async (office: Asked, query = ''): Promise<Compared[]> => {
  const items: Compared[] = []
  for (let cursor = ''; ; ) {
    const after = cursor && `&cursor=${encodeURIComponent(cursor)}`
    const page = await office.admin.call<Answer>('GET', `${pathOf(office)}?limit=100&${query}${after}`)
    items.push(...page.items)
    if (page.next === null) return items
    cursor = page.next
  }
}
