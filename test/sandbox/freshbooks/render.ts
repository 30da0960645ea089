import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import type { Problem, Refusal } from './errors'

export type Family = 'accounting' | 'ledger' | 'events' | 'auth'

export const familyOf = (path: string): Family => {
  if (path.startsWith('/accounting/account/')) return 'accounting'
  if (path.startsWith('/accounting/')) return 'ledger'
  return path.startsWith('/events/') ? 'events' : 'auth'
}

/** The newest version that live answers of 2026 name when none is asked for. */
const CURRENT = '2023-02-20'

export const versionOf = (world: WorldContext, request: VendorRequest): string =>
  request.headers.get('x-api-version') ?? world.switched('api.version', CURRENT)

const isNew = (world: WorldContext, request: VendorRequest): boolean => {
  const style = world.switched<'version' | 'old' | 'new'>('errors.style', 'version')
  return style === 'version' ? versionOf(world, request) >= CURRENT : style === 'new'
}

const GRPC: Record<number, number> = { 400: 3, 401: 16, 403: 7, 404: 5, 409: 10, 422: 3, 429: 8, 500: 13 }

/** One refusal in the shape of its family (sheet 6). */
export const render = (world: WorldContext, request: VendorRequest, refusal: Refusal): VendorResponse => {
  const { status, problems } = refusal
  switch (familyOf(request.path)) {
    case 'accounting':
      return isNew(world, request) ? newAccounting(status, problems) : oldAccounting(world, status, problems)
    case 'ledger':
      return { status, body: { errors: ledger(status, problems) } }
    case 'events':
      return { status, body: events(world, status, problems) }
    case 'auth':
      return {
        status,
        body: { error: status === 404 ? 'not_found' : 'invalid_request', error_description: words(problems) },
      }
  }
}

const words = (problems: Problem[]): string => problems.map(({ message }) => message).join(' ')

const oldAccounting = (world: WorldContext, status: number, problems: Problem[]): VendorResponse => ({
  // One SDK meets error bodies under 200 (sheet 6).
  status: world.switched('errors.http200', false) ? 200 : status,
  body: { response: { errors: world.switched('errors.single', false) ? problems[0] : problems } },
})

const newAccounting = (status: number, problems: Problem[]): VendorResponse => ({
  status,
  body: {
    code: GRPC[status] ?? 2,
    message: `Request failed with status_code: ${status}`,
    details: problems.map(({ errno, ...metadata }) => ({
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: String(errno),
      domain: 'accounting.api.freshbooks.com',
      metadata,
    })),
  },
})

const ledger = (status: number, problems: Problem[]) => ({
  message: `Request failed with status code ${status}`,
  status,
  details: problems.map(({ message, field }) => ({
    reason: field === null ? message : `${field}: ${message}`,
    metadata: { message, field },
  })),
})

const events = (world: WorldContext, status: number, problems: Problem[]) => {
  const named = problems.flatMap(({ field, message }) => (field === null ? [] : [{ field, description: message }]))
  const message = named.length > 0 ? 'The request could not be processed.' : words(problems)
  if (world.switched<'new' | 'old'>('events.errorStyle', 'new') === 'old')
    return { code: GRPC[status] ?? 2, message, details: named.length > 0 ? [{ fieldViolations: named }] : [] }
  const details = named.map(({ field, description }) => `${field}: ${description}`)
  return { errno: status, message, ...(details.length > 0 ? { details } : {}) }
}

/** A missing, bad or expired bearer, in the words of each family. */
export const unauthenticated = (world: WorldContext, request: VendorRequest): VendorResponse => {
  const family = familyOf(request.path)
  if (family === 'events')
    return {
      status: 401,
      body: { errno: 401, message: 'invalid_token: The request token failed to authenticate or validate.' },
    }
  if (
    family === 'accounting' &&
    world.switched<'unauthenticated' | '1003'>('auth.form', 'unauthenticated') === '1003'
  ) {
    const message = 'The server could not verify that you are authorized to access the URL requested.'
    return { status: 401, body: { response: { errors: [{ errno: 1003, message }] } } }
  }
  const error_description = 'This action requires authentication to continue.'
  return { status: 401, body: { error: 'unauthenticated', error_description } }
}
