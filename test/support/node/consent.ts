import type { Admin } from '../admin'
import { agree } from '../consent'

export interface Consenting {
  vendor: string
  settings: unknown
  /** Who is signed in at the vendor. */
  identity: string
}

type Attempt = <T>(call: () => Promise<T>) => Promise<T>

/** A connection as a person makes it: consent at the vendor's page, then the company confirmed. Answers its id. */
export const connectByConsent = async (
  admin: Admin,
  tenant: string,
  { vendor, settings, identity }: Consenting,
  attempt: Attempt = (call) => call(),
): Promise<string> => {
  const base = `/v1/tenants/${tenant}/connections`
  const wanted = { vendor, environment: 'sandbox', name: vendor, settings }
  const { id } = await admin.call<{ id: string }>('POST', base, wanted)
  await attempt(() => consent(admin, `${base}/${id}/authorize`, identity))
  await attempt(() => admin.call('POST', `${base}/${id}/confirm`))
  return id
}

const consent = async (admin: Admin, path: string, identity: string): Promise<void> => {
  const { url } = await admin.call<{ url: string }>('GET', path)
  const page = await fetch(await agree(`${url}&identity=${identity}`))
  if (!page.ok) throw new Error(`the consent ended with ${page.status}: ${(await page.text()).slice(0, 500)}`)
}
