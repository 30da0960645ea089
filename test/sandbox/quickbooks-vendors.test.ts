import { describe, expect, it } from 'vitest'
import { MINUTE, rig } from './quickbooks/rig'
import { REALM_ID } from './quickbooks/seed-defaults'

const ACME = { DisplayName: 'Acme Widgets Ltd' }

describe('a vendor', () => {
  it('comes back whole, with what the vendor fills in', async () => {
    const qbo = rig()
    const made = await qbo.write('Vendor', {
      ...ACME,
      TermRef: { value: '3' },
      BillAddr: { Line1: '1 Main St', City: 'Reno' },
    })
    expect(made).toMatchObject({
      ...ACME,
      PrintOnCheckName: 'Acme Widgets Ltd',
      Active: true,
      Balance: 0,
      Vendor1099: false,
      TermRef: { value: '3', name: 'Net 30' },
      CurrencyRef: { value: 'USD', name: 'United States Dollar' },
      domain: 'QBO',
      sparse: false,
      SyncToken: '0',
      MetaData: { CreateTime: '2026-03-02T10:00:00-08:00', LastUpdatedTime: '2026-03-02T10:00:00-08:00' },
    })
    expect(await qbo.read('Vendor', made.Id)).toEqual(made)
  })

  it('is named by its parts when it has no display name, and needs one or the other', async () => {
    const qbo = rig()
    const made = await qbo.write('Vendor', { Title: 'Ms', GivenName: 'Jo', FamilyName: 'Bird' })
    expect(made).toMatchObject({ DisplayName: 'Ms Jo Bird' })
    expect(await qbo.faults('POST', '/vendor', { CompanyName: 'X' })).toMatchObject([
      { code: '2020', element: 'DisplayName' },
    ])
  })

  it('shares its name space with customers and employees, whatever the case and the blanks', async () => {
    const qbo = rig({ realms: [{ customers: [{ DisplayName: 'Rock Star' }], employees: [{ DisplayName: 'Emp' }] }] })
    await qbo.write('Vendor', ACME)
    for (const DisplayName of [' acme WIDGETS ltd ', 'rock star', 'Emp'])
      expect(await qbo.refused('POST', '/vendor', { DisplayName })).toMatch(
        /^6240 The name supplied already exists. : Another/,
      )
    qbo.switches['duplicateName.bare'] = true
    expect(await qbo.refused('POST', '/vendor', ACME)).toBe('6240 The name supplied already exists. : null')
  })

  it('refuses unknown keys, overlong texts, and signs that names must not have', async () => {
    const qbo = rig()
    expect(await qbo.refused('POST', '/vendor', { ...ACME, Colour: 'red' })).toMatch(
      /^2010 Property Name:Unrecognized field "Colour"/,
    )
    expect(await qbo.refused('POST', '/vendor', { ...ACME, PrimaryPhone: { Number: '1' } })).toMatch(/^2010/)
    const long = { ...ACME, AcctNum: 'x'.repeat(101), Suffix: 'y'.repeat(17) }
    expect(await qbo.faults('POST', '/vendor', long)).toMatchObject([
      { code: '2050', element: 'Suffix' },
      {
        code: '2050',
        element: 'AcctNum',
        Detail: expect.stringContaining('Min:0 Max:100 supported. Supplied length:101'),
      },
    ])
    expect(await qbo.refused('POST', '/vendor', { DisplayName: 'a:b' })).toMatch(/^6000 Business Validation Error/)
    expect(await qbo.refused('POST', '/vendor', { ...ACME, PrimaryEmailAddr: { Address: 'nobody' } })).toMatch(/^6000/)
    expect(await qbo.refused('POST', '/vendor', { ...ACME, WebAddr: { URI: 'acme' } })).toMatch(/^6000/)
    expect(await qbo.refused('POST', '/vendor', '{')).toMatch(/^2010/)
  })

  it('shows its tax number masked, and keeps whatever is written back', async () => {
    const qbo = rig()
    const made = await qbo.write('Vendor', { ...ACME, TaxIdentifier: '12-3459875' })
    expect(made).toMatchObject({ TaxIdentifier: 'XXXXXX9875' })
    expect(qbo.simulator.dump()).toMatchObject({ realms: [{ taxIdentifiers: { [made.Id]: '12-3459875' } }] })
  })

  it('cannot change its currency, nor have a foreign one without multicurrency', async () => {
    const qbo = rig()
    expect(await qbo.refused('POST', '/vendor', { ...ACME, CurrencyRef: { value: 'EUR' } })).toMatch(/^6000/)
    const many = rig({ realms: [{ multicurrency: true }] })
    const { Id, SyncToken } = await many.write('Vendor', { ...ACME, CurrencyRef: { value: 'EUR' } })
    const change = { Id, SyncToken, sparse: true, CurrencyRef: { value: 'USD' } }
    expect(await many.refused('POST', '/vendor', change)).toMatch(/currency of a vendor cannot be changed/)
  })
})

describe('a change of a vendor', () => {
  it('keeps what a sparse one leaves out, and clears what a full one leaves out', async () => {
    const qbo = rig()
    const { Id } = await qbo.write('Vendor', { ...ACME, AcctNum: 'S-1', GivenName: 'Jo' })
    const sparse = await qbo.write('Vendor', { Id, SyncToken: '0', sparse: true, AcctNum: 'S-2' })
    expect(sparse).toMatchObject({ ...ACME, AcctNum: 'S-2', GivenName: 'Jo', SyncToken: '1' })
    const full = await qbo.write('Vendor', { Id, SyncToken: '1', ...ACME })
    expect(full).toMatchObject({ ...ACME, SyncToken: '2' })
    expect(full).not.toHaveProperty('AcctNum')
    const emptied = await qbo.write('Vendor', { Id, SyncToken: '2', sparse: true, AcctNum: null, CompanyName: 'Acme' })
    expect(emptied).not.toHaveProperty('AcctNum')
  })

  it('needs the latest SyncToken', async () => {
    const qbo = rig()
    const { Id } = await qbo.write('Vendor', ACME)
    expect(await qbo.faults('POST', '/vendor', { Id, sparse: true })).toMatchObject([
      { code: '2020', element: 'SyncToken' },
    ])
    expect(await qbo.refused('POST', '/vendor', { Id, SyncToken: '7', sparse: true })).toMatch(
      /^5010 Stale Object Error : You and/,
    )
  })

  it('that changes nothing keeps token and stamp', async () => {
    const qbo = rig()
    const { Id } = await qbo.write('Vendor', { ...ACME, BillAddr: { City: 'Reno' } })
    const { Vendor: made } = await qbo.ok('GET', `/vendor/${Id}`)
    qbo.clock.now += 30 * MINUTE
    expect(await qbo.ok('POST', '/vendor', made)).toMatchObject({ Vendor: { SyncToken: '0' } })
    expect(await qbo.ok('GET', `/vendor/${Id}`)).toMatchObject({ Vendor: made })
  })

  it('takes the name on cheques along unless that is sent', async () => {
    const qbo = rig()
    const { Id } = await qbo.write('Vendor', ACME)
    const renamed = await qbo.write('Vendor', { Id, SyncToken: '0', sparse: true, DisplayName: 'Acme Two' })
    expect(renamed).toMatchObject({ PrintOnCheckName: 'Acme Two' })
  })

  it('that makes it inactive renames it, frees the name and bars it from use', async () => {
    const qbo = rig()
    const { Id } = await qbo.write('Vendor', ACME)
    const off = await qbo.write('Vendor', { Id, SyncToken: '0', sparse: true, Active: false })
    expect(off).toMatchObject({ DisplayName: 'Acme Widgets Ltd (deleted)', Active: false, SyncToken: '1' })
    await qbo.write('Vendor', ACME)
    const bill = {
      VendorRef: { value: Id },
      Line: [{ DetailType: 'ItemBasedExpenseLineDetail', Amount: 1, ItemBasedExpenseLineDetail: {} }],
    }
    expect(await qbo.refused('POST', '/bill', bill)).toMatch(/^610 .*made inactive/)
    qbo.switches['inactiveReference.code'] = '2500'
    expect(await qbo.refused('POST', '/bill', bill)).toBe(
      `2500 Invalid Reference Id : Names element id ${Id} not found`,
    )
    expect(await qbo.refused('POST', '/vendor?operation=delete', { Id, SyncToken: '1' })).toMatch(/^500/)
  })
})

describe('reading', () => {
  it('answers 400 with 610 for an unknown id and 2030 for one that is no number', async () => {
    const qbo = rig()
    expect(await qbo.refused('GET', '/vendor/999')).toMatch(/^610 Object Not Found/)
    expect(await qbo.faults('GET', '/vendor/1.5')).toEqual([
      { Message: 'Invalid ID', Detail: 'Id should be a valid number. Supplied value:1.5', code: '2030', element: 'Id' },
    ])
  })

  it('answers 400 with 500 for unknown paths and verbs', async () => {
    const qbo = rig()
    for (const [method, path] of [
      ['GET', '/customer/1/5'],
      ['GET', '/vendor'],
      ['POST', '/account'],
      ['DELETE', '/vendor/1'],
      ['GET', '/Vendor/1'],
    ] as const)
      expect(await qbo.refused(method, path, {})).toMatch(/^500 Operation .* is not supported\.$/)
  })

  it('shows the company, its settings and the lists', async () => {
    const qbo = rig({ realms: [{ departments: [{ Id: '2', Name: 'Marketing' }], bookCloseDate: '2025-12-31' }] })
    expect(await qbo.ok('GET', `/companyinfo/${REALM_ID}?minorversion=4`)).toMatchObject({
      CompanyInfo: { Country: 'US' },
    })
    expect(await qbo.ok('GET', '/preferences')).toMatchObject({
      Preferences: {
        AccountingInfoPrefs: { BookCloseDate: '2025-12-31' },
        CurrencyPrefs: { HomeCurrency: { value: 'USD' } },
      },
    })
    expect(await qbo.read('Department', '2')).toMatchObject({ FullyQualifiedName: 'Marketing', SubDepartment: false })
    expect(await qbo.read('Account', '33')).toMatchObject({
      AccountType: 'Accounts Payable',
      Classification: 'Liability',
      AccountSubType: 'AccountsPayable',
      CurrentBalance: 0,
    })
    expect(await qbo.read('Item', '19')).toMatchObject({
      ExpenseAccountRef: { value: '80', name: 'Cost of Goods Sold' },
    })
    expect(await qbo.ok('GET', '/term/3')).toMatchObject({
      Term: { DueDays: 30 },
      time: '2026-03-02T10:00:00.250-08:00',
    })
  })

  it('answers XML to whoever forgets to ask for JSON', async () => {
    const answer = await rig().call('GET', '/term/3', undefined, { headers: { accept: '*/*' } })
    expect(answer.headers?.['content-type']).toBe('application/xml')
    expect(answer.body).toMatch(/^<\?xml .*<Term><Name>Net 30<\/Name>/)
  })
})

describe('a user of the screens', () => {
  it('makes accounts under accounts, renames them, and wakes what was inactive', async () => {
    const qbo = rig()
    const fields = { Id: '90', Name: 'Online', AccountType: 'Expense', ParentRef: { value: '7' } }
    qbo.act('create', { entity: 'Account', fields })
    expect(await qbo.read('Account', '90')).toMatchObject({
      FullyQualifiedName: 'Advertising:Online',
      SubAccount: true,
    })
    qbo.act('edit', { entity: 'Account', id: '90', changes: { Name: 'Web' } })
    qbo.act('deactivate', { entity: 'Account', id: '90' })
    expect(await qbo.read('Account', '90')).toMatchObject({ Name: 'Web (deleted)', Active: false, SyncToken: '2' })
    qbo.act('activate', { entity: 'Account', id: '90' })
    expect(await qbo.read('Account', '90')).toMatchObject({ Active: true })
  })

  it('meets the same rules as a program', () => {
    const qbo = rig()
    qbo.act('create', { entity: 'vendor', fields: ACME })
    expect(() => qbo.act('create', { entity: 'Vendor', fields: ACME })).toThrow(/6240/)
    expect(() => qbo.act('create', { entity: 'Nothing', fields: {} })).toThrow(/no entity Nothing/)
    expect(() => qbo.act('dance')).toThrow(/no action dance/)
  })
})
