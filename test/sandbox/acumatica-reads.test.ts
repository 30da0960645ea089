import { describe, expect, it } from 'vitest'
import { type Answered, at, BASE, bricks, freight, MINUTE, type Rig, rig, withVendor } from './acumatica/rig'

const ids = ['3', '1', '2'].map((n) => `${n}0000000-0000-4000-8000-00000000000${n}`)
const NAMES = ['Aardvark', "O'Brien", 'Zebra']
const three = (extra: object = {}): Rig =>
  rig({
    tenants: [
      {
        vendors: NAMES.map((VendorName, n) => ({
          id: ids[n],
          VendorID: `V${n + 1}`,
          VendorName,
          MinReceipt: n,
          PaySeparately: n === 1,
          ...(n === 2 ? {} : { AccountRef: `REF-${n}` }),
          MainContact: { Email: `${n}@mail.example`, Address: { City: 'Paris' } },
        })),
        ...extra,
      },
    ],
  })

const keysOf = (rows: Answered[]) => rows.map((row) => at(row, 'VendorID')).sort()

describe('a list', () => {
  it('is a bare array of records without their parts, in an order that is stable and not that of making', async () => {
    const acu = three()
    const rows = await acu.list('Vendor')
    expect(rows.map((row) => at(row, 'VendorID'))).toEqual(['V2', 'V3', 'V1'])
    expect(await acu.list('Vendor')).toEqual(rows)
    expect(rows.map(({ rowNumber }) => rowNumber)).toEqual([1, 2, 3])
    expect(rows[0]).not.toHaveProperty('MainContact')
  })

  it('skips first and then takes the top, and has everything without them', async () => {
    const acu = three()
    const page = async (query: Record<string, string>) =>
      (await acu.list('Vendor', query)).map((row) => at(row, 'VendorID'))
    expect(await page({ $top: '2' })).toEqual(['V2', 'V3'])
    expect(await page({ $top: '2', $skip: '2' })).toEqual(['V1'])
    expect(await page({ $skip: '1' })).toEqual(['V3', 'V1'])
    expect(await page({ $top: '5', $skip: '9' })).toEqual([])
    await acu.expected(400, 'GET', '/Vendor?$top=many')
  })

  it('gives what is selected and expanded, each level by its name', async () => {
    const acu = three()
    const [row] = await acu.list('Vendor', { $select: 'VendorID,MainContact/Email', $expand: 'MainContact', $top: '1' })
    expect(Object.keys(row ?? {})).toEqual(['id', 'rowNumber', 'note', 'VendorID', 'MainContact', 'custom', '_links'])
    expect(row?.MainContact).toEqual({
      id: expect.any(String),
      rowNumber: 1,
      note: null,
      Email: { value: '1@mail.example' },
      custom: {},
    })
    const [deep] = await acu.list('Vendor', { $expand: 'MainContact,MainContact/Address', $top: '1' })
    expect(deep?.MainContact).toMatchObject({ Address: { City: { value: 'Paris' } } })
    const [lone] = await acu.list('Vendor', { $expand: 'MainContact/Address', $top: '1' })
    expect(lone).not.toHaveProperty('MainContact')
    for (const query of ['$select=Nonsense', '$expand=Nonsense', '$filter=Nonsense%20eq%201'])
      await acu.expected(500, 'GET', `/Vendor?${query}`)
  })

  it('refuses options that are not in the contract', async () => {
    for (const option of ['$orderby=VendorID', '$count=true']) await three().expected(400, 'GET', `/Vendor?${option}`)
  })

  it('fails as a whole where a field cannot be optimised, while a single read works', async () => {
    const acu = three()
    acu.switches['list.notOptimizable'] = ['Vendor.MainContact', 'Vendor.MinReceipt']
    const failing = ['/Vendor', '/Vendor?$select=MinReceipt', '/Vendor?$select=VendorID&$expand=MainContact']
    for (const target of failing) expect(await acu.failure('GET', target)).toBe('CannotOptimizeException')
    expect(await acu.list('Vendor', { $select: 'VendorID' })).toHaveLength(3)
    expect(await acu.get('Vendor/V1?$expand=MainContact')).toHaveProperty('MainContact.Email')
  })
})

describe('a filter', () => {
  it.each([
    ["VendorID eq 'v1'", ['V1']],
    ["VendorName eq 'O''Brien'", ['V2']],
    ["VendorID ne 'V1'", ['V2', 'V3']],
    ['MinReceipt gt 0', ['V2', 'V3']],
    ['MinReceipt ge 1 and MinReceipt lt 2', ['V2']],
    ['MinReceipt le 1.0', ['V1', 'V2']],
    ['PaySeparately eq true', ['V2']],
    ['AccountRef eq null', ['V3']],
    ['AccountRef ne null', ['V1', 'V2']],
    ["AccountRef ne 'REF-0'", ['V2']],
    ["VendorID eq 'V1' or VendorID eq 'V2' and MinReceipt eq 0", ['V1']],
    ["(VendorID eq 'V1' or VendorID eq 'V2') and MinReceipt eq 1", ['V2']],
    ["substringof('BRI',VendorName)", ['V2']],
    ["startswith(VendorName,'zeb')", ['V3']],
    ["endswith(VendorName, 'ark') or endswith(VendorName,'bra')", ['V1', 'V3']],
    ["MainContact/Email eq '1@mail.example'", ['V2']],
    ["MainContact/Address/City eq 'paris'", ['V1', 'V2', 'V3']],
    ["substringof('BRI',VendorName) eq true", []],
  ])('%s', async (filter, expected) => {
    expect(keysOf(await three().filtered('Vendor', filter))).toEqual(expected)
  })

  it.each([
    "MinReceipt eq '1'",
    'VendorID eq 1',
    "PaySeparately eq 'true'",
    "not substringof('a',VendorName)",
    "contains(VendorName,'a')",
    "tolower(VendorName) eq 'zebra'",
    "toupper(VendorName) eq 'ZEBRA'",
    "substringof(VendorName,'a')",
    "startswith(MinReceipt,'1')",
    "VendorID = 'V1'",
    "VendorID eq 'V1' and",
    "(VendorID eq 'V1'",
    "VendorID eq 'O'Brien'",
    'VendorID eq V1',
    "LastModifiedDateTime gt '2026-03-04'",
    "LastModifiedDateTime gt datetimeoffset'2026-03-04T00:00:00'",
    "LastModifiedDateTime gt datetimeoffset'2026-03-04T00:00:00Z'",
    "LastModifiedDateTime gt datetime'2026-03-04T00:00:00'",
  ])('is 500 for %s', async (filter) => {
    expect(await three().failure('GET', `/Vendor?$filter=${encodeURIComponent(filter)}`)).toBe('PXException')
  })

  it('is 500 on detail lines', async () => {
    const acu = withVendor()
    const answer = await acu.call('GET', `/Bill?$filter=${encodeURIComponent("Details/Account eq '61000'")}`)
    expect(answer).toMatchObject({
      status: 500,
      body: { exceptionMessage: expect.stringContaining('not a single value') },
    })
  })

  it('on the stamp is exact to the millisecond, in any offset, and strict about an unencoded plus', async () => {
    const acu = withVendor()
    acu.clock.now += MINUTE
    await acu.put('Vendor', { VendorID: 'LATE', VendorName: 'Late' })
    const since = async (stamp: string) =>
      keysOf(await acu.filtered('Vendor', `LastModifiedDateTime gt datetimeoffset'${stamp}'`))
    expect(await since('2026-03-04T14:16:27.420+00:00')).toEqual([])
    expect(await since('2026-03-04T14:16:27.419+00:00')).toEqual(['LATE'])
    expect(await since('2026-03-04T09:15:27.420-05:00')).toEqual(['LATE'])
    expect(await since('2026-03-04T09:15:27-05:00')).toEqual(['ACME01', 'LATE'])
    const bare = "/Vendor?$filter=LastModifiedDateTime%20gt%20datetimeoffset'2026-03-04T14:16:27+00:00'"
    expect(await acu.failure('GET', bare)).toBe('PXException')
    acu.switches['filter.looseStamps'] = true
    expect(await since('2026-03-04T14:15:30Z')).toEqual(['LATE'])
  })

  it('on a business date takes a day', async () => {
    const acu = withVendor()
    await acu.put('Bill', freight())
    await acu.put('Bill', freight({ Date: '2026-03-05' }))
    expect(await acu.filtered('Bill', "Date eq date'2026-03-05'")).toHaveLength(1)
    expect(await acu.filtered('Bill', "Date ge datetimeoffset'2026-03-04T00:00:00+00:00'")).toHaveLength(2)
  })

  it('on orders may answer nothing although there is a match, as switched', async () => {
    const acu = withVendor()
    await acu.put('PurchaseOrder', bricks())
    const found = async (filter: string) => (await acu.filtered('PurchaseOrder', filter)).length
    const stamp = "LastModifiedDateTime gt datetimeoffset'2026-01-01T00:00:00+00:00'"
    expect(await found("VendorRef eq 'PO-1'")).toBe(1)
    acu.switches['order.filters'] = 'keys-and-stamp'
    expect([await found("VendorRef eq 'PO-1'"), await found(stamp), await found("OrderNbr eq '000001'")]).toEqual([
      0, 1, 1,
    ])
    acu.switches['order.filters'] = 'keys-only'
    expect([await found(stamp), await found("OrderNbr eq '000001'")]).toEqual([0, 1])
  })

  it('on two views at once may answer nothing, as switched', async () => {
    const acu = three()
    acu.switches['filter.twoViewsEmpty'] = true
    const both = "VendorID eq 'V1' and MainContact/Email eq '0@mail.example'"
    expect(await acu.filtered('Vendor', both)).toEqual([])
    expect(await acu.filtered('Vendor', "VendorID eq 'V1' and MinReceipt eq 0")).toHaveLength(1)
  })
})

describe('a single read', () => {
  it('takes keys behind slashes or bars, in the order of the URL, and the type by its label', async () => {
    const acu = withVendor()
    const { id } = await acu.put('Bill', freight())
    for (const target of ['Bill/Bill/000001', 'Bill/Bill|000001', `Bill/${id}`, 'Bill/bill/000001'])
      expect((await acu.get(target)).id, target).toBe(id)
    for (const target of ['/Bill/000001', '/Bill/INV/000001', '/Bill/000001/Bill', '/Bill/Bill/9'])
      expect(await acu.failure('GET', target), target).toBe('NoEntitySatisfiesTheConditionException')
  })

  it('cannot find a key with a slash, which needs the id', async () => {
    const acu = rig()
    const { id } = await acu.put('Vendor', { VendorID: 'A/B', VendorName: 'Slash' })
    expect(await acu.failure('GET', '/Vendor/A%2FB')).toBe('NoEntitySatisfiesTheConditionException')
    expect(at(await acu.get(`Vendor/${id}`), 'VendorID')).toBe('A/B')
  })

  it('gives decimals with trailing zeros, dates with the offset of their day', async () => {
    const acu = withVendor()
    await acu.put('Bill', freight({ DueDate: '2026-07-01' }))
    const url = new URL(`${BASE}/entity/Default/24.200.001/Bill`)
    const path = url.pathname.replace('/w/acumatica', '')
    const headers = new Headers({ authorization: 'Bearer acu-access-token' })
    const answer = await acu.simulator.handle({
      method: 'GET',
      path,
      query: url.searchParams,
      headers,
      body: '',
      baseUrl: BASE,
    })
    expect(answer.body).toContain('"Amount":{"value":42.50}')
    expect(answer.body).toContain('"DueDate":{"value":"2026-07-01T00:00:00-04:00"}')
    expect(answer.headers).toMatchObject({ 'content-type': expect.stringContaining('application/json') })
  })
})

describe('accounts and other lists', () => {
  it('are read only', async () => {
    const acu = rig()
    const query = { $select: 'AccountCD,Description,Type,Active', $filter: "Type eq 'Liability'" }
    expect(await acu.list('Account', query)).toMatchObject([
      { AccountCD: { value: '20000' }, Description: { value: 'Accounts payable' }, Active: { value: true } },
    ])
    await acu.expected(403, 'PUT', '/Account', { AccountCD: { value: '1' } })
    await acu.expected(403, 'DELETE', '/Account/20000')
    expect(await acu.list('VendorClass')).toMatchObject([{ ClassID: { value: 'SUPPLIER' } }])
    expect(await acu.list('Subaccount')).toMatchObject([{ SubaccountCD: { value: '000000' } }])
  })

  it('change when users edit them', async () => {
    const acu = rig()
    acu.clock.now += 30 * MINUTE
    acu.act('edit', { entity: 'Account', key: '61000', changes: { Active: false } })
    acu.act('create', { entity: 'Account', fields: { AccountCD: '62000', Description: 'New', Type: 'Expense' } })
    const changed = await acu.filtered('Account', "LastModifiedDateTime gt datetimeoffset'2026-03-04T14:30:00+00:00'")
    expect(changed.map((row) => at(row, 'AccountCD')).sort()).toEqual(['61000', '62000'])
  })
})

describe('versions', () => {
  it('have their own fields', async () => {
    const acu = withVendor()
    await acu.put('Bill', freight())
    const billAt = async (version: string) =>
      (await acu.call('GET', `/entity/Default/${version}/Bill/Bill/000001?$expand=Details`)).body
    expect(await billAt('22.200.001')).not.toHaveProperty('IsTaxValid')
    expect(await billAt('23.200.001')).toHaveProperty('IsTaxValid')
    expect(await billAt('23.200.001')).not.toHaveProperty('Details.0.LCNbr')
    expect(await billAt('24.200.001')).toHaveProperty('Details.0.LCNbr')
    await acu.expected(500, 'GET', '/entity/Default/22.200.001/Bill?$select=IsTaxValid')
  })

  it('that are not published are 404 for every path, as are unknown entities', async () => {
    const acu = rig()
    for (const path of ['25.200.001/Vendor', '25.200.001/Vendor/V1', '24.200.001/Nonsense', '26.200.001/Vendor'])
      await acu.expected(404, 'GET', `/entity/Default/${path}`)
    await acu.expected(404, 'PUT', '/entity/Default/25.200.001/Vendor', {})
  })

  it('are listed with and without a session; a tenant’s own endpoint only with it', async () => {
    const instance = {
      endpoints: [
        { name: 'Default', version: '24.200.001' },
        { name: 'Mine', version: '24.200.001', tenant: 'MyTenant' },
      ],
    }
    const acu = rig({ instance })
    const href = '/w/acumatica/entity/Default/24.200.001/'
    const system = [{ name: 'Default', version: '24.200.001', href }]
    expect((await acu.raw('GET', '/entity')).body).toMatchObject({
      version: { acumaticaBuildVersion: '24.205.0007' },
      endpoints: system,
    })
    expect((await acu.call('GET', '/entity')).body).toMatchObject({ endpoints: [...system, { name: 'Mine' }] })
    await acu.expected(200, 'GET', '/entity/Mine/24.200.001/Vendor')
    acu.switches['root.lists26'] = true
    expect((await acu.raw('GET', '/entity')).body).toHaveProperty('endpoints.1.version', '26.200.001')
    acu.switches['root.bareArray'] = true
    expect((await acu.raw('GET', '/entity')).body).toHaveLength(2)
  })

  it('stand below the site’s name where the instance has one', async () => {
    const acu = rig({ instance: { site: 'Prod' } })
    expect((await acu.raw('GET', '/entity')).status).toBe(404)
    expect((await acu.raw('GET', '/Prod/entity')).body).toMatchObject({
      endpoints: expect.arrayContaining([
        expect.objectContaining({ href: '/w/acumatica/Prod/entity/Default/24.200.001/' }),
      ]),
    })
    const discovered = await acu.raw('GET', '/Prod/identity/.well-known/openid-configuration')
    expect(discovered.body).toMatchObject({ token_endpoint: `${BASE}/Prod/identity/connect/token` })
  })
})
