import { beforeEach, describe, expect, it } from 'vitest'
import { type Office, openOffice, openStage, type Stage } from './support'

let stage: Stage
let office: Office
let base: string
beforeEach(async () => {
  stage = await openStage()
  office = await openOffice(stage)
  const all = `/v1/tenants/${office.tenant}/integrations`
  base = `${all}/${(await stage.root.call<{ id: string }>('POST', all, office.wanted)).id}`
})

const put = (kind: string, entries: unknown) => stage.root.ask('PUT', `${base}/mappings/${kind}`, { entries })

describe('a mapping', () => {
  it('merges what is given, and removes where the target is null', async () => {
    await put('tax', [
      { code: 'w-gst', target: 'Tax on Sales' },
      { code: 'w-gst+w-pst', target: 'Tax on Sales' },
    ])
    const answer = await put('tax', [
      { code: 'w-gst', target: null },
      { code: 'a+b', target: 'Tax Exempt' },
    ])
    expect(answer).toMatchObject({
      status: 200,
      body: {
        kind: 'tax',
        entries: [
          { code: 'a+b', target: 'Tax Exempt' },
          { code: 'w-gst+w-pst', target: 'Tax on Sales' },
        ],
      },
    })
    expect(answer.body).toMatchObject(await stage.root.call<object>('GET', `${base}/mappings/tax`))
  })

  it('takes hundreds of entries at once', async () => {
    const entries = Array.from({ length: 500 }, (_, n) => ({ code: `a+${n}`, target: 'Tax on Sales' }))
    const answer = await put('tax', entries)
    expect((answer.body as { entries: unknown[] }).entries).toHaveLength(500)
  })

  it.each([
    ['account', { code: 'w-sales', target: '4999' }, 'entries.0.target', 'Cin7 has no account 4999'],
    [
      'account',
      { code: 'w-sales', target: '610' },
      'entries.0.target',
      'Cin7 account 610 (610 name) cannot be used for: revenue',
    ],
    ['account', { code: 'w-sales', target: '201' }, 'entries.0.target', 'Cin7 account 201 is inactive'],
    ['account', { code: 'w-none', target: '200' }, 'entries.0.code', 'Wave has no account w-none'],
    ['account', { code: '', target: '200' }, 'entries.0.code', expect.any(String)],
  ])('of %s is 422 for %j', async (kind, entry, path, message) => {
    expect(await put(kind, [entry])).toMatchObject({ status: 422, body: { problems: [{ path, message }] } })
    expect(await stage.root.call('GET', `${base}/mappings/${kind}`)).toMatchObject({ entries: [] })
  })

  it('of an unknown kind is 404', async () => {
    expect((await put('colour', [])).status).toBe(404)
    expect((await stage.root.ask('GET', `${base}/mappings/colour`)).status).toBe(404)
  })

  it('is in the audit with what stood there before', async () => {
    await put('tax', [{ code: 'w-gst', target: 'Tax on Sales' }])
    await put('tax', [{ code: 'w-gst', target: 'Tax Exempt' }])
    const [, actions] = stage.asked.findLast(({ call }) => call === 'configure')?.args ?? []
    const [{ entry } = { entry: '{}' }] = actions as { entry: string }[]
    expect(JSON.parse(entry)).toMatchObject({
      kind: 'action',
      outcome: 'mapping.update',
      details: {
        kind: 'tax',
        before: [{ code: 'w-gst', target: 'Tax on Sales' }],
        after: [{ code: 'w-gst', target: 'Tax Exempt' }],
      },
    })
  })
})

describe('references', () => {
  it('come with suggestions on the source side: same code, else same name', async () => {
    const { items } = await stage.root.call<{ items: { code: string; suggestion?: string }[] }>(
      'GET',
      `${base}/references/source/account`,
    )
    const suggestions = Object.fromEntries(items.map(({ code, suggestion }) => [code, suggestion]))
    expect(suggestions).toMatchObject({ '610': '610', 'w-sales': 'w-sales' })
    const target = await stage.root.call<{ items: object[] }>('GET', `${base}/references/target/account`)
    expect(target.items.every((item) => !('suggestion' in item))).toBe(true)
  })

  it('are read from the vendor once, and again when told to', async () => {
    const reads = () => stage.asked.filter(({ call, args }) => call === 'references' && args[1] === 'location').length
    expect(reads()).toBe(1)
    await stage.root.call('GET', `${base}/references/target/location`)
    expect(reads()).toBe(1)
    const refreshed = await stage.root.call('POST', `${base}/references/refresh`, { side: 'target', kind: 'location' })
    expect(refreshed).toEqual({ at: expect.any(Number), count: 1 })
    expect(reads()).toBe(2)
  })

  it('of a side or kind that does not exist are refused', async () => {
    expect((await stage.root.ask('GET', `${base}/references/middle/account`)).status).toBe(422)
    const failure = { kind: 'rejected', code: 'no_such_list', message: 'no list', remedy: 'Ask for another.' } as const
    stage.answer({ references: async () => ({ ok: false, failure }) })
    expect((await stage.root.ask('GET', `${base}/references/target/colour`)).status).toBe(404)
  })
})
