import { z } from 'zod'
import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import { exception, Refusal } from './errors'
import { parseJson } from './input'
import type { Session, Tenant } from './model'
import { openRegistry } from './registry'
import { closeSession, openSession } from './sessions'

/** `company` is the older word for `tenant`. */
const Credentials = z.looseObject({
  name: z.string(),
  password: z.string(),
  tenant: z.string().optional(),
  company: z.string().optional(),
  branch: z.string().optional(),
})
type Credentials = z.infer<typeof Credentials>

export const cookiesOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    (headers.get('cookie') ?? '').split(/;\s*/).map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )

/** The site's cookies in one header line; they all have to come back. */
export const cookiesFor = (session: Session): string => {
  const cookies = {
    '.ASPXAUTH': session.id,
    'ASP.NET_SessionId': session.id,
    CompanyID: session.tenant,
    Locale: 'Culture=en-US',
    UserBranch: session.branch ?? '16',
    requestid: session.id.slice(0, 8),
    requeststat: '0',
  }
  return Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}; path=/; HttpOnly`)
    .join(', ')
}

const badCredentials = () =>
  new Refusal(exception('PX.Data.PXException', 'Error: Invalid credentials. Please try again.'))

const unknownTenant = () => new Refusal(exception('PX.Data.PXUndefinedCompanyException', 'The tenant is not found.'))

const readCredentials = ({ headers, body }: VendorRequest): Credentials => {
  const isForm = headers.get('content-type')?.includes('application/x-www-form-urlencoded') ?? false
  const read = Credentials.safeParse(isForm ? Object.fromEntries(new URLSearchParams(body)) : parseJson(body))
  if (!read.success) throw badCredentials()
  return read.data
}

/** An omitted tenant lands on the first one without a word ([R] sheet 3). */
const tenantFor = (world: WorldContext, { tenant, company }: Credentials): Tenant => {
  const { tenants } = openRegistry(world)
  const named = tenant ?? company
  const found = named === undefined || named === '' ? tenants.all()[0] : tenants.get(named)
  if (!found) throw unknownTenant()
  return found
}

/** `POST /entity/auth/login` → 204 and cookies; wrong credentials are 500 ([R]). */
export const signIn = (world: WorldContext, request: VendorRequest): VendorResponse => {
  const credentials = readCredentials(request)
  const tenant = tenantFor(world, credentials)
  const user = tenant.users.find(({ name }) => name === credentials.name)
  if (!user || user.password !== credentials.password) throw badCredentials()
  const branch = credentials.branch || null
  const id = crypto.randomUUID()
  const session = openSession(world, { id, tenant: tenant.name, user: user.name, kind: 'cookie', endsAt: null, branch })
  return { status: 204, headers: { 'set-cookie': cookiesFor(session) }, body: null }
}

/** `POST /entity/auth/logout`; without a `Content-Length` it is 411 ([R]). */
export const signOut = (world: WorldContext, request: VendorRequest, session: Session): VendorResponse => {
  const counted = request.headers.has('content-length') || !world.switched('signOut.needsLength', true)
  if (!counted) return { status: 411, body: 'Length Required' }
  closeSession(world, session.id)
  return { status: 204, body: null }
}
