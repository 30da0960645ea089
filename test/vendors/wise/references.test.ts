import { describe, expect, it } from 'vitest'
import { wise } from '../../../src/vendors/wise'
import { answer, answering, balance, PROFILE, scripted } from './scripted'

const listed = async (kind: string, api: Parameters<(typeof wise.references)[string]>[0]) =>
  wise.references[kind]?.(api) ?? []

const BALANCES = [
  balance(),
  balance({ id: 200002, currency: 'EUR', name: 'Payroll', amount: { value: 0, currency: 'EUR' } }),
  balance({ id: 200003, currency: 'GBP', visible: false }),
  balance({ id: 200004, visible: undefined }),
]

const newer = (id: number, over: object = {}) => ({
  id,
  profileId: Number(PROFILE),
  name: { fullName: 'Lena Fischer', givenName: null },
  currency: 'EUR',
  active: true,
  details: { iban: 'DE89370400440532013000' },
  accountSummary: 'DE89370400440532013000',
  longAccountSummary: 'EUR account ending in 3000',
  ...over,
})
const older = (id: number, over: object = {}) => ({
  id,
  accountHolderName: 'John Doe',
  currency: 'GBP',
  active: false,
  details: { sortCode: '040075', accountNumber: '37778842' },
  ...over,
})

describe('what can be mapped at Wise', () => {
  it('has three kinds', () => {
    expect(Object.keys(wise.references)).toEqual(['balance', 'currency', 'recipient'])
  })

  it('balances by id, with their currency; a hidden one is inactive', async () => {
    const { api, calls } = answering({ [`GET /v4/profiles/${PROFILE}/balances`]: BALANCES })
    expect(await listed('balance', api)).toEqual([
      { kind: 'balance', code: '200001', name: 'USD', active: true, uses: ['currency:USD'] },
      { kind: 'balance', code: '200002', name: 'EUR Payroll', active: true, uses: ['currency:EUR'] },
      { kind: 'balance', code: '200003', name: 'GBP', active: false, uses: ['currency:GBP'] },
      { kind: 'balance', code: '200004', name: 'USD', active: true, uses: ['currency:USD'] },
    ])
    expect(calls[0]?.query).toEqual({ types: 'STANDARD' })
  })

  it('the currencies that are held, each once', async () => {
    const { api } = answering({ [`GET /v4/profiles/${PROFILE}/balances`]: BALANCES })
    expect((await listed('currency', api)).map(({ code, active }) => [code, active])).toEqual([
      ['USD', true],
      ['EUR', true],
      ['GBP', false],
    ])
  })

  it('recipients of both documented shapes, without their bank details', async () => {
    const page = {
      content: [newer(1), older(2), newer(3, { name: null, longAccountSummary: null })],
      seekPositionForNext: 0,
    }
    const { api } = answering({ 'GET /v2/accounts': page })
    const all = await listed('recipient', api)
    expect(all).toEqual([
      {
        kind: 'recipient',
        code: '1',
        name: 'Lena Fischer (EUR account ending in 3000)',
        active: true,
        uses: ['currency:EUR'],
      },
      { kind: 'recipient', code: '2', name: 'John Doe (GBP)', active: false, uses: ['currency:GBP'] },
      { kind: 'recipient', code: '3', name: 'recipient 3 (EUR)', active: true, uses: ['currency:EUR'] },
    ])
    expect(JSON.stringify(all)).not.toMatch(/DE8937|040075/)
  })
})

describe('the list of recipients', () => {
  /** Twenty a page; `mark` = what the last page says comes next. */
  const pages = (count: number, mark: number | null | 'last') =>
    scripted(({ query }) => {
      const after = Number(query?.seekPosition ?? 0)
      const rows = Array.from({ length: count }, (_, n) => newer(n + 1)).filter(({ id }) => id > after)
      const content = rows.slice(0, Number(query?.size))
      const last = content.at(-1)?.id ?? after
      const isEnd = content.length === rows.length
      return answer(200, { content, seekPositionForNext: isEnd ? (mark === 'last' ? last : mark) : last })
    })

  it.each([[0], [null], ['last']] as const)('is read to its end, whether that is marked by %j', async (mark) => {
    const { api, calls } = pages(45, mark)
    expect(await listed('recipient', api)).toHaveLength(45)
    expect(calls.map(({ query }) => query?.seekPosition)).toEqual(
      [undefined, '20', '40', ...(mark === 'last' ? ['45'] : [])].slice(0, calls.length),
    )
    expect(calls[0]?.query).toMatchObject({ profileId: PROFILE, size: '20' })
  })

  it('ends where a page says the same again', async () => {
    const { api, calls } = scripted(() => answer(200, { content: [newer(1)], seekPositionForNext: 1 }))
    expect(await listed('recipient', api)).toHaveLength(1)
    expect(calls).toHaveLength(2)
  })
})
