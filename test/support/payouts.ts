import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { z } from 'zod'
import type { Approval, Payout } from '../../src/core/guard'
import worker from '../../src/index'
import { type Admin, adminWith } from './admin'
import { settle } from './settle'
import { openWiseBooks, type Terms, type WiseBooks } from './wave-wise'
import { PAYOUT, PROFILE } from './wave-wise-firm'

const ORIGIN = 'https://connector.test'

export interface PayOffice {
  books: WiseBooks
  /** Asks, and approves nothing. */
  ada: Admin
  /** Approves, and asks for nothing. */
  ben: Admin
  path(rest: string): string
}

export const as = async (admin: Admin, principal: string, scopes: string[]): Promise<Admin> => {
  const { key } = await admin.call<{ key: string }>('POST', '/v1/keys', { principal, scopes })
  return adminWith(key, ORIGIN, (request) => Promise.resolve(worker.fetch(request, env, createExecutionContext())))
}

/** Keys are made by one person, asked for by another and approved by a third. */
export const openPayOffice = async (payout: object = {}, terms: Terms = {}): Promise<PayOffice> => {
  const books = await openWiseBooks(() => ({ payout: { ...PAYOUT, ...payout } }), terms)
  // Whoever makes keys has also made the settings: the approver's comes from somebody else.
  const keeper = await as(books.admin, 'keeper of keys', ['admin', 'approve'])
  const ada = await as(books.admin, 'Ada', ['read', 'operate'])
  const ben = await as(keeper, 'Ben', ['read', 'approve'])
  const path = (rest: string) => `/v1/tenants/${books.tenant}/integrations/${books.integration}/${rest}`
  return { books, ada, ben, path }
}

export const approvalsOf = async ({ ben, path }: PayOffice): Promise<Approval[]> =>
  (await ben.call<{ items: Approval[] }>('GET', path('approvals'))).items

export const approvalOf = async (office: PayOffice, subject: string): Promise<Approval> => {
  const found = (await approvalsOf(office)).find((one) => one.subject.startsWith(subject))
  if (!found) throw new Error(`nothing is proposed as ${subject}`)
  return found
}

export const approve = async (office: PayOffice, about: string, by: Admin = office.ben) => {
  const { subject, hash } = await approvalOf(office, about)
  return by.ask('POST', office.path('approvals'), { subject, hash })
}

export const payoutsOf = async ({ ada, path }: PayOffice): Promise<Payout[]> =>
  (await ada.call<{ items: Payout[] }>('GET', path('transfers'))).items

const Made = z.looseObject({ id: z.string() })

/** GraphQL id of an invoice of Lena's. */
export const invoiceFor = async ({ books }: PayOffice, price = '921.50'): Promise<string> => {
  const items = [{ product: 'Misc. Services', quantity: '1', unitPrice: price }]
  const made = await books.world.act('wave', 'create-invoice', { customer: books.customer, items, status: 'SAVED' })
  return Made.extend({ graphId: z.string() }).parse(made).graphId
}

/** Settings and recipient are approved, as it is after the first days. */
export const settleIn = async (office: PayOffice): Promise<void> => {
  const { ada, books, path } = office
  await settle(books.tenant)
  await approve(office, 'settings')
  await ada.call('PUT', path('recipients'), { customerId: books.customer, profile: PROFILE })
  await settle(books.tenant)
  await approve(office, 'customer-to-recipient')
  await settle(books.tenant)
}

export const askFor = async ({ ada, books, path }: PayOffice, invoiceId: string, amount = '921.50') => {
  await ada.call('POST', path('transfers'), { invoiceId, amount, currency: 'EUR' })
  await settle(books.tenant)
}

const Dump = z.object({
  wise: z.object({
    transfers: z.array(z.looseObject({ id: z.number(), status: z.string(), quote: z.string() })),
    payments: z.array(z.looseObject({ transfer: z.number(), createdAt: z.number() })).default([]),
    quotes: z.array(z.looseObject({ id: z.string(), expiresAt: z.number(), rateExpiresAt: z.number() })),
  }),
})

export const atWise = async ({ books }: PayOffice) => Dump.parse(await books.world.dump()).wise

/** How the transfers stand, and how much the money of each payment was late for its price, in ms: above 0 is never to be. */
export const pricesAt = async (office: PayOffice) => {
  const { transfers, payments, quotes } = await atWise(office)
  const late = payments.map(({ transfer, createdAt }) => {
    const of = transfers.find(({ id }) => id === transfer)?.quote
    const { expiresAt, rateExpiresAt } = quotes.find(({ id }) => id === of) ?? { expiresAt: 0, rateExpiresAt: 0 }
    return createdAt - Math.min(expiresAt, rateExpiresAt)
  })
  return { transfers: transfers.map(({ status }) => status), late }
}

/** Changes the part of the settings that guards payments, as the person who made them. */
export const changePayout = async ({ books }: PayOffice, change: object): Promise<void> => {
  const path = `/v1/tenants/${books.tenant}/integrations/${books.integration}`
  const { settings } = await books.admin.call<{ settings: { payout: object } }>('GET', path)
  await books.admin.call('PATCH', path, { settings: { ...settings, payout: { ...settings.payout, ...change } } })
}
