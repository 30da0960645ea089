import { describe, expect, it } from 'vitest'
import { expense, type Made, type Rig, rig, widgets } from './quickbooks/rig'

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

const BOB = { VendorRef: { value: '56' } }
const order = (...Line: object[]) => ({ ...BOB, APAccountRef: { value: '33' }, Line })
const TxnType = 'PurchaseOrder'

const linked = (line: object, TxnId: string, TxnLineId: string) => ({
  ...line,
  LinkedTxn: [{ TxnId, TxnType, TxnLineId }],
})
const billFor = (TxnId: string, ...Line: object[]) => ({ ...BOB, LinkedTxn: [{ TxnId, TxnType }], Line })

const two = (qbo: Rig): Promise<Made> => qbo.write('PurchaseOrder', order(widgets(10, 2.5), expense(7.4)))
const full = (id: string) => billFor(id, linked(widgets(10, 2.5), id, '1'), linked(expense(7.4), id, '2'))

describe('a purchase order', () => {
  it('is numbered by the company, posts nothing, and needs its payable account', async () => {
    const qbo = withVendor()
    const made = await two(qbo)
    expect(made).toMatchObject({ DocNumber: '1001', TotalAmt: 32.4, Line: [{ Id: '1' }, { Id: '2' }] })
    expect(made).not.toHaveProperty('POStatus')
    expect(await qbo.read('PurchaseOrder', made.Id)).toMatchObject({ POStatus: 'Open' })
    expect(await qbo.read('Vendor', '56')).toMatchObject({ Balance: 0 })
    expect(await qbo.faults('POST', '/purchaseorder', { ...BOB, Line: [expense(1)] })).toMatchObject([
      { code: '2020', element: 'APAccountRef' },
    ])
    qbo.act('settings', { changes: { customTxnNumbers: true } })
    expect(await two(qbo)).not.toHaveProperty('DocNumber')
  })

  it('has no department, and does not exist below Plus', async () => {
    const qbo = withVendor()
    expect(
      await qbo.refused('POST', '/purchaseorder', { ...order(expense(1)), DepartmentRef: { value: '1' } }),
    ).toMatch(/^2010/)
    qbo.act('settings', { changes: { plan: 'essentials' } })
    expect(await qbo.refused('POST', '/purchaseorder', order(expense(1)))).toMatch(/^6000/)
  })

  it('can be closed by hand and be changed as a whole', async () => {
    const qbo = withVendor()
    const { Id } = await two(qbo)
    const read = await qbo.read('PurchaseOrder', Id)
    expect(await qbo.write('PurchaseOrder', { ...read, POStatus: 'Closed', Memo: 'done' })).toMatchObject({
      POStatus: 'Closed',
      Memo: 'done',
      SyncToken: '1',
    })
  })
})

describe('a bill for an order', () => {
  it('shows its links, and closes the order when all of it is billed', async () => {
    const qbo = withVendor()
    const { Id } = await two(qbo)
    const bill = await qbo.write('Bill', full(Id))
    expect(bill).toMatchObject({
      TotalAmt: 32.4,
      LinkedTxn: [{ TxnId: Id, TxnType }],
      Line: [{ LinkedTxn: [{ TxnId: Id, TxnType, TxnLineId: '1' }] }, { LinkedTxn: [{ TxnLineId: '2' }] }],
    })
    expect(await qbo.read('PurchaseOrder', Id)).toMatchObject({
      POStatus: 'Closed',
      SyncToken: '1',
      LinkedTxn: [{ TxnId: bill.Id, TxnType: 'Bill' }],
    })
  })

  it('for a part leaves it open, until other bills cover the rest', async () => {
    const qbo = withVendor()
    const { Id } = await qbo.write('PurchaseOrder', order(widgets(10, 2.5)))
    await qbo.write('Bill', billFor(Id, linked(widgets(4, 2.5), Id, '1')))
    expect(await qbo.read('PurchaseOrder', Id)).toMatchObject({ POStatus: 'Open' })
    await qbo.write('Bill', billFor(Id, linked(widgets(6, 2.5), Id, '1')))
    expect(await qbo.read('PurchaseOrder', Id)).toMatchObject({ POStatus: 'Closed', SyncToken: '2' })
  })

  it.each<[string, (id: string) => object]>([
    ['an order that is not there', () => billFor('999', linked(widgets(1, 1), '999', '1'))],
    ['a line that the order has not', (id) => billFor(id, linked(widgets(1, 1), id, '9'))],
    [
      'an order of another vendor',
      (id) => ({ ...billFor(id, linked(widgets(1, 1), id, '1')), VendorRef: { value: '57' } }),
    ],
    ['a link on the line only', (id) => ({ ...BOB, Line: [linked(widgets(1, 1), id, '1')] })],
    ['a link on the header only', (id) => billFor(id, widgets(1, 1))],
    [
      'a link without the line of the order',
      (id) => billFor(id, { ...widgets(1, 1), LinkedTxn: [{ TxnId: id, TxnType }] }),
    ],
    ['a new line that brings an Id', (id) => billFor(id, { ...linked(widgets(1, 1), id, '1'), Id: '1' })],
    ['a new line that brings a number', (id) => billFor(id, { ...linked(widgets(1, 1), id, '1'), LineNum: 1 })],
  ])('drops %s without a word', async (_what, body) => {
    const qbo = withVendor()
    const { Id } = await two(qbo)
    const bill = await qbo.write('Bill', body(Id))
    expect(JSON.stringify(bill)).not.toContain('LinkedTxn')
    expect(await qbo.read('PurchaseOrder', Id)).toMatchObject({ SyncToken: '0', POStatus: 'Open' })
  })

  it('drops the link to an order that is closed', async () => {
    const qbo = withVendor()
    const { Id } = await two(qbo)
    await qbo.write('Bill', full(Id))
    expect(await qbo.write('Bill', full(Id))).not.toHaveProperty('LinkedTxn')
  })

  it('keeps its links in a change that repeats them, and can link new lines only', async () => {
    const qbo = withVendor()
    const { Id } = await two(qbo)
    const bill = await qbo.write('Bill', billFor(Id, linked(widgets(10, 2.5), Id, '1'), expense(7.4)))
    const kept = await qbo.write('Bill', { ...bill, PrivateNote: 'more' })
    expect(kept).toMatchObject({ LinkedTxn: [{ TxnId: Id }], Line: [{ LinkedTxn: [{ TxnLineId: '1' }] }, {}] })
    const [first, second] = kept.Line
    const late = await qbo.write('Bill', { ...kept, Line: [first, linked({ ...second }, Id, '2')] })
    expect(late.Line[1]).not.toHaveProperty('LinkedTxn')
    const added = await qbo.write('Bill', { ...late, Line: [first, linked(expense(7.4), Id, '2')] })
    expect(added.Line[1]).toMatchObject({ LinkedTxn: [{ TxnLineId: '2' }] })
    expect(await qbo.read('PurchaseOrder', Id)).toMatchObject({ POStatus: 'Closed' })
  })

  it('leaves an order as it is when what was read of it is sent back, open or closed', async () => {
    const qbo = withVendor()
    const { Id } = await two(qbo)
    const open = await qbo.read('PurchaseOrder', Id)
    expect(await qbo.write('PurchaseOrder', open)).toEqual(open)
    await qbo.write('Bill', full(Id))
    const closed = await qbo.read('PurchaseOrder', Id)
    expect(await qbo.write('PurchaseOrder', closed)).toEqual(closed)
  })

  it('holds both: neither can be deleted until a user unlinks them', async () => {
    const qbo = withVendor()
    const { Id } = await two(qbo)
    const bill = await qbo.write('Bill', full(Id))
    expect(await qbo.refused('POST', '/purchaseorder?operation=delete', { Id, SyncToken: '1' })).toMatch(/^6000/)
    expect(await qbo.refused('POST', '/bill?operation=delete', { Id: bill.Id, SyncToken: '0' })).toMatch(/^6000/)
    qbo.act('delete', { entity: 'Bill', id: bill.Id })
    const free = await qbo.read('PurchaseOrder', Id)
    expect(free).toMatchObject({ POStatus: 'Open', SyncToken: '2' })
    await qbo.ok('POST', '/purchaseorder?operation=delete', { Id, SyncToken: '2' })
  })
})
