import { beforeEach, describe, expect, it } from 'vitest'
import { approvalOf, approve, as, askFor, atWise, invoiceFor, openPayOffice, type PayOffice, payoutsOf, settleIn } from '../support/payouts'
import { runOnce, settle } from '../support/settle'
import { passTime } from '../support/time'
import { news, recordsIn, tell } from '../support/wave-wise'

let office: PayOffice
beforeEach(async () => {
  office = await openPayOffice()
})

describe('an invoice that somebody asks to be paid', () => {
  it('is paid once, after somebody else has approved settings, recipient and payment', async () => {
    await settleIn(office)
    const invoice = await invoiceFor(office)
    await askFor(office, invoice)
    expect((await atWise(office)).transfers).toEqual([])
    expect(await payoutsOf(office)).toMatchObject([
      { invoiceId: invoice, state: 'waiting', reason: 'approval', askedBy: ['Ada'], price: { target: '921.50 EUR' } },
    ])
    expect(await approve(office, 'invoice-to-transfer')).toMatchObject({ status: 200 })
    await settle(office.books.tenant)
    expect((await atWise(office)).transfers).toMatchObject([{ status: 'processing' }])
    expect(await payoutsOf(office)).toMatchObject([{ state: 'done', price: { target: '921.50 EUR', fee: /USD/ } }])
    expect((await office.ada.ask('POST', office.path('transfers'), { invoiceId: invoice })).status).toBe(409)
  })
})
