import { describe, expect, it } from 'vitest'
import { at, bricks, errorAt, freight, type Rig, rig, withVendor, wrapped } from './acumatica/rig'

const WITH_LINES = 'Bill?$expand=Details,TaxDetails'

describe('PUT Bill', () => {
  it('makes a bill of an account line and completes it from vendor, terms and date', async () => {
    const made = await withVendor().put(WITH_LINES, freight())
    expect(made).toMatchObject({
      Type: { value: 'Bill' },
      ReferenceNbr: { value: '000001' },
      Status: { value: 'Balanced' },
      Date: { value: '2026-03-04T00:00:00-05:00' },
      DueDate: { value: '2026-04-03T00:00:00-04:00' },
      PostPeriod: { value: '032026' },
      CurrencyID: { value: 'USD' },
      Terms: { value: '30D' },
      BranchID: { value: 'MAIN' },
      LocationID: { value: 'MAIN' },
      Project: { value: 'X' },
      Amount: { value: 42.5 },
      Balance: { value: 42.5 },
      TaxTotal: { value: 0 },
      TaxDetails: [],
    })
    expect(made.Details).toMatchObject([
      {
        rowNumber: 1,
        Account: { value: '61000' },
        Description: { value: 'Freight and cartage' },
        TransactionDescription: { value: 'Freight' },
        Subaccount: { value: '000000' },
        ExtendedCost: { value: 42.5 },
        InventoryID: {},
        POOrderNbr: {},
        _links: { 'files:put': expect.stringContaining('/files/PX.Objects.AP.APInvoiceEntry/Transactions/') },
      },
    ])
  })

  it('ignores a status, a number and totals that are sent, and a line description, which is the account’s name', async () => {
    const sent = { Status: 'Open', ReferenceNbr: '777777', Amount: 1, Balance: 1, TaxTotal: 9 }
    const made = await withVendor().put(WITH_LINES, freight(sent, { Description: 'mine', Amount: 7 }))
    expect(
      ['Status', 'ReferenceNbr', 'Amount', 'Balance', 'TaxTotal', 'Details.0.Amount'].map((one) => at(made, one)),
    ).toEqual(['Balanced', '000001', 42.5, 42.5, 0, 42.5])
    expect(at(made, 'Details.0.Description')).toBe('Freight and cartage')
  })

  it('makes another one each time, because the system gives the number', async () => {
    const acu = withVendor()
    const first = await acu.put('Bill', freight())
    const second = await acu.put('Bill', freight(), { 'if-none-match': '*' })
    expect(at(second, 'ReferenceNbr')).not.toBe(at(first, 'ReferenceNbr'))
    expect(await acu.filtered('Bill', "VendorRef eq 'INV-1' and Vendor eq 'ACME01'")).toHaveLength(2)
  })

  it('takes the caller’s number under manual numbering, and needs it', async () => {
    const acu = withVendor({ preferences: { documentNumbering: 'manual' } })
    expect(errorAt(await acu.refused('Bill', freight()), 'ReferenceNbr')).toBe("'Reference Nbr.' cannot be empty.")
    expect(at(await acu.put('Bill', freight({ ReferenceNbr: 'A-1' })), 'ReferenceNbr')).toBe('A-1')
    await acu.expected(412, 'PUT', '/Bill', wrapped(freight({ ReferenceNbr: 'A-1' })), { 'if-none-match': '*' })
  })

  it('takes a type by label or code, dates in three forms, and numbers as text', async () => {
    const acu = withVendor()
    for (const day of ['2026-03-04', '2026-03-04T00:00:00+00:00', '03/04/2026']) {
      const made = await acu.put('Bill', freight({ Type: 'ADR', Date: day }, { UnitCost: '42.50', Qty: '1' }))
      expect([at(made, 'Type'), at(made, 'Date'), at(made, 'Amount')]).toEqual([
        'Debit Adj.',
        '2026-03-04T00:00:00-05:00',
        42.5,
      ])
    }
    await acu.expected(400, 'PUT', '/Bill', wrapped(freight({ Date: 'March 4' })))
    expect(errorAt(await acu.refused('Bill', freight({ Type: 'Invoice' })), 'Type')).toMatch('Invoice')
  })

  it('reckons to the decimals of the currency, half up, without floating errors', async () => {
    const acu = withVendor()
    const cent = await acu.put(WITH_LINES, freight({}, { Qty: 3, UnitCost: '0.335' }))
    expect([at(cent, 'Details.0.ExtendedCost'), at(cent, 'Amount')]).toEqual([1.01, 1.01])
    const yen = await acu.put(WITH_LINES, freight({ CurrencyID: 'JPY' }, { Qty: 3, UnitCost: '33.5' }))
    expect(at(yen, 'Details.0.ExtendedCost')).toBe(101)
    const lines = [0.1, 0.2].map((UnitCost) => ({ Qty: 1, UnitCost, Account: '61000' }))
    expect(at(await acu.put('Bill', freight({ Details: lines })), 'Amount')).toBe(0.3)
  })

  it('keeps an extended cost that is sent, or reckons it, as switched', async () => {
    const acu = withVendor()
    const odd = freight({}, { Qty: 3, UnitCost: '3.33', ExtendedCost: '10.00' })
    expect(at(await acu.put('Bill', odd), 'Amount')).toBe(10)
    expect(at(await acu.put('Bill', freight({}, { Qty: null, UnitCost: null, ExtendedCost: 12.34 })), 'Amount')).toBe(
      12.34,
    )
    acu.switches['line.extendedCost'] = 'recomputed'
    expect(at(await acu.put('Bill', odd), 'Amount')).toBe(9.99)
  })

  it('rounds quantities and prices to what the company keeps', async () => {
    const acu = withVendor({ preferences: { quantityDecimals: 2, unitCostDecimals: 2 } })
    const made = await acu.put(WITH_LINES, freight({}, { Qty: '1.005', UnitCost: '2.345' }))
    expect(['Qty', 'UnitCost', 'ExtendedCost'].map((name) => at(made, `Details.0.${name}`))).toEqual([1.01, 2.35, 2.37])
  })

  it('adds tax by category for a vendor with a tax zone', async () => {
    const vendors = [{ VendorID: 'ACME01', VendorName: 'Acme', TaxZone: 'LOCAL' }]
    const made = await withVendor({ vendors }).put(WITH_LINES, freight({}, { TaxCategory: 'TAXABLE' }))
    expect(['TaxTotal', 'Amount'].map((name) => at(made, name))).toEqual([4.25, 46.75])
    expect(made.TaxDetails).toMatchObject([
      { TaxID: { value: 'TAXABLE' }, TaxableAmount: { value: 42.5 }, TaxAmount: { value: 4.25 } },
    ])
  })
})

describe('lines of a bill', () => {
  it('are added by a second PUT, changed by id, and removed by delete', async () => {
    const acu = withVendor()
    await acu.put('Bill', freight())
    const key = { Type: 'Bill', ReferenceNbr: '000001' }
    const twice = await acu.put(WITH_LINES, { ...key, Details: freight().Details })
    expect(at(twice, 'Amount')).toBe(85)
    const [first, second] = Array.isArray(twice.Details) ? twice.Details.map(({ id }) => String(id)) : []
    const lines = [
      { id: first, UnitCost: 10 },
      { id: second, delete: true },
    ]
    const changed = await acu.put(WITH_LINES, { ...key, Details: lines })
    expect(changed.Details).toHaveLength(1)
    expect([at(changed, 'Amount'), at(changed, 'Details.0.TransactionDescription')]).toEqual([10, 'Freight'])
    const unknown = { ...key, Details: [{ id: crypto.randomUUID(), Qty: 1 }] }
    expect(await acu.failure('PUT', '/Bill', wrapped(unknown))).toBe('NoEntitySatisfiesTheConditionException')
  })

  it('cannot bear a stock item alone, but a non-stock item', async () => {
    const acu = withVendor()
    const alone = await acu.refused('Bill', freight({}, { InventoryID: 'BRICKS' }))
    expect(errorAt(alone, 'Details.0.InventoryID')).toMatch('must be linked')
    const made = await acu.put(WITH_LINES, freight({ Details: [{ InventoryID: 'DELIVERY', Qty: 1, UnitCost: 5 }] }))
    expect(at(made, 'Details.0.Account')).toBe('61000')
    const without = withVendor({ features: { inventory: false } })
    expect(at(await without.put('Bill', freight({}, { InventoryID: 'BRICKS' })), 'Status')).toBe('Balanced')
  })

  it('take a stock item from a line of an order, or the whole order', async () => {
    const acu = withVendor()
    const details = [...bricks().Details, { LineType: 'Service', Account: '61000', OrderQty: 1, UnitCost: 7 }]
    await acu.put('PurchaseOrder', bricks({ Details: details }))
    const one = freight({ Details: [{ POOrderType: 'Normal', POOrderNbr: '000001', POLine: 1, Qty: 4 }] })
    const made = await acu.put(WITH_LINES, one)
    expect(['InventoryID', 'UnitCost', 'Qty', 'Account'].map((name) => at(made, `Details.0.${name}`))).toEqual([
      'BRICKS',
      12.35,
      4,
      '12100',
    ])
    const whole = await acu.put(WITH_LINES, freight({ Details: [{ POOrderType: 'Normal', POOrderNbr: '000001' }] }))
    expect([at(whole, 'Details.1.POLine'), at(whole, 'Amount')]).toEqual([2, 130.5])
  })

  it('take the lines of a receipt', async () => {
    const acu = withVendor()
    await acu.put('PurchaseOrder', bricks())
    acu.act('receive-order', { key: '000001', number: 'R1', lines: [{ line: 1, qty: '6' }] })
    const made = await acu.put(WITH_LINES, freight({ Details: [{ POReceiptNbr: 'R1' }] }))
    expect(['POOrderNbr', 'POReceiptLine', 'Qty', 'Amount'].map((name) => at(made, `Details.0.${name}`))).toEqual([
      '000001',
      1,
      6,
      74.1,
    ])
    const gone = await acu.refused('Bill', freight({ Details: [{ POReceiptNbr: 'R2', POReceiptLine: 1 }] }))
    expect(errorAt(gone, 'Details.0.POReceiptNbr')).toBe('Receipt Line: R2, 1 not found.')
  })

  it('are refused for an order or a line that is not there, or that belongs to another vendor', async () => {
    const vendors = ['ACME01', 'OTHER'].map((VendorID) => ({ VendorID, VendorName: VendorID }))
    const acu = withVendor({ vendors })
    await acu.put('PurchaseOrder', bricks())
    const to = (line: object, extra: object = {}) =>
      acu.refused(
        'Bill',
        freight({ ...extra, Details: [{ POOrderType: 'Normal', POOrderNbr: '000001', POLine: 1, ...line }] }),
      )
    expect(errorAt(await to({ POLine: 9 }), 'Details.0.POLine')).toBe('Order Line: 000001, 9 not found.')
    const missing = 'Purchase Order Normal 000009 was not found.'
    expect(errorAt(await to({ POOrderNbr: '000009' }), 'Details.0.POOrderNbr')).toBe(missing)
    expect(errorAt(await to({}, { Vendor: 'OTHER' }), 'Details.0.POOrderNbr')).toMatch('was not found')
  })
})

describe('a refused bill', () => {
  it('is <NEW>, with each error at its place', async () => {
    const acu = withVendor()
    const header = { Vendor: 'NOSUCH', Terms: 'X', CurrencyID: 'XXX', BranchID: 'MOON', VendorRef: 'r'.repeat(41) }
    const line = {
      Account: '99999',
      Subaccount: '9',
      UOM: 'LY',
      TaxCategory: 'NONE',
      TransactionDescription: 't'.repeat(257),
    }
    const told = await acu.refused('Bill', freight(header, line))
    expect(told).toMatchObject({
      error: "Inserting  'Bills and Adjustments' record raised at least one error. Please review the errors.",
      ReferenceNbr: { value: '<NEW>' },
      Vendor: { value: 'NOSUCH', error: "'Vendor' cannot be found in the system." },
      Details: [{ Account: { value: '99999', error: "'Account' cannot be found in the system." } }],
    })
    for (const name of ['Terms', 'CurrencyID', 'BranchID', 'VendorRef']) expect(errorAt(told, name), name).toBeDefined()
    for (const name of ['Subaccount', 'UOM', 'TaxCategory', 'TransactionDescription'])
      expect(errorAt(told, `Details.0.${name}`), name).toBeDefined()
    expect(await acu.list('Bill')).toEqual([])
  })

  it('tells of a date outside the calendar, a closed period, and a period that is sent', async () => {
    const acu = withVendor({ periods: { first: '2026-01', last: '2026-12', closed: ['2026-01'] } })
    const outside = await acu.refused('Bill', freight({ Date: '2024-10-01' }))
    expect(errorAt(outside, 'Date')).toBe(
      'The financial period that corresponds to the 10/1/2024 date does not exist in the master financial calendar.',
    )
    expect(errorAt(await acu.refused('Bill', freight({ Date: '2026-01-31' })), 'Date')).toMatch('closed')
    const later = await acu.put('Bill', freight({ Date: '2026-01-31', PostPeriod: '02-2026' }))
    expect(at(later, 'PostPeriod')).toBe('022026')
    expect(errorAt(await acu.refused('Bill', freight({ PostPeriod: '012026' })), 'PostPeriod')).toMatch('closed')
  })

  it('needs the control total where totals are validated, once off hold', async () => {
    const acu = withVendor({ preferences: { validateBillTotals: true } })
    expect(at(await acu.put('Bill', freight({ Hold: true, Amount: 1 })), 'Amount')).toBe(1)
    expect(errorAt(await acu.refused('Bill', freight({ Amount: 42.49 })), 'Amount')).toBe(
      'The document is out of balance.',
    )
    expect(errorAt(await acu.refused('Bill', freight()), 'Amount')).toBeDefined()
    expect(at(await acu.put('Bill', freight({ Amount: '42.50' })), 'Status')).toBe('Balanced')
  })

  it('needs a vendor reference where that is mandatory, and a new one where it is unique', async () => {
    const vendors = ['ACME01', 'OTHER'].map((VendorID) => ({ VendorID, VendorName: VendorID }))
    const acu = withVendor({ vendors, preferences: { requireVendorRef: true, uniqueVendorRef: true } })
    expect(errorAt(await acu.refused('Bill', freight({ VendorRef: null })), 'VendorRef')).toBe(
      "'Vendor Ref.' cannot be empty.",
    )
    await acu.put('Bill', freight())
    expect(await acu.failure('PUT', '/Bill', wrapped(freight({ VendorRef: 'inv-1' })))).toBe(
      'OutcomeEntityHasErrorsException',
    )
    expect(at(await acu.put('Bill', { ReferenceNbr: '000001', Description: 'not its own twin' }), 'VendorRef')).toBe(
      'INV-1',
    )
    acu.switches['duplicates.status'] = 422
    expect(errorAt(await acu.refused('Bill', freight()), 'VendorRef')).toMatch('INV-1')
    await acu.put('Bill', freight({ Vendor: 'OTHER' }))
    await acu.put('Bill', freight({ Type: 'Debit Adj.' }))
    acu.switches['duplicates.acrossTypes'] = true
    await acu.refused('Bill', freight({ Type: 'Credit Adj.' }))
    expect(await acu.list('Bill')).toHaveLength(3)
  })

  it('drops subaccounts where the feature is off, whose list is then 403', async () => {
    const acu = withVendor({ features: { subaccounts: false } })
    const made = await acu.put(WITH_LINES, freight({}, { Subaccount: '999' }))
    expect(at(made, 'Details.0.Subaccount')).toBeUndefined()
    await acu.expected(403, 'GET', '/Subaccount')
  })
})

describe('the states of a bill', () => {
  const statusOf = async (acu: Rig, number = '000001') => at(await acu.get(`Bill/Bill/${number}`), 'Status')

  it('go from hold by the preference or by what is sent', async () => {
    const acu = withVendor()
    expect(at(await acu.put('Bill', freight({ Hold: null })), 'Status')).toBe('On Hold')
    const key = { Type: 'Bill', ReferenceNbr: '000001' }
    expect(at(await acu.put('Bill', { ...key, Hold: false }), 'Status')).toBe('Balanced')
    expect(at(await acu.put('Bill', { ...key, Hold: true }), 'Status')).toBe('On Hold')
    const eager = withVendor({ preferences: { holdBillsOnEntry: false } })
    expect(at(await eager.put('Bill', freight({ Hold: null })), 'Status')).toBe('Balanced')
  })

  it('wait for approval where there are approval maps', async () => {
    const acu = withVendor({ preferences: { approveBills: true } })
    expect(at(await acu.put('Bill', freight()), 'Status')).toBe('Pending Approval')
    acu.act('reject-bill', { key: '000001' })
    expect(await statusOf(acu)).toBe('Rejected')
    await acu.put('Bill', { ReferenceNbr: '000001', Hold: true })
    await acu.put('Bill', { ReferenceNbr: '000001', Hold: false })
    acu.act('approve-bill', { key: '000001' })
    expect(await statusOf(acu)).toBe('Balanced')
  })

  it('go on with release and payment, and a released bill takes no more edits', async () => {
    const acu = withVendor()
    await acu.put('Bill', freight())
    acu.act('release-bill', { key: '000001' })
    const edited = await acu.put('Bill', { ReferenceNbr: '000001', Description: 'late', Details: freight().Details })
    expect([at(edited, 'Status'), at(edited, 'Description'), at(edited, 'Amount')]).toEqual(['Open', undefined, 42.5])
    acu.act('pay-bill', { key: '000001', amount: '20.50' })
    const partly = await acu.get('Bill/Bill/000001')
    expect([at(partly, 'Balance'), at(partly, 'Status')]).toEqual([22, 'Open'])
    acu.act('pay-bill', { key: '000001' })
    expect(await statusOf(acu)).toBe('Closed')
    expect(() => acu.act('pay-bill', { key: '000001', amount: '1' })).toThrow('owed')
    expect(await acu.failure('DELETE', '/Bill/Bill/000001')).toBe('OutcomeEntityHasErrorsException')
    acu.act('status', { entity: 'Bill', key: '000001', status: 'Voided' })
    expect(await statusOf(acu)).toBe('Voided')
  })

  it('can be seeded with number and status', async () => {
    const acu = withVendor({ bills: [{ ...freight(), ReferenceNbr: '004210', Status: 'Closed' }] })
    expect(await statusOf(acu, '004210')).toBe('Closed')
    expect(() => rig({ tenants: [{ bills: [freight()] }] })).toThrow("Vendor: 'Vendor' cannot be found")
  })
})
