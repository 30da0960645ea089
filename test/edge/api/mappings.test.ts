import { beforeAll, describe, expect, it } from 'vitest'
import { type Office, openOffice } from '../../support/office'
import { passTime } from '../../support/time'
import { problemsOf, refusedAs } from './support'

let office: Office
let base: string
let sales: string
let gst: string
beforeAll(async () => {
  office = await openOffice({ mapped: false })
  base = `/v1/tenants/${office.tenant}/integrations/${office.integration}`
  const { accounts, salesTaxes } = office.wave.business
  sales = accounts.find(({ name }) => name === 'Sales')?.graphId ?? ''
  gst = salesTaxes.find(({ name }) => name === 'GST')?.graphId ?? ''
})

interface Mapping {
  entries: { code: string; target: string }[]
}

const put = (kind: string, ...entries: { code: string; target: string | null }[]) =>
  office.admin.ask('PUT', `${base}/mappings/${kind}`, { entries })
const shown = async (kind: string) => (await office.admin.call<Mapping>('GET', `${base}/mappings/${kind}`)).entries

describe('a mapping', () => {
  it.each([
    ['an account that Cin7 does not have', '4999', 'Cin7 has no account 4999'],
    ['an archived account', '899', 'Cin7 account 899 is inactive'],
    ['an account of another use', '610', 'Cin7 account 610 (Accounts Receivable) cannot be used for: revenue'],
  ])('to %s is 422 and saves nothing, not even what is right beside it', async (_, target, message) => {
    const answer = await put('account', { code: sales, target }, { code: sales, target: '200' })
    expect(problemsOf(answer)).toEqual({ 'entries.0.target': message })
    expect(await shown('account')).toEqual([])
  })

  it('names each entry that is wrong, by its place', async () => {
    const answer = await put(
      'account',
      { code: sales, target: '200' },
      { code: 'nothing', target: '200' },
      { code: sales, target: '4999' },
    )
    expect(problemsOf(answer)).toEqual({
      'entries.1.code': 'Wave has no account nothing',
      'entries.2.target': 'Cin7 has no account 4999',
    })
  })

  it('merges, and removes where the target is null', async () => {
    const both = `${gst}+other`
    await put('tax', { code: gst, target: 'Tax on Sales' }, { code: both, target: 'GST on Income' })
    await put('tax', { code: gst, target: 'Tax Exempt' })
    expect(await shown('tax')).toEqual([
      { code: gst, target: 'Tax Exempt' },
      { code: both, target: 'GST on Income' },
    ])
    const { status, body } = await put('tax', { code: gst, target: null })
    expect([status, body]).toEqual([200, expect.objectContaining({ entries: await shown('tax') })])
    expect(await shown('tax')).toEqual([{ code: both, target: 'GST on Income' }])
  })

  it('can let go of a code that Wave no longer has', async () => {
    expect((await put('tax', { code: 'long gone', target: null })).status).toBe(200)
  })

  it('takes an account that Cin7 got a minute ago or earlier', async () => {
    const entry = { code: sales, target: '205' }
    expect((await put('account', entry)).status).toBe(422)
    const { cin7 } = await office.world.dump<{ cin7: { companies: { accountId: string }[] } }>()
    const added = { Code: '205', Name: 'Sales - New', Type: 'REVENUE', Class: 'REVENUE' }
    await office.world.seed({ cin7: { accountId: cin7.companies[0]?.accountId, accounts: [added] } })
    await passTime(61_000)
    expect((await put('account', entry)).status).toBe(200)
    await put('account', { code: sales, target: null })
  })

  it.each(['colour', 'constructor', 'toString', '__proto__'])('of no kind of this pair is 404: %s', async (kind) => {
    expect(await put(kind, { code: sales, target: '200' })).toEqual(refusedAs(404, 'not_found'))
    expect(await office.admin.ask('GET', `${base}/mappings/${kind}`)).toEqual(refusedAs(404, 'not_found'))
  })

  it.each([
    [{}, 'entries'],
    [{ entries: {} }, 'entries'],
    [{ entries: [{ code: 'x' }] }, 'entries.0.target'],
    [{ entries: [{ code: '', target: '200' }] }, 'entries.0.code'],
    [{ entries: [{ code: 'x', target: 200 }] }, 'entries.0.target'],
    [{ entries: Array(501).fill({ code: 'x', target: null }) }, 'entries'],
  ])('of another form is 422 (case %#)', async (body, path) => {
    const answer = await office.admin.ask('PUT', `${base}/mappings/account`, body)
    expect(Object.keys(problemsOf(answer))).toEqual([path])
  })
})

describe('references', () => {
  interface Listed {
    at: number
    items: { code: string; name: string; active: boolean; uses: string[]; suggestion?: string }[]
  }
  const list = (side: string, kind: string) => office.admin.call<Listed>('GET', `${base}/references/${side}/${kind}`)

  it('show what can be mapped, and suggest what has the same name', async () => {
    const { items } = await list('source', 'account')
    const suggestion = (name: string) => items.find((item) => item.name === name)?.suggestion
    expect(suggestion('Sales')).toBe('200')
    expect(suggestion('Accounts receivable')).not.toBe('200')
    expect(suggestion('Office expenses')).toBeUndefined()
  })

  it('show what each can be used for, the inactive ones too', async () => {
    const { items } = await list('target', 'account')
    expect(items.find(({ code }) => code === '610')?.uses).toContain('receivable')
    expect(items.find(({ code }) => code === '899')).toMatchObject({ active: false })
    expect(items.some((item) => 'suggestion' in item)).toBe(false)
  })

  it('are read once, and anew when told to', async () => {
    const { at } = await list('target', 'location')
    await passTime(5_000)
    await office.world.forgetCalls()
    expect((await list('target', 'location')).at).toBe(at)
    expect(await office.world.calls()).toEqual([])
    const refresh = { side: 'target', kind: 'location' }
    const refreshed = await office.admin.call<{ at: number; count: number }>(
      'POST',
      `${base}/references/refresh`,
      refresh,
    )
    expect(refreshed).toEqual({ at: expect.any(Number), count: 3 })
    expect((await list('target', 'location')).at).toBe(refreshed.at)
    expect(refreshed.at).toBeGreaterThan(at)
  })

  it.each(['colour', 'constructor', 'toString', '__proto__'])('of no kind of the vendor are 404: %s', async (kind) => {
    expect((await office.admin.ask('GET', `${base}/references/target/${kind}`)).status).toBe(404)
    expect((await office.admin.ask('POST', `${base}/references/refresh`, { side: 'source', kind })).status).toBe(404)
  })

  it('of no side are 422', async () => {
    expect(Object.keys(problemsOf(await office.admin.ask('GET', `${base}/references/middle/tax`)))).toEqual([
      'param.side',
    ])
  })
})
