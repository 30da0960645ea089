import { rejected } from '../../core/failure'
import type { Call, ReadApi } from '../../core/vendor'
import { instanceOf, settingsOf } from './settings'

/** The company of a connection, or '' before it is pinned; and its settings. */
export type Company = Pick<ReadApi, 'account' | 'settings'>

export type Query = Record<string, string>

/** `If-None-Match: *`: made, or refused with 412 where it exists. Only where the key is ours, never for numbered documents (sheet 5). */
export const ONLY_NEW = { 'if-none-match': '*' }

/** Everything that is made or done here is of the branch that the settings name (sheet 5). */
export const inBranch = (company: Company): Record<string, string> => {
  const { branch } = settingsOf(company)
  return branch === undefined ? {} : { 'px-cbapibranch': branch }
}

/** Builds and versions of endpoints; answered without a token too (sheet 2). */
export const root = (company: Company): Call => call(company, 'GET', '/entity', '/entity')

export const list = (company: Company, entity: string, query: Query): Call => below(company, 'GET', `/${entity}`, query)

/** One record by its id, a GUID that stays when a key is changed. A missing one is HTTP 500 (sheet 5). */
export const read = (company: Company, entity: string, id: string, query: Query = {}): Call =>
  below(company, 'GET', `/${entity}/{id}`, query, id)

/** Makes or changes; without `id` and keys of a stored record in the body it always makes a new one (sheet 5). */
export const put = (company: Company, entity: string, body: unknown, query: Query = {}, headers = {}): Call => ({
  ...below(company, 'PUT', `/${entity}`, query),
  body,
  headers: { ...inBranch(company), ...headers },
})

/** Runs an action of the record's form; the answer is 204, or 202 with the place to ask (sheet 7). */
export const act = (company: Company, entity: string, action: string, id: string): Call => ({
  ...below(company, 'POST', `/${entity}/${action}`),
  body: { entity: { id } },
  headers: inBranch(company),
})

export const remove = (company: Company, entity: string, id: string): Call =>
  below(company, 'DELETE', `/${entity}/{id}`, {}, id)

/** Where an action that runs says to ask: below the endpoint and nowhere else, however the address is written (sheet 2, 7). */
export const statusOf = (company: Company, location: string): Call => {
  const { endpointVersion } = settingsOf(company)
  const found = /\/entity\/Default\/([\d.]+)(\/\w+\/\w+\/status\/)([\w-]+)$/i.exec(location)
  const [, version, way = '', operation = ''] = found ?? []
  if (version !== endpointVersion) throw strayLocation()
  return below(company, 'GET', `${way}{id}`, {}, operation)
}

const below = (company: Company, method: Call['method'], way: string, query: Query = {}, id = ''): Call => {
  const { endpointVersion } = settingsOf(company)
  const base = `/entity/Default/${endpointVersion}`
  return {
    ...call(company, method, `${base}${way.replace('{id}', encodeURIComponent(id))}`, `${base}${way}`),
    ...(Object.keys(query).length > 0 && { query }),
  }
}

const call = (company: Company, method: Call['method'], path: string, route: string): Call => {
  const instance = instanceOf(settingsOf(company))
  if (company.account !== '' && !company.account.startsWith(`${instance}@`)) throw otherInstance(company.account)
  return { method, path, route }
}

const otherInstance = (account: string) =>
  rejected(
    'acumatica_other_instance',
    `this connection stands for ${account}, and its setting tenantUrl is another instance`,
    'Set tenantUrl back, or make a new connection for the other instance.',
  )

const strayLocation = () =>
  rejected(
    'acumatica_stray_location',
    'Acumatica named a place to ask after the action that is not below its endpoint',
    'Look at the document in Acumatica: the action was started. Report it with this record.',
  )
