import { describe, expect, it } from 'vitest'
import type { Compared, ReconciledFlow } from '../../src/core/reconciliation'
import { randomOf } from '../chaos/random'
import { companyOf, FLOWS, later, openShop, polled, type Shop, writesTo } from '../support/quickbooks-cin7'
import {
  CLOSED,
  change,
  purchasesIn,
  purchasesOf,
  SUPPLIER_SEEDS,
  standingInCin7,
  standingInQuickbooks,
} from '../support/quickbooks-month'
import { settle } from '../support/settle'

const SEED = 20261031
const COUNT = 400
const DAY = 24 * 3_600_000

const PAYABLE_EUR = {
  Id: '36',
  Name: 'Accounts Payable EUR',
  AccountType: 'Accounts Payable',
  AccountSubType: 'AccountsPayable',
  CurrencyRef: { value: 'EUR' },
}

const open = async (purchases: object[]): Promise<Shop> => {
  const shop = await openShop({
    realm: { bookCloseDate: CLOSED, currencies: [{ Code: 'CAD' }, { Code: 'EUR' }] },
    accounts: [PAYABLE_EUR],
    cin7: { suppliers: SUPPLIER_SEEDS, currencyRates: { CAD: '0.73', EUR: '1.0875' }, purchases },
    settings: { accountsPayable: { CAD: '34', EUR: '36' }, orders: { account: '80', voided: 'delete' } },
  })
  const path = `/v1/tenants/${shop.tenant}/integrations/${shop.integration}`
  const flows = Object.fromEntries(Object.values(FLOWS).map((flow) => [flow, { enabled: true, onFailure: 'continue' }]))
  await shop.admin.call('PATCH', path, { flows })
  return shop
}

interface Answer {
  flows: ReconciledFlow[]
  items: Compared[]
  next: string | null
}

const reconciled = async ({
  admin,
  tenant,
  integration,
}: Shop): Promise<{ flows: ReconciledFlow[]; items: Compared[] }> => {
  const path = `/v1/tenants/${tenant}/integrations/${integration}/reconciliation`
  await admin.call('POST', path, {})
  await settle(tenant)
  const items: Compared[] = []
  for (let cursor = ''; ; ) {
    const page = await admin.call<Answer>(
      'GET',
      `${path}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    items.push(...page.items)
    if (page.next === null) return { flows: page.flows, items }
    cursor = page.next
  }
}

describe(`a month of ${COUNT} purchases in every stage`, () => {
  it('ends with payables equal per supplier and account, commitments equal, the rest listed with its reason, and nothing left to do', {
    timeout: 300_000,
  }, async () => {
    const random = randomOf(SEED, 'month')
    const shop = await open(purchasesOf(random, COUNT))
    await polled(shop)
    await change(shop, random)
    await later(DAY)
    await polled(shop)
    await later(DAY)
    await polled(shop)

    const company = await companyOf(shop)
    const purchases = await purchasesIn(shop)
    const carried = new Set(company.PurchaseOrder.map(({ DocNumber }) => DocNumber))
    const [cin7, quickbooks] = [standingInCin7(purchases, carried), standingInQuickbooks(company)]
    expect(quickbooks).toEqual(cin7)
    expect(Object.keys(cin7.payable)).toHaveLength(4)
    expect(company.Bill.length).toBeGreaterThan(200)
    expect(company.PurchaseOrder.length).toBeGreaterThan(60)
    expect(company.VendorCredit.length).toBeGreaterThan(8)

    const { flows, items } = await reconciled(shop)
    const of = (flow: string) => flows.find(({ flow: name }) => name === flow)
    expect(of(FLOWS.bill)?.counts).toMatchObject({
      matched: company.Bill.length,
      differs: 0,
      changed: 0,
      only_target: 0,
    })
    expect(of(FLOWS.order)?.counts).toMatchObject({ differs: 0, changed: 0, only_target: 0 })
    expect(of(FLOWS.credit)?.counts).toMatchObject({ matched: company.VendorCredit.length, differs: 0, changed: 0 })
    expect(items.filter(({ status, reason }) => status !== 'matched' && reason === '')).toEqual([])
    expect(items.some(({ code }) => code === 'quickbooks_closed_period')).toBe(true)

    await shop.world.forgetCalls()
    await later()
    await polled(shop)
    expect(await writesTo(shop, 'quickbooks')).toEqual([])
    expect(await writesTo(shop, 'cin7')).toEqual([])
    expect(standingInQuickbooks(await companyOf(shop))).toEqual(quickbooks)
  })
})
