import type { Approval } from '../../../src/core/guard'
import { approve, proposals } from '../../support/node/payers'
import type { WiseFirm } from './set-up'

const LIMIT_MS = 60_000

export const pathOf = ({ tenant, integration }: WiseFirm): string => `/v1/tenants/${tenant}/integrations/${integration}`

/** Asks the admin API until it is proposed. */
const proposed = async (firm: WiseFirm, about: string): Promise<Approval> => {
  for (const limit = Date.now() + LIMIT_MS; Date.now() < limit; ) {
    const found = (await proposals(firm, pathOf(firm))).find(({ subject }) => subject.startsWith(about))
    if (found) return found
    await new Promise((wait) => setTimeout(wait, 200))
  }
  throw new Error(`${about} was not proposed within a minute`)
}

/** Ben sees the terms and approves exactly those; Ada, who has asked, is refused. */
export const benApproves = async (firm: WiseFirm, about: string, what: string): Promise<void> => {
  const { ada, screen } = firm
  const proposal = await proposed(firm, about)
  const { subject, hash } = proposal
  const { status } = await ada.ask('POST', `${pathOf(firm)}/approvals`, { subject, hash })
  if (status !== 403) throw new Error(`who has asked was answered ${status}, and not refused`)
  screen.note(`Ben sees: ${seen(proposal)}`)
  await approve(firm, pathOf(firm), proposal)
  screen.good(`${what} approved by Ben; Ada may not, and other terms than these would have to be approved anew`)
}

/** Ids and hashes are for machines. */
const READABLE = 40

const seen = ({ terms, price, highest }: Approval): string => {
  const most = highest && `at most ${highest.amount} ${highest.currency}`
  const words = Object.entries({ ...terms, ...price }).filter(([, value]) => value.length <= READABLE)
  return [most, ...words.map(([name, value]) => `${name} ${value}`)].filter(Boolean).join(', ')
}
