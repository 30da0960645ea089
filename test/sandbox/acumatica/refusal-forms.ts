import type { VendorResponse, WorldContext } from '../vendor'
import { exception, unauthorised } from './errors'

/** [1] The front-end web server's text in place of the body. */
const FRONT_END = 'The custom error module does not recognize this error.'
const loginLimit = { message: 'An error has occurred.', exceptionMessage: 'API Login Limit' }

const html = (status: number): VendorResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Runtime Error</title></head><body><h1>Server Error</h1></body></html>',
})

/** The body of 429 is not verified; this text comes from one project's test double. */
const declined = (world: WorldContext, form: string): VendorResponse => {
  const retry = form === 'retry-after' || world.switched('throttle.retryAfter', false)
  const headers: Record<string, string> = retry ? { 'retry-after': '30' } : {}
  if (form === 'json') return { status: 429, headers, body: { message: 'The request has been declined.' } }
  if (form === 'empty') return { status: 429, headers, body: null }
  return { status: 429, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: FRONT_END }
}

const OTHERS: Readonly<Record<string, () => VendorResponse>> = {
  '302': () => ({ status: 302, headers: { location: '/Frames/Error.aspx?exceptionID=1' }, body: '' }),
  '401': () => unauthorised,
  '429-login': () => ({ status: 429, body: loginLimit }),
  '500': () => exception('PX.Data.PXException', 'Error: The server is not available.'),
  '500-html': () => html(500),
  '500-login': () => ({ status: 500, body: loginLimit }),
  '503': () => html(503),
}

/** Refusals that a test can put before any call: `429`, `429-text`, `429-json`, `429-empty`, `429-retry-after` and OTHERS. */
export const refusalInForm = (world: WorldContext, form: string): VendorResponse =>
  OTHERS[form]?.() ??
  declined(world, form === '429' ? world.switched('throttle.form', 'text') : form.replace('429-', ''))
