import { describe, expect, it } from 'vitest'
import { randomOf } from '../chaos/random'
import {
  booksOf,
  type Firm,
  FLOWS,
  inAcumatica,
  later,
  map,
  openFirm,
  pathOf,
  polled,
  writesTo,
} from '../support/acumatica-cin7'
import {
  approveInAcumatica,
  changeInCin7,
  monthOf,
  postInAcumatica,
  purchasesIn,
  SUPPLIER_SEEDS,
} from '../support/acumatica-month'
import { standingInAcumatica, standingInCin7 } from '../support/acumatica-month-books'
import { compare, itemsOf, reconciledFlows } from '../support/reconciliation'

const SEED = 20261031
const COUNT = 300

const SETTINGS = {
  orders: { account: '54000', voided: 'delete' },
  bills: { lines: 'order', voided: 'delete' },
}

const open = async (purchases: object[]): Promise<Firm> => {
  const firm = await openFirm({
    cin7: {
      suppliers: SUPPLIER_SEEDS,
      currencyRates: { EUR: '1.0875' },
      purchases,
    },
    settings: SETTINGS,
    connection: { callsPerMinute: 2_000 },
  })
  await map(firm, 'item', { WIDGET: 'WIDGET' })
  const carried = ['supplier', 'order', 'bill', 'credit'] as const
  const flows = Object.fromEntries(carried.map((name) => [FLOWS[name], { enabled: true, onFailure: 'continue' }]))
  await firm.admin.call('PATCH', pathOf(firm), { flows })
  return firm
}

const standings = async (firm: Firm) => {
  const books = await booksOf(firm)
  const carried = new Set(books.PurchaseOrder.map(({ VendorRef }) => VendorRef))
  return { books, acumatica: standingInAcumatica(books), cin7: standingInCin7(await purchasesIn(firm), carried) }
}

describe(`a month of ${COUNT} purchases in every stage`, () => {
  it('ends with bills equal per vendor and account, orders and credits equal, the rest listed with its reason, and nothing left to do', {
    timeout: 300_000,
  }, async () => {
    const random = randomOf(SEED, 'acumatica')
    const firm = await open(monthOf(random, COUNT))
    await polled(firm)
    await postInAcumatica(firm)
    // From now on bills are to be posted, and an approver has to look at them first.
    await inAcumatica(firm, 'settings', { preferences: { approveBills: true } })
    const bills = { ...SETTINGS.bills, status: 'release' }
    const { settings } = await firm.admin.call<{ settings: object }>('GET', pathOf(firm))
    await firm.admin.call('PATCH', pathOf(firm), { settings: { ...settings, bills } })
    await later()
    await changeInCin7(firm, random)
    await polled(firm)
    await later()
    const { onHold, refused } = await approveInAcumatica(firm)
    await polled(firm)

    const { books, acumatica, cin7 } = await standings(firm)
    expect(acumatica).toEqual(cin7)
    expect(Object.keys(cin7.payable)).toHaveLength(4)
    expect(books.PurchaseOrder.length).toBeGreaterThan(200)
    expect(books.Bill.length).toBeGreaterThan(150)
    const states = new Set(books.Bill.map(({ Status }) => Status))
    expect([...states].sort()).toEqual(['Balanced', 'Closed', 'On Hold', 'Open', 'Pending Approval', 'Rejected'])

    await compare(firm)
    const items = await itemsOf(firm)
    const flows = await reconciledFlows(firm)
    expect(flows.map(({ flow }) => flow)).toEqual([FLOWS.order, FLOWS.bill, FLOWS.credit])
    for (const { flow, counts } of flows)
      expect({ flow, ...counts }).toMatchObject({ differs: 0, changed: 0, only_target: 0 })
    expect(flows.map(({ counts }) => counts.matched)).toEqual([
      books.PurchaseOrder.length,
      books.Bill.filter(({ Type }) => Type === 'Bill').length - 2,
      books.Bill.filter(({ Type }) => Type === 'Debit Adj.').length,
    ])
    const gone = items.filter(({ code }) => code === 'gone_in_target')
    const refOf = new Map(books.Bill.map(({ id, VendorRef }) => [id, VendorRef]))
    expect(gone.map(({ targetId }) => refOf.get(targetId)).sort()).toEqual([onHold, refused].sort())
    expect(items.filter(({ status, reason }) => status !== 'matched' && reason === '')).toEqual([])

    await firm.world.forgetCalls()
    await later()
    await polled(firm)
    expect(await writesTo(firm, 'acumatica')).toEqual([])
    expect(await writesTo(firm, 'cin7')).toEqual([])
    expect((await standings(firm)).acumatica).toEqual(acumatica)
  })
})
