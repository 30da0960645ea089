import { describe, expect, it } from 'vitest'
import { vendorCredits } from '../../../src/vendors/quickbooks/vendor-credits'
import type { Rig } from '../../sandbox/quickbooks/rig'
import type { Simulator } from '../../sandbox/vendor'
import type { Ledger, Trouble } from '../../support/on-simulator'
import { aCredit, onAccount } from './drafts'
import { client, openQuickbooks } from './with-quickbooks'

describe('a vendor credit', () => {
  it('is a bill without due date and terms, owed to us', async () => {
    const rig = openQuickbooks()
    const { api, calls } = client(rig)
    const made = await vendorCredits.create(api, aCredit({ department: '1' }))
    expect(calls).toMatchObject([{ step: 'vendor-credit', path: '/v3/company/9341453000000000001/vendorcredit' }])
    expect(calls[0]?.body).not.toHaveProperty('DueDate')
    expect(await rig.read('VendorCredit', made.id)).toMatchObject({
      DocNumber: 'CN-7',
      TotalAmt: 40,
      Balance: 40,
      DepartmentRef: { value: '1' },
    })
    expect(await rig.read('Vendor', '56')).toMatchObject({ Balance: -40 })
  })

  it.each<Trouble>(['lost', 'never'])('whose answer is lost is not posted twice (%s)', async (what) => {
    const rig = openQuickbooks()
    const ledger: Ledger = new Map()
    const first = client(rig, { ledger, trouble: { 'vendor-credit': what } })
    await expect(vendorCredits.create(first.api, aCredit())).rejects.toThrow()
    await vendorCredits.create(client(rig, { ledger }).api, aCredit())
    expect((await vendorCredits.list(client(rig).api, null)).rows).toHaveLength(1)
  })

  it('changes with its source, and is deleted with it', async () => {
    const rig = openQuickbooks()
    const { api } = client(rig)
    const made = await vendorCredits.create(api, aCredit())
    const changed = await vendorCredits.update(
      client(rig).api,
      made,
      aCredit({ lines: [onAccount('80', '50')], total: '50' }),
    )
    expect(await vendorCredits.booked(api, changed)).toMatchObject({
      figures: { total: '50', tax: '0', accounts: { '80': '50' }, customer: { id: '56' } },
      changes: [],
    })
    await vendorCredits.remove(client(rig).api, changed)
    expect(await vendorCredits.booked(api, changed)).toBeNull()
  })

  it('that was applied to bills is left to a person', async () => {
    const rig = openQuickbooks()
    const made = await vendorCredits.create(client(rig).api, aCredit())
    const applied = shownWith(rig, { Balance: 25, LinkedTxn: [{ TxnId: '99', TxnType: 'BillPaymentCheck' }] })
    await expect(
      vendorCredits.update(client(applied).api, made, aCredit({ lines: [onAccount('80', '50')], total: '50' })),
    ).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'quickbooks_vendor_credit_applied',
        message: 'the source changed, but 15.00 of vendor credit CN-7 over 40.00 is applied in QuickBooks',
      },
    })
  })
})

/** The simulator knows no way to apply a credit: it shows as if a bill payment had taken from it. */
const shownWith = (rig: Rig, change: object): Rig => {
  const handle: Simulator['handle'] = async (request) => {
    const answer = await rig.simulator.handle(request)
    const { VendorCredit, ...rest } = Object(answer.body)
    return VendorCredit ? { ...answer, body: { ...rest, VendorCredit: { ...VendorCredit, ...change } } } : answer
  }
  return { ...rig, simulator: { ...rig.simulator, handle } }
}
