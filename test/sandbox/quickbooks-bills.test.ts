import { describe, expect, it } from 'vitest'
import { expense, MINUTE, type Rig, rig, widgets } from './quickbooks/rig'

const withVendor = (realm: object = {}): Rig =>
  rig({
    realms: [
      {
        vendors: [
          { Id: '56', DisplayName: 'Bob' },
          { Id: '57', DisplayName: 'Ann' },
        ],
        ...realm,
      },
    ],
  })

const FROM_BOB = { VendorRef: { value: '56' } }
const bill = (...Line: object[]) => ({ ...FROM_BOB, Line })

describe('a new bill', () => {
  it('needs only a vendor and a line; the rest is filled in', async () => {
    const qbo = withVendor()
    const made = await qbo.write('Bill', bill(expense(200)))
    expect(made).toMatchObject({
      VendorRef: { value: '56', name: 'Bob' },
      APAccountRef: { value: '33', name: 'Accounts Payable (A/P)' },
      TxnDate: '2026-03-02',
      DueDate: '2026-03-02',
      TotalAmt: 200,
      Balance: 200,
      SyncToken: '0',
      Line: [
        {
          Id: '1',
          LineNum: 1,
          Amount: 200,
          AccountBasedExpenseLineDetail: {
            AccountRef: { value: '7', name: 'Advertising' },
            TaxCodeRef: { value: 'NON' },
            BillableStatus: 'NotBillable',
          },
        },
      ],
    })
    expect(made).not.toHaveProperty('DocNumber')
    expect(made).not.toHaveProperty('CurrencyRef')
  })

  it('falls due as its term says, at the end of short months too', async () => {
    const qbo = withVendor({
      terms: [
        { Id: '3', Name: 'Net 30', DueDays: 30 },
        { Id: '5', Name: '31st', DayOfMonthDue: 31, DueNextMonthDays: 10 },
      ],
    })
    const due = async (TxnDate: string, term: string) =>
      (await qbo.write('Bill', { ...bill(expense(1)), TxnDate, SalesTermRef: { value: term } })).DueDate
    expect(await due('2026-03-08', '3')).toBe('2026-04-07')
    expect(await due('2026-03-08', '5')).toBe('2026-03-31')
    expect(await due('2026-03-25', '5')).toBe('2026-04-30')
  })

  it('adds up in decimals, half a cent rounded up', async () => {
    const qbo = withVendor()
    const { TotalAmt, Line } = await qbo.write('Bill', bill(expense(0.1), expense(0.2), widgets(128.35, 14.5)))
    expect(Line[2]?.Amount).toBe(1861.08)
    expect(TotalAmt).toBe(1861.38)
  })

  it('recomputes an amount that is not quantity times price, or refuses it with 6070', async () => {
    const qbo = withVendor()
    const wrong = bill({ ...widgets(3, 2.5), Amount: 8 })
    expect(await qbo.write('Bill', wrong)).toMatchObject({ TotalAmt: 7.5 })
    qbo.switches['amount.mismatch'] = '6070'
    expect(await qbo.refused('POST', '/bill', wrong)).toBe(
      '6070 Amount is not equal to UnitPrice * Qty. Supplied value:8',
    )
  })

  it('ignores the amount of a line without an item', async () => {
    const text = { DetailType: 'ItemBasedExpenseLineDetail', Amount: 9, ItemBasedExpenseLineDetail: {} }
    expect(await withVendor().write('Bill', bill(expense(5), text))).toMatchObject({ TotalAmt: 5 })
  })

  it('moves the balances of vendor and payables, whose stamps change and whose tokens do not', async () => {
    const qbo = withVendor()
    qbo.clock.now += 30 * MINUTE
    await qbo.write('Bill', bill(expense(200)))
    const touched = { SyncToken: '0', MetaData: { LastUpdatedTime: '2026-03-02T10:30:00-08:00' } }
    expect(await qbo.read('Vendor', '56')).toMatchObject({ Balance: 200, ...touched })
    expect(await qbo.read('Account', '33')).toMatchObject({ CurrentBalance: -200, ...touched })
    expect(await qbo.read('Vendor', '57')).toMatchObject({ MetaData: { LastUpdatedTime: '2026-03-02T10:00:00-08:00' } })
  })
})

describe('a bill is refused', () => {
  it('without vendor, lines, amount, detail or account, each by name', async () => {
    const qbo = withVendor()
    const element = async (body: object) =>
      (await qbo.faults('POST', '/bill', body)).map((one) => `${one.code} ${one.element}`)
    expect(await element({ Line: [expense(1)] })).toEqual(['2020 VendorRef'])
    expect(await element(FROM_BOB)).toEqual(['2020 Line'])
    expect(await element(bill())).toEqual(['2020 Line'])
    expect(await element(bill({ ...expense(1), Amount: undefined }))).toEqual(['2020 Line.Amount'])
    expect(await element(bill({ DetailType: 'AccountBasedExpenseLineDetail', Amount: 1 }))).toEqual([
      '2020 Line.AccountBasedExpenseLineDetail',
    ])
    expect(await element(bill(expense(1, { AccountBasedExpenseLineDetail: {} })))).toEqual([
      '2020 Line.AccountBasedExpenseLineDetail.AccountRef',
    ])
  })

  it('for references that are not there, each in its own words', async () => {
    const qbo = withVendor()
    const detail = async (body: object) => (await qbo.faults('POST', '/bill', body))[0]
    expect(await detail({ VendorRef: { value: '970' }, Line: [expense(1)] })).toEqual({
      Message: 'Invalid Reference Id',
      Detail: 'Invalid Reference Id : Names element id 970 not found',
      code: '2500',
      element: 'Reference Id',
    })
    expect(await detail(bill(expense(1, {}, '404')))).toMatchObject({
      Detail: expect.stringContaining('Accounts element id 404'),
    })
    const classed = { AccountRef: { value: '7' }, ClassRef: { value: '9' } }
    expect(await detail(bill(expense(1, { AccountBasedExpenseLineDetail: classed })))).toMatchObject({
      Detail: expect.stringContaining('Klasses element id 9'),
    })
  })

  it('for keys that a bill does not have: a department on a line, a memo, a status', async () => {
    const qbo = withVendor()
    const onLine = { AccountRef: { value: '7' }, DepartmentRef: { value: '1' } }
    expect(await qbo.refused('POST', '/bill', bill(expense(1, { AccountBasedExpenseLineDetail: onLine })))).toMatch(
      /^2010 .*"DepartmentRef"/,
    )
    expect(await qbo.refused('POST', '/bill', { ...bill(expense(1)), Memo: 'x' })).toMatch(/^2010 .*"Memo"/)
    expect(await qbo.refused('POST', '/bill', { ...bill(expense(1)), POStatus: 'Open' })).toMatch(/^2010 .*"POStatus"/)
  })

  it('for a long number, a false enumeration, an amount in quotes, an impossible date', async () => {
    const qbo = withVendor()
    expect(await qbo.faults('POST', '/bill', { ...bill(expense(1)), DocNumber: 'x'.repeat(45) })).toEqual([
      {
        Message: 'String length is either shorter or longer than supported by specification',
        Detail:
          'String length specified does not match the supported length. Min:0 Max:21 supported. Supplied length:45',
        code: '2050',
        element: 'DocNumber',
      },
    ])
    expect(await qbo.refused('POST', '/bill', bill({ ...expense(1), DetailType: 'Other' }))).toBe(
      '2170 Invalid Enumeration : Other',
    )
    expect(await qbo.refused('POST', '/bill', bill({ ...expense(1), Amount: '1' }))).toMatch(/^2010/)
    expect(await qbo.refused('POST', '/bill', { ...bill(expense(1)), TxnDate: '2026-02-30' })).toMatch(/^2010/)
  })

  it('in a closed period, as are changes of and into it', async () => {
    const qbo = withVendor()
    const { Id } = await qbo.write('Bill', { ...bill(expense(1)), TxnDate: '2026-01-15' })
    qbo.act('settings', { changes: { bookCloseDate: '2026-01-31' } })
    const late = { ...bill(expense(1)), TxnDate: '2026-01-31' }
    expect(await qbo.refused('POST', '/bill', late)).toMatch(/^6210/)
    expect(await qbo.refused('POST', '/bill', { ...late, Id, SyncToken: '0', TxnDate: '2026-02-01' })).toMatch(/^6210/)
    expect(await qbo.refused('POST', '/bill?operation=delete', { Id, SyncToken: '0' })).toMatch(/^6210/)
    await qbo.write('Bill', { ...bill(expense(1)), TxnDate: '2026-02-01' })
  })

  it('for a number that is taken, unless the setting is off or the caller insists', async () => {
    const qbo = withVendor()
    const body = { ...bill(expense(1)), DocNumber: 'INV-1' }
    const { Id } = await qbo.write('Bill', body)
    expect(await qbo.refused('POST', '/bill', body)).toMatch(
      `DocNumber=INV-1 is assigned to TxnType=Bill with TxnId=${Id}`,
    )
    await qbo.write('Bill', body, '?include=allowduplicatedocnum')
    const other = { ...body, VendorRef: { value: '57' } }
    expect(await qbo.refused('POST', '/bill', other)).toMatch(/^6140/)
    qbo.switches['docNumber.scope'] = 'vendor'
    await qbo.write('Bill', other)
    qbo.act('settings', { changes: { warnDuplicateBills: false } })
    await qbo.write('Bill', body)
  })

  it('when classes, departments or the plan are not there, and when the total is below zero', async () => {
    const qbo = withVendor({ departments: [{ Id: '1', Name: 'North' }], trackDepartments: false })
    expect(await qbo.refused('POST', '/bill', { ...bill(expense(1)), DepartmentRef: { value: '1' } })).toMatch(/^6000/)
    qbo.act('settings', { changes: { trackDepartments: true } })
    await qbo.write('Bill', { ...bill(expense(1)), DepartmentRef: { value: '1' } })
    expect(await qbo.refused('POST', '/bill', bill(expense(-1)))).toMatch(/^6000/)
  })

  it('when a line goes to payables, or the payable account is none', async () => {
    const qbo = withVendor()
    expect(await qbo.refused('POST', '/bill', bill(expense(1, {}, '33')))).toMatch(/^6000/)
    expect(await qbo.refused('POST', '/bill', { ...bill(expense(1)), APAccountRef: { value: '7' } })).toMatch(/^6000/)
  })
})

describe('currency and tax', () => {
  const euro = { currency: 'EUR', vendors: [{ Id: '56', DisplayName: 'Bob', CurrencyRef: { value: 'EUR' } }] }

  it('of a bill must be those of its vendor and its payable account', async () => {
    const qbo = rig({
      realms: [
        {
          multicurrency: true,
          accounts: [
            { Id: '33', Name: 'A/P', AccountType: 'Accounts Payable', AccountSubType: 'AccountsPayable' },
            {
              Id: '34',
              Name: 'A/P EUR',
              AccountType: 'Accounts Payable',
              AccountSubType: 'AccountsPayable',
              CurrencyRef: { value: 'EUR' },
            },
            { Id: '7', Name: 'Advertising', AccountType: 'Expense' },
          ],
          vendors: euro.vendors,
        },
      ],
    })
    const body = { ...bill(expense(10)), CurrencyRef: { value: 'EUR' }, ExchangeRate: 1.25 }
    expect(await qbo.write('Bill', body)).toMatchObject({
      APAccountRef: { value: '34' },
      CurrencyRef: { value: 'EUR' },
      ExchangeRate: 1.25,
      HomeBalance: 12.5,
    })
    expect(await qbo.faults('POST', '/bill', bill(expense(1)))).toMatchObject([
      { code: '2020', element: 'CurrencyRef' },
    ])
    const text = /^6000 .*same currency as the A\/R and A\/P accounts/
    expect(await qbo.refused('POST', '/bill', { ...body, CurrencyRef: { value: 'USD' } })).toMatch(text)
    expect(await qbo.refused('POST', '/bill', { ...body, APAccountRef: { value: '33' } })).toMatch(text)
  })

  it('outside the US needs the way of calculation, and a code for purchases on each line', async () => {
    const qbo = withVendor({ country: 'GB', homeCurrency: 'GBP' })
    const coded = (amount: number, code: string) =>
      expense(amount, { AccountBasedExpenseLineDetail: { AccountRef: { value: '7' }, TaxCodeRef: { value: code } } })
    const GlobalTaxCalculation = 'TaxExcluded'
    expect(await qbo.refused('POST', '/bill', bill(coded(10, '4')))).toMatch(/^6000 .*GlobalTaxCalculation/)
    expect(await qbo.refused('POST', '/bill', { ...bill(expense(10)), GlobalTaxCalculation })).toMatch(/^6000/)
    expect(await qbo.refused('POST', '/bill', { ...bill(coded(10, '5')), GlobalTaxCalculation })).toMatch(/^6000/)
    expect(await qbo.refused('POST', '/bill', { ...bill(coded(10, 'NON')), GlobalTaxCalculation })).toMatch(/^2500/)
    const excluded = await qbo.write('Bill', { ...bill(coded(10.02, '4'), coded(10.02, '4')), GlobalTaxCalculation })
    expect(excluded).toMatchObject({ TotalAmt: 24.05, TxnTaxDetail: { TotalTax: 4.01 } })
    const inside = { ...bill(coded(10.02, '4'), coded(10.02, '4')), GlobalTaxCalculation: 'TaxInclusive' }
    expect(await qbo.write('Bill', inside)).toMatchObject({
      TotalAmt: 20.04,
      TxnTaxDetail: { TotalTax: 3.34 },
      Line: [{ Amount: 8.35, AccountBasedExpenseLineDetail: { TaxInclusiveAmt: 10.02 } }, {}],
    })
    const none = { ...bill(expense(10)), GlobalTaxCalculation: 'NotApplicable' }
    expect(await qbo.write('Bill', none)).toMatchObject({ TotalAmt: 10 })
  })

  it('in the US knows TAX and NON and nothing else', async () => {
    const coded = expense(1, {
      AccountBasedExpenseLineDetail: { AccountRef: { value: '7' }, TaxCodeRef: { value: '4' } },
    })
    expect(await withVendor().refused('POST', '/bill', bill(coded))).toMatch(/^2500/)
  })
})

describe('a change of a bill', () => {
  it('is the whole list of lines, sparse or not; known Ids keep their lines and the others are new', async () => {
    const qbo = withVendor()
    const { Id, Line } = await qbo.write('Bill', {
      ...bill(expense(10, { Description: 'ads' }), expense(20)),
      PrivateNote: 'note',
    })
    const { Description: _, ...first } = { Description: '', ...Line[0] }
    const sparse = await qbo.write('Bill', { ...FROM_BOB, Id, SyncToken: '0', sparse: true, Line: [first, expense(5)] })
    expect(sparse).toMatchObject({
      PrivateNote: 'note',
      TotalAmt: 15,
      SyncToken: '1',
      Line: [{ Id: '1' }, { Id: '3' }],
    })
    expect(sparse.Line[0]).not.toHaveProperty('Description')
    const unknown = await qbo.write('Bill', {
      ...FROM_BOB,
      Id,
      SyncToken: '1',
      Line: [
        { ...expense(1), Id: '-1' },
        { ...expense(2), Id: '99' },
      ],
    })
    expect(unknown.Line.map((line) => line.Id)).toEqual(['4', '5'])
    expect(unknown).not.toHaveProperty('PrivateNote')
    expect(await qbo.read('Vendor', '56')).toMatchObject({ Balance: 3 })
  })

  it('names the vendor every time, has lines if it is full, and meets the token', async () => {
    const qbo = withVendor()
    const { Id } = await qbo.write('Bill', bill(expense(10)))
    expect(await qbo.faults('POST', '/bill', { Id, SyncToken: '0', sparse: true, PrivateNote: 'x' })).toMatchObject([
      { code: '2020', element: 'VendorRef' },
    ])
    expect(await qbo.faults('POST', '/bill', { ...FROM_BOB, Id, SyncToken: '0' })).toMatchObject([
      { code: '2020', element: 'Line' },
    ])
    expect(await qbo.refused('POST', '/bill', { ...bill(expense(1)), Id, SyncToken: '4' })).toMatch(/^5010/)
  })

  it('that sends back what was read changes nothing', async () => {
    const qbo = withVendor()
    const made = await qbo.write('Bill', { ...bill(expense(10), widgets(2, 3)), DocNumber: 'A' })
    qbo.clock.now += 30 * MINUTE
    expect(await qbo.write('Bill', made)).toEqual(made)
  })

  it('made by a payment raises the token, so that an older one is stale', async () => {
    const qbo = withVendor()
    const made = await qbo.write('Bill', bill(expense(100)))
    qbo.act('pay-bill', { id: made.Id, amount: 40 })
    const paid = await qbo.read('Bill', made.Id)
    expect(paid).toMatchObject({
      Balance: 60,
      TotalAmt: 100,
      SyncToken: '1',
      LinkedTxn: [{ TxnType: 'BillPaymentCheck' }],
    })
    expect(await qbo.read('Vendor', '56')).toMatchObject({ Balance: 60 })
    expect(await qbo.refused('POST', '/bill', { ...made, PrivateNote: 'late' })).toMatch(/^5010/)
    expect(await qbo.refused('POST', '/bill?operation=delete', { Id: made.Id, SyncToken: '1' })).toMatch(/^6000/)
    expect(await qbo.write('Bill', { ...paid, PrivateNote: 'now' })).toMatchObject({ Balance: 60, SyncToken: '2' })
    qbo.act('unpay-bill', { id: made.Id })
    expect(await qbo.read('Bill', made.Id)).toMatchObject({ Balance: 100, SyncToken: '3' })
  })
})

describe('the end of a bill', () => {
  it('is a delete, after which its id is that of a deleted transaction', async () => {
    const qbo = withVendor()
    const { Id } = await qbo.write('Bill', bill(expense(10)))
    expect(await qbo.ok('POST', '/bill?operation=delete', { Id, SyncToken: '0' })).toEqual({
      Bill: { domain: 'QBO', status: 'Deleted', Id },
      time: expect.any(String),
    })
    expect(await qbo.refused('GET', `/bill/${Id}`)).toBe(
      '610 Object Not Found : Another user has deleted this transaction.',
    )
    expect(await qbo.read('Vendor', '56')).toMatchObject({ Balance: 0 })
  })

  it('is never a void: that is a system fault inside a 200', async () => {
    const qbo = withVendor()
    const { Id } = await qbo.write('Bill', bill(expense(10)))
    expect(await qbo.call('POST', '/bill?operation=void', { Id, SyncToken: '0' })).toMatchObject({
      status: 200,
      body: { Fault: { Error: [{ code: '10000' }], type: 'SystemFault' } },
    })
  })

  it('leaves the Id unused, while a vendor and an account may have the same one', async () => {
    const qbo = withVendor()
    const { Id } = await qbo.write('Bill', bill(expense(10)))
    await qbo.ok('POST', '/bill?operation=delete', { Id, SyncToken: '0' })
    expect(Number((await qbo.write('Bill', bill(expense(10)))).Id)).toBeGreaterThan(Number(Id))
  })
})

it('takes a vendor credit like a bill, and owes less for it', async () => {
  const qbo = withVendor()
  await qbo.write('Bill', bill(expense(100)))
  const credit = await qbo.write('VendorCredit', { ...bill(expense(30)), DocNumber: 'CR-1' })
  expect(credit).toMatchObject({ TotalAmt: 30, Balance: 30, DocNumber: 'CR-1' })
  expect(credit).not.toHaveProperty('DueDate')
  expect(await qbo.read('Vendor', '56')).toMatchObject({ Balance: 70 })
  expect(await qbo.refused('POST', '/vendorcredit', { ...bill(expense(1)), DueDate: '2026-04-01' })).toMatch(/^2010/)
})

it('writes nothing for a company whose subscription has ended', async () => {
  const qbo = withVendor()
  qbo.act('settings', { changes: { status: 'suspended' } })
  expect(await qbo.refused('POST', '/bill', bill(expense(1)))).toMatch(/^6190/)
  await qbo.read('Vendor', '56')
  qbo.switches['suspended.status'] = 200
  qbo.switches['suspended.readsToo'] = true
  expect(await qbo.call('GET', '/vendor/56')).toMatchObject({
    status: 200,
    body: { Fault: { Error: [{ code: '6190' }] } },
  })
})
