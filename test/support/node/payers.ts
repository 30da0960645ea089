import type { Approval } from '../../../src/core/guard'
import { type Admin, adminWith } from '../admin'

/** Who has to do with payments: nobody approves what they have asked for, nor by a key that the asker has made. */
export interface Payers {
  /** Asks, and approves nothing. */
  ada: Admin
  /** Approves, and asks for nothing. */
  ben: Admin
}

/** `admin` makes the settings as well, so the approver's key comes from somebody else. */
export const openPayers = async (admin: Admin, connector: string): Promise<Payers> => {
  const as = async (by: Admin, principal: string, scopes: string[]): Promise<Admin> => {
    const { key } = await by.call<{ key: string }>('POST', '/v1/keys', { principal, scopes })
    return adminWith(key, connector, (request) => fetch(request))
  }
  const keeper = await as(admin, 'keeper of keys', ['admin', 'approve'])
  return { ada: await as(admin, 'Ada', ['read', 'operate']), ben: await as(keeper, 'Ben', ['read', 'approve']) }
}

/** What is proposed of all that has to be approved. `path` = of the integration, in the admin API. */
export const proposals = async ({ ben }: Payers, path: string): Promise<Approval[]> => {
  const { items } = await ben.call<{ items: Approval[] }>('GET', `${path}/approvals`)
  return items.filter(({ approvedBy }) => approvedBy === null)
}

export const approve = ({ ben }: Payers, path: string, { subject, hash }: Approval): Promise<unknown> =>
  ben.call('POST', `${path}/approvals`, { subject, hash })
