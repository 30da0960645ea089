import { beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/problem'
import { newTenant, raw } from './support'

let tenant: string
beforeAll(async () => {
  tenant = await newTenant()
})

const JSON_TYPE = { 'content-type': 'application/json' }

/** What is refused, in the one form that everything is refused in. */
const refusal = async (method: string, path: string, init?: RequestInit): Promise<Problem> => {
  const response = await raw(method, path, init)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = Problem.parse(await response.json())
  expect(body.status).toBe(response.status)
  expect(body.title).not.toBe('Error')
  return body
}

describe('a refusal', () => {
  it.each([
    ['GET', '/v1/nothing'],
    ['PUT', '/v1/tenants'],
    ['GET', '/v2/tenants'],
    ['GET', '/'],
    ['DELETE', '/openapi.json'],
  ])('is problem+json for a route that does not exist: %s %s', async (method, path) => {
    expect(await refusal(method, path)).toMatchObject({ status: 404, code: 'no_such_route' })
  })

  it.each(['{"name":', 'name', '{"name":"x"}}', "{'name':'x'}", '\u0000', ''])(
    'is 400 for a body that is not JSON: %j',
    async (body) => {
      const { status, code } = await refusal('POST', '/v1/tenants', { headers: JSON_TYPE, body })
      expect([status, code]).toBeOneOf([
        [400, 'bad_request'],
        [422, 'invalid'],
      ])
    },
  )

  it.each([
    ['null', ''],
    ['[]', ''],
    ['"x"', ''],
    ['{}', 'name'],
    ['{"name":null}', 'name'],
    ['{"name":["x"]}', 'name'],
    ['{"name":"x","plan":1}', ''],
  ])('is 422 with the place for JSON of another form: %s', async (body, path) => {
    const { status, code, problems } = await refusal('POST', '/v1/tenants', { headers: JSON_TYPE, body })
    expect([status, code, problems?.map((each) => each.path)]).toEqual([422, 'invalid', [path]])
    expect(problems?.every(({ message }) => message.length > 0)).toBe(true)
  })

  it('names each wrong value of a body', async () => {
    const body = JSON.stringify({ vendor: 'xero', environment: 'test', name: '', settings: [] })
    const { problems } = await refusal('POST', `/v1/tenants/${tenant}/connections`, { headers: JSON_TYPE, body })
    expect(problems?.map(({ path }) => path)).toEqual(['vendor', 'environment', 'name', 'settings'])
  })

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])(
    'meets a body that is not said to be JSON, instead of leaving it out: %s',
    async (type) => {
      const init = { headers: { 'content-type': type }, body: '{"reread":true}' }
      const path = `/v1/tenants/${tenant}/records/r_none/replay`
      expect(await refusal('POST', path, init)).toMatchObject({ status: 415, code: 'not_json' })
      expect(await refusal('PATCH', `/v1/tenants/${tenant}`, init)).toMatchObject({ status: 415, code: 'not_json' })
    },
  )

  it('does not meet JSON of another name', async () => {
    for (const type of ['application/json; charset=utf-8', 'application/merge-patch+json', 'APPLICATION/JSON']) {
      const init = { headers: { 'content-type': type }, body: '{"name":"renamed"}' }
      expect([type, (await raw('PATCH', `/v1/tenants/${tenant}`, init)).status]).toEqual([type, 200])
    }
  })

  it('of a body that is too large is 413, whether or not its size is told', async () => {
    const text = JSON.stringify({ name: 'x'.repeat(1_100_000) })
    const told = await refusal('POST', '/v1/tenants', { headers: JSON_TYPE, body: text })
    const untold = await refusal('POST', '/v1/tenants', { headers: JSON_TYPE, body: new Blob([text]).stream() })
    expect([told.status, untold.status]).toEqual([413, 413])
  })

  it.each(['%00', '%ff', '..%2F..', '%F0%9F%92%A9', "'%20or%201=1", 'x'.repeat(5_000)])(
    'is 404 for an id that cannot be: %s',
    async (id) => {
      for (const path of [`/v1/tenants/${id}`, `/v1/tenants/${tenant}/connections/${id}`])
        expect((await refusal('GET', path)).status).toBe(404)
    },
  )
})
