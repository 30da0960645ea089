import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { DAY, expense, MINUTE, type Rig, rig } from './quickbooks/rig'

const HOUR = 60 * MINUTE
const names = (...all: string[]) => ({ realms: [{ vendors: all.map((DisplayName) => ({ DisplayName })) }] })
const Rows = z.array(z.looseObject({ Id: z.string(), DisplayName: z.string().default('') }))
const found = async (qbo: Rig, statement: string): Promise<string[]> =>
  Rows.parse((await qbo.query(statement)).Vendor ?? []).map(({ DisplayName }) => DisplayName)
const refusal = (qbo: Rig, statement: string) => qbo.refused('GET', `/query?query=${encodeURIComponent(statement)}`)
/** Access tokens live an hour; these tests move further. */
const later = (qbo: Rig, ms: number) => {
  qbo.switches['oauth.expiresIn'] = 400 * 86_400
  qbo.act('grant', { refreshToken: `later-${ms}`, accessToken: 'qbo-access-token' })
  qbo.clock.now += ms
}

describe('a query', () => {
  it('answers rows with their number, nothing at all without rows, and a count', async () => {
    const qbo = rig(names('Ann', 'Bob', 'Cid'))
    const all = await qbo.query('select * from vendor orderby DisplayName')
    expect(all).toMatchObject({ Vendor: [{ DisplayName: 'Ann' }, {}, {}], startPosition: 1, maxResults: 3 })
    expect(await qbo.query("SELECT * FROM Vendor WHERE DisplayName = 'None'")).toEqual({})
    expect(await qbo.query('select count(*) from Vendor')).toEqual({ totalCount: 3 })
  })

  it('pages from 1, in either order of the words', async () => {
    const qbo = rig(names('A', 'B', 'C', 'D'))
    expect(await found(qbo, 'select * from Vendor order by DisplayName desc STARTPOSITION 2 MAXRESULTS 2')).toEqual([
      'C',
      'B',
    ])
    expect(await qbo.query('select * from Vendor orderby DisplayName maxresults 3 startposition 4')).toMatchObject({
      startPosition: 4,
      maxResults: 1,
    })
    expect(await refusal(qbo, 'select * from Vendor startposition 0')).toBe(
      '4001 QueryValidationError: value 0 is too small. Min allowed value is 1',
    )
    expect(await refusal(qbo, 'select * from Vendor maxresults 1001')).toMatch(/^4001 .*value 1001 is too large/)
  })

  it('shows a hundred rows unless more are asked for, the newest first', async () => {
    const qbo = rig(names(...Array.from({ length: 101 }, (_, n) => `V${n}`)))
    const page = await found(qbo, 'select * from Vendor')
    expect([page.length, page[0]]).toEqual([100, 'V100'])
    expect(await found(qbo, 'select * from Vendor maxresults 1000')).toHaveLength(101)
  })

  it('leaves inactive rows out unless it asks about them', async () => {
    const qbo = rig(names('Ann', 'Bob'))
    qbo.act('deactivate', { entity: 'Vendor', id: '1' })
    expect(await found(qbo, 'select * from Vendor')).toEqual(['Bob'])
    expect(await found(qbo, 'select * from Vendor where Active in (true, false) orderby DisplayName')).toEqual([
      'Ann (deleted)',
      'Bob',
    ])
    expect(await found(qbo, 'select * from Vendor where Active = false')).toEqual(['Ann (deleted)'])
  })

  it('compares text without case, with % only under LIKE, and an apostrophe only behind a backslash', async () => {
    const qbo = rig(names("Amy's Bird Sanctuary", '100% Pure'))
    expect(await found(qbo, "select * from Vendor where displayname = 'AMY\\'S bird sanctuary'")).toHaveLength(1)
    expect(await found(qbo, "select * from Vendor where DisplayName like '%bird%'")).toHaveLength(1)
    expect(await found(qbo, "select * from Vendor where DisplayName = '100%'")).toEqual([])
    expect(await refusal(qbo, "select * from Vendor where DisplayName = 'Amy's Bird'")).toMatch(
      /^4000 QueryParserError: Encountered/,
    )
  })

  it('finds bills by number and vendor, by total, by date', async () => {
    const qbo = rig({
      realms: [
        {
          vendors: [
            { Id: '56', DisplayName: 'Bob' },
            { Id: '57', DisplayName: 'Ann' },
          ],
        },
      ],
    })
    const bill = (vendor: string, amount: number, extra: object) =>
      qbo.write('Bill', { VendorRef: { value: vendor }, Line: [expense(amount)], ...extra })
    await bill('56', 9, { DocNumber: 'A', TxnDate: '2026-01-05' })
    await bill('57', 10, { DocNumber: 'B', TxnDate: '2026-02-05' })
    const numbers = async (where: string) =>
      z
        .array(z.object({ DocNumber: z.string() }))
        .parse((await qbo.query(`select * from Bill where ${where}`)).Bill ?? [])
        .map((one) => one.DocNumber)
    expect(await numbers("DocNumber = 'A' AND VendorRef = '56'")).toEqual(['A'])
    expect(await numbers("DocNumber = 'A' AND VendorRef = '57'")).toEqual([])
    expect(await numbers("TotalAmt > '9.00'")).toEqual(['B'])
    expect(await numbers("TxnDate >= '2026-01-05' and TxnDate < '2026-02-05'")).toEqual(['A'])
    expect(await numbers("TxnDate < CURRENT_DATE and Balance in ('9', '11')")).toEqual(['A'])
    expect(await numbers("MetaData.LastUpdatedTime > '2026-03-02T10:00:00-08:00'")).toEqual([])
    expect(await numbers("MetaData.LastUpdatedTime >= '2026-03-02T18:00:00Z'")).toHaveLength(2)
  })

  it.each([
    [
      'a property that is not there',
      "select * from Vendor where Colour = 'x'",
      '4001 QueryValidationError: Property Colour not found for Entity Vendor',
    ],
    [
      'a property that cannot be asked about',
      "select * from Bill where PrivateNote = 'x'",
      "4001 QueryValidationError: property 'PrivateNote' is not queryable",
    ],
    [
      'an order by vendor',
      "select * from PurchaseOrder where VendorRef = '1'",
      '4001 QueryValidationError: Property VendorRef not found for Entity PurchaseOrder',
    ],
    [
      'Id with more than = and IN',
      "select * from Bill where Id > '1'",
      '4001 QueryValidationError: property Id can only be compared with = and IN',
    ],
    ['sorting by Id', 'select * from Bill orderby Id', '4001 QueryValidationError: property Id is not sortable'],
    [
      'OR',
      "select * from Bill where DocNumber = 'a' or DocNumber = 'b'",
      '4000 QueryParserError: Encountered " <IDENTIFIER> "or "" at line 1, column 42.',
    ],
    [
      'a projection',
      'select Id from Bill',
      '4000 QueryParserError: Encountered " <IDENTIFIER> "Id "" at line 1, column 8.',
    ],
    [
      'a bare number',
      'select * from Bill where TotalAmt > 9',
      '4000 QueryParserError: Encountered " <IDENTIFIER> "9 "" at line 1, column 37.',
    ],
    ['an unknown list', 'select * from Nothing', '4001 QueryValidationError: Invalid context declaration: Nothing'],
    ['no statement', '', '4000 QueryParserError: Encountered " <IDENTIFIER> "<EOF> "" at line 1, column 1.'],
  ])('refuses %s', async (_what, statement, text) => {
    expect(await refusal(rig(), statement)).toBe(text)
  })

  it('can be posted, as application/text only', async () => {
    const qbo = rig(names('Ann'))
    const text = { headers: { 'content-type': 'application/text' } }
    expect(await qbo.ok('POST', '/query', 'select * from Vendor', text)).toMatchObject({
      QueryResponse: { maxResults: 1 },
    })
    expect(await qbo.refused('POST', '/query', 'select * from Vendor')).toMatch(/^500/)
  })

  it('reads the lists that change data capture leaves out', async () => {
    const qbo = rig({ realms: [{ country: 'GB', homeCurrency: 'GBP' }] })
    expect(await qbo.query("select * from TaxCode where Name = 'Standard'")).toMatchObject({
      TaxCode: [
        { PurchaseTaxRateList: { TaxRateDetail: [{ TaxRateRef: { value: '3', name: 'Standard purchases' } }] } },
      ],
    })
    expect(await qbo.query('select * from CompanyInfo')).toMatchObject({ CompanyInfo: [{ Country: 'GB' }] })
  })

  it('shows TAX and NON among the tax codes of the US, which say nothing of being active', async () => {
    const codes = async (qbo: Rig, condition = '') => {
      const { TaxCode = [] } = await qbo.query(`select * from TaxCode ${condition} orderby Name`)
      return Rows.parse(TaxCode).map(({ Id }) => Id)
    }
    const us = rig()
    expect(await codes(us)).toEqual(['NON', '5', '4', 'TAX'])
    expect(await codes(us, 'where Active in (true, false)')).toEqual(['5', '4'])
    expect(await us.query("select * from TaxCode where Name = 'NON'")).toMatchObject({
      TaxCode: [{ Id: 'NON', Name: 'NON', Taxable: false, TaxGroup: false }],
    })
    expect(await codes(rig({ realms: [{ country: 'GB', homeCurrency: 'GBP' }] }))).toEqual(['5', '4'])
  })

  it('knows the currencies that a company added, and no order by time for terms and tax codes', async () => {
    const qbo = rig({ realms: [{ multicurrency: true, currencies: [{ Code: 'EUR' }, { Code: 'JPY' }] }] })
    qbo.act('edit', { entity: 'CompanyCurrency', id: '2', changes: { Active: false } })
    expect(await qbo.query('select * from companycurrency')).toMatchObject({
      CompanyCurrency: [{ Id: '1', Code: 'EUR', Name: 'Euro', Active: true }],
    })
    for (const entity of ['Term', 'TaxCode'])
      expect(await refusal(qbo, `select * from ${entity} orderby MetaData.LastUpdatedTime`)).toMatch(/^4001/)
  })
})

describe('change data capture', () => {
  const since = (qbo: Rig, entities: string, from: number) =>
    qbo.ok('GET', `/cdc?entities=${entities}&changedSince=${encodeURIComponent(new Date(from).toISOString())}`)

  it('answers [{}] when nothing changed', async () => {
    const qbo = rig(names('Ann'))
    expect(await since(qbo, 'vendor,Bill', qbo.clock.now + MINUTE)).toEqual({
      CDCResponse: [{ QueryResponse: [{}] }],
      time: '2026-03-02T10:00:00.250-08:00',
    })
  })

  it('groups what changed, not in the order asked, with the noise of balances and the tombstones', async () => {
    const qbo = rig(names('Ann', 'Bob'))
    const from = qbo.clock.now + 10 * MINUTE
    qbo.clock.now = from
    const body = { VendorRef: { value: '1' }, Line: [expense(5)] }
    const kept = await qbo.write('Bill', body)
    const gone = await qbo.write('Bill', body)
    await qbo.ok('POST', '/bill?operation=delete', { Id: gone.Id, SyncToken: '0' })
    const [{ QueryResponse: groups } = { QueryResponse: [] }] = z
      .array(z.object({ QueryResponse: z.array(z.looseObject({})) }))
      .parse((await since(qbo, 'Vendor,Account,Bill', from)).CDCResponse)
    expect(groups).toMatchObject([
      {
        Bill: [
          { Id: kept.Id, TotalAmt: 5 },
          { domain: 'QBO', status: 'Deleted', Id: gone.Id, MetaData: {} },
        ],
        startPosition: 1,
        maxResults: 2,
        totalCount: 2,
      },
      { Account: [{ Id: '33', SyncToken: '0' }], startPosition: 1, maxResults: 1 },
      { Vendor: [{ Id: '1', Balance: 5, SyncToken: '0' }], startPosition: 1, maxResults: 1 },
    ])
  })

  it('has no startPosition where there are tombstones only', async () => {
    const qbo = rig(names('Ann'))
    const { Id } = await qbo.write('Bill', { VendorRef: { value: '1' }, Line: [expense(5)] })
    await qbo.ok('POST', '/bill?operation=delete', { Id, SyncToken: '0' })
    const answer = await since(qbo, 'Bill', qbo.clock.now - HOUR)
    const group = { Bill: [expect.objectContaining({ status: 'Deleted' })], maxResults: 1, totalCount: 1 }
    expect(answer.CDCResponse).toEqual([{ QueryResponse: [group] }])
  })

  it('shows what was made inactive as a row, renamed', async () => {
    const qbo = rig(names('Ann'))
    qbo.act('deactivate', { entity: 'Account', id: '7' })
    qbo.act('deactivate', { entity: 'Vendor', id: '1' })
    const text = JSON.stringify(await since(qbo, 'Vendor,Account', qbo.clock.now - HOUR))
    expect(text).toContain('"Ann (deleted)"')
    expect(text).toContain('"Advertising (deleted)"')
    expect(text).not.toContain('"status"')
  })

  it('stops at a thousand objects in all without saying so', async () => {
    const qbo = rig(names(...Array.from({ length: 998 }, (_, n) => `V${n}`)))
    const answer = await since(qbo, 'Account,Vendor', qbo.clock.now - HOUR)
    expect(answer.CDCResponse).toMatchObject([{ QueryResponse: [{ maxResults: 998 }, { maxResults: 2 }] }])
  })

  it('takes the bound as inside, unless a test wants it outside', async () => {
    const qbo = rig(names('Ann'))
    const at = qbo.clock.now - 250
    expect(JSON.stringify(await since(qbo, 'Vendor', at))).toContain('Ann')
    qbo.switches['cdc.exclusive'] = true
    expect(JSON.stringify(await since(qbo, 'Vendor', at))).not.toContain('Ann')
  })

  it('looks back thirty days, and knows neither tax codes nor a broken date', async () => {
    const qbo = rig(names('Ann'))
    const old = '2026-01-01T00:00:00Z'
    expect(await qbo.refused('GET', `/cdc?entities=Bill&changedSince=${old}`)).toBe(
      `500 Operation cdc with changedSince date ${old} which is older than fixed days is not supported.`,
    )
    qbo.switches['cdc.acceptOld'] = true
    await qbo.ok('GET', `/cdc?entities=Bill&changedSince=${old}`)
    expect(await qbo.refused('GET', `/cdc?entities=TaxCode&changedSince=${old}`)).toMatch(/^500/)
    expect(await qbo.refused('GET', '/cdc?entities=Bill&changedSince=2026-03-01T00:00:00+01:00')).toMatch(/^2020/)
    expect(await qbo.refused('GET', '/cdc?entities=Bill')).toMatch(/^2020/)
  })

  it('writes Pacific time in winter and in summer', async () => {
    const qbo = rig()
    later(qbo, 90 * DAY)
    await qbo.write('Vendor', { DisplayName: 'June' })
    expect(JSON.stringify(await since(qbo, 'Vendor', qbo.clock.now - HOUR))).toContain('2026-05-31T11:00:00-07:00')
  })
})

describe('a batch', () => {
  const items = (...BatchItemRequest: object[]) => ({ BatchItemRequest })
  const create = (bId: string, DisplayName: string) => ({ bId, operation: 'create', Vendor: { DisplayName } })

  it('does each item by itself and answers in an order of its own', async () => {
    const qbo = rig(names('Ann'))
    const answer = await qbo.ok(
      'POST',
      '/batch',
      items(create('a', 'Bob'), create('b', 'ann'), { bId: 'c', Query: 'select count(*) from Vendor' }),
    )
    expect(answer.BatchItemResponse).toMatchObject([
      { bId: 'c', QueryResponse: { totalCount: 2 } },
      { bId: 'b', Fault: { Error: [{ code: '6240' }], type: 'ValidationFault' } },
      { bId: 'a', Vendor: { DisplayName: 'Bob' } },
    ])
  })

  it('updates and deletes too', async () => {
    const qbo = rig(names('Ann'))
    const { Id } = await qbo.write('Bill', { VendorRef: { value: '1' }, Line: [expense(5)] })
    const change = { Id: '1', SyncToken: '0', sparse: true, AcctNum: 'S' }
    const answer = await qbo.ok(
      'POST',
      '/batch',
      items(
        { bId: '1', operation: 'update', Vendor: change },
        { bId: '2', operation: 'delete', Bill: { Id, SyncToken: '0' } },
      ),
    )
    expect(answer.BatchItemResponse).toMatchObject([{ Bill: { status: 'Deleted' } }, { Vendor: { AcctNum: 'S' } }])
  })

  it('has at most thirty items, and repeats nothing for the same requestid and bId', async () => {
    const qbo = rig()
    expect(
      await qbo.refused('POST', '/batch', items(...Array.from({ length: 31 }, (_, n) => create(`${n}`, `V${n}`)))),
    ).toMatch(/^6000/)
    const first = await qbo.ok('POST', '/batch?requestid=r1', items(create('a', 'Bob')))
    const again = await qbo.ok('POST', '/batch?requestid=r1', items(create('a', 'Bob'), create('b', 'Cid')))
    expect(again.BatchItemResponse).toMatchObject([
      { bId: 'b' },
      ...z.array(z.unknown()).parse(first.BatchItemResponse),
    ])
    expect(await qbo.query('select count(*) from Vendor')).toEqual({ totalCount: 2 })
    expect(await qbo.refused('POST', `/batch?requestid=${'x'.repeat(37)}`, items())).toMatch(/^2050/)
    expect(await qbo.refused('POST', '/batch?requestid=r2', items(create('12345678901', 'X')))).toMatch(/^2050/)
  })
})

describe('a requestid', () => {
  const bill = { VendorRef: { value: '1' }, Line: [expense(5)] }

  it('brings the first answer back, whatever the body, and books nothing again', async () => {
    const qbo = rig(names('Ann'))
    const first = await qbo.ok('POST', '/bill?requestid=one', bill)
    qbo.clock.now += MINUTE
    const other = { ...bill, Line: [expense(6)] }
    expect(await qbo.ok('POST', '/bill?requestid=one', other)).toMatchObject({
      Bill: z.looseObject({}).parse(first.Bill),
    })
    expect(await qbo.query('select count(*) from Bill')).toEqual({ totalCount: 1 })
    await qbo.ok('POST', '/bill', bill)
    expect(await qbo.query('select count(*) from Bill')).toEqual({ totalCount: 2 })
  })

  it('forgets refusals unless told to keep them', async () => {
    const qbo = rig(names('Ann'))
    expect(await qbo.refused('POST', '/bill?requestid=two', { ...bill, VendorRef: { value: '9' } })).toMatch(/^2500/)
    await qbo.ok('POST', '/bill?requestid=two', bill)
    qbo.switches['requestId.keepsRefusals'] = true
    expect(await qbo.refused('POST', '/bill?requestid=three', { ...bill, VendorRef: { value: '9' } })).toMatch(/^2500/)
    expect(await qbo.refused('POST', '/bill?requestid=three', bill)).toMatch(/^2500/)
  })

  it('can be without effect for vendors, whose names protect them, and has fifty characters at most', async () => {
    const qbo = rig()
    await qbo.ok('POST', '/vendor?requestid=v', { DisplayName: 'Bob' })
    await qbo.ok('POST', '/vendor?requestid=v', { DisplayName: 'Bob' })
    qbo.switches['requestId.nameLists'] = false
    expect(await qbo.refused('POST', '/vendor?requestid=v', { DisplayName: 'Bob' })).toMatch(/^6240/)
    expect(await qbo.refused('POST', `/vendor?requestid=${'x'.repeat(51)}`, { DisplayName: 'Cid' })).toMatch(/^2050/)
  })
})
