import { describe, expect, it } from 'vitest'
import { ACUMATICA_PUSH } from '../support/acumatica'
import {
  BACK,
  booksOf,
  buy,
  enteredOrder,
  type Firm,
  FLOWS,
  inAcumatica,
  later,
  openFirm,
  polled,
  purchasesOf,
  theRecord,
  writesTo,
} from '../support/acumatica-cin7'
import { pushTo } from '../support/acumatica-cin7-firm'
import { deliver } from '../support/deliver'
import { settle } from '../support/settle'
import { only } from '../support/wave-cin7'

const QUEUE = 'acumatica-cin7'

const pathOf = ({ tenant }: Firm, connection: string) => `/v1/tenants/${tenant}/connections/${connection}`

const told = async (firm: Firm, vendor: string): Promise<Request[]> =>
  (await firm.world.deliveries()).filter(({ url }) => url.includes(`/webhooks/${vendor}/`))

describe('a push notification of Acumatica', () => {
  it('is a hint: proven by its header, the record is read again, and a second one changes nothing', async () => {
    const firm = await openFirm({
      books: { vendors: [{ VendorID: 'NORTH', VendorName: 'Northern' }] },
      settings: { back: BACK },
      flows: { [FLOWS.orderBack]: { enabled: true } },
    })
    const { acumatica } = firm.connections
    await firm.admin.call('PUT', `${pathOf(firm, acumatica)}/webhook-secret`, { secret: ACUMATICA_PUSH })
    const push = [pushTo(`https://connector.test/webhooks/acumatica/${acumatica}`, ACUMATICA_PUSH)]
    await inAcumatica(firm, 'settings', { push })
    await inAcumatica(firm, 'create', {
      entity: 'PurchaseOrder',
      fields: enteredOrder('NORTH', 'Q-1', '2026-11-03', '4'),
    })
    const [hint] = await told(firm, 'acumatica')
    if (!hint) throw new Error('nothing was pushed')
    const forged = new Request(hint.url, {
      method: 'POST',
      headers: { 'x-connector-secret': 'other' },
      body: await hint.clone().text(),
    })
    expect(await deliver(forged, QUEUE)).toBe(401)
    for (let copy = 0; copy < 2; copy += 1) {
      expect(await deliver(hint.clone(), QUEUE)).toBe(200)
      await settle(firm.tenant)
    }
    expect(only(await purchasesOf(firm))).toMatchObject({ Supplier: 'Northern', Order: { Status: 'AUTHORISED' } })
    expect(await theRecord(firm, 'orderBack')).toMatchObject({ state: 'done' })
  })
})

describe('a webhook of Cin7', () => {
  it('brings a purchase at once, and the poll after it finds nothing more to do', async () => {
    const firm = await openFirm()
    await firm.admin.call('POST', `${pathOf(firm, firm.connections.cin7)}/webhooks`)
    await buy(firm)
    const hints = await told(firm, 'cin7')
    expect(hints.length).toBeGreaterThan(0)
    for (const hint of hints) expect(await deliver(hint, QUEUE)).toBe(200)
    await settle(firm.tenant)
    expect(only((await booksOf(firm)).Bill)).toMatchObject({ VendorRef: 'INV-88121', Status: 'Balanced' })
    await firm.world.forgetCalls()
    await later()
    await polled(firm)
    expect(await writesTo(firm, 'acumatica')).toEqual([])
  })
})
