import { z } from 'zod'
import type { VendorRequest } from '../vendor'

const Fields = z.record(z.string(), z.coerce.string())

/** JSON, form and multipart were all seen at the token endpoint (sheet 1); anything else has no fields. */
export const formOf = async ({ headers, body }: VendorRequest): Promise<Record<string, string>> => {
  const type = headers.get('content-type') ?? ''
  if (type.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body))
  try {
    if (type.includes('application/json')) return Fields.parse(JSON.parse(body))
    if (type.includes('multipart/form-data')) return await multipart(type, body)
  } catch {
    return {}
  }
  return {}
}

const multipart = async (type: string, body: string): Promise<Record<string, string>> => {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  const fields: [string, string][] = []
  form.forEach((value, name) => {
    if (typeof value === 'string') fields.push([name, value])
  })
  return Object.fromEntries(fields)
}

/** `client_secret_post`, or `client_secret_basic`. */
export const withBasic = (form: Record<string, string>, headers: Headers): Record<string, string> => {
  const basic = /^Basic (\S+)$/.exec(headers.get('authorization') ?? '')?.[1]
  if (basic === undefined) return form
  const [client_id = '', client_secret = ''] = atob(basic).split(':').map(decodeURIComponent)
  return { ...form, client_id, client_secret }
}
