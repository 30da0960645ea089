import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../src/index'

export { agree } from './consent'

export interface Seen {
  status: number
  text: string
}

const ours = async (request: Request): Promise<Seen> => {
  const response = await worker.fetch(request, env, createExecutionContext())
  return { status: response.status, text: await response.text() }
}

/** Opens a link of the connector's. */
export const open = (url: string): Promise<Seen> => ours(new Request(url))

/** Presses a button of the page where a company is chosen. */
export const choose = (vendor: string, page: string, account: string): Promise<Seen> => {
  const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ ticket, account })
  return ours(new Request(`https://connector.test/oauth/${vendor}/choose`, { method: 'POST', body }))
}
