import { expect, it } from 'vitest'
import { adminKey } from '../../support/office'
import { settle } from '../../support/settle'
import { keyWith, newTenant, ORIGIN, send } from './support'

const asTable = async (path: string): Promise<Response> => {
  const headers = { authorization: `Bearer ${await adminKey()}`, accept: 'text/csv' }
  return send(new Request(`${ORIGIN}${path}`, { headers }))
}

it('the audit comes as a table too, in order and in whole, in which nothing is a formula', async () => {
  const tenant = await newTenant()
  for (const name of ['=HYPERLINK("https://evil.test")', '+1', 'Harbour'])
    await (await keyWith(['admin'])).call('PATCH', `/v1/tenants/${tenant}`, { name })
  await settle(tenant)
  const response = await asTable(`/v1/tenants/${tenant}/audit?limit=1`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  const [head = '', ...lines] = (await response.text()).trimEnd().split('\r\n')
  expect(head).toMatch(/^sequence,time,kind,actor,/)
  expect(lines.map((line) => line.split(',')[0])).toEqual(['1', '2', '3'])
  expect(lines[0]).toMatch(/^1,\d{4}-\d\d-\d\dT[\d:.]+Z,action,key,k_/)
  expect(lines[0]).toContain('HYPERLINK')
  expect(lines.filter((line) => /(^|,)"?=/.test(line))).toEqual([])
})

it('every answer carries the headers that keep browsers from making more of it, and none that opens it to others', async () => {
  for (const path of ['/openapi.json', '/docs', '/v1/tenants', '/none']) {
    const { headers } = await send(new Request(`${ORIGIN}${path}`, { headers: { origin: 'https://evil.test' } }))
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff'])
    expect([path, headers.get('strict-transport-security')]).toEqual([path, expect.stringContaining('max-age')])
    expect([path, headers.get('access-control-allow-origin')]).toEqual([path, null])
  }
})

it('the reference runs nothing but one version of Swagger UI, byte for byte, and itself', async () => {
  const response = await send(new Request(`${ORIGIN}/docs`))
  const page = await response.text()
  const loaded = [...page.matchAll(/<(?:script|link)[^>]+(?:src|href)="(https:[^"]+)"([^>]*)>/g)]
  expect(loaded.length).toBe(2)
  for (const [, url, rest] of loaded) {
    expect(url).toMatch(/swagger-ui-dist@\d+\.\d+\.\d+\//)
    expect(rest).toMatch(/integrity="sha384-[\w+/]{64}"/)
  }
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self' https://cdn")
  expect(await (await send(new Request(`${ORIGIN}/docs/start.js`))).text()).toContain('/openapi.json')
})
