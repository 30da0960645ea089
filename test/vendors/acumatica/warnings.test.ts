import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/core/vendor'
import { acumatica } from '../../../src/vendors/acumatica'
import { answer, CREDENTIALS, exception, failureOf, listing, NO_RIGHTS, row, scripted } from './scripted'

const ORDERS = [row({ OrderNbr: '000870', VendorRef: null }), row({ OrderNbr: '000871', VendorRef: "PO'1" })]
const BOOKS = {
  Bill: [row({ Type: 'Bill', ReferenceNbr: '004210' })],
  PurchaseOrder: ORDERS,
  Account: [row({ AccountCD: '20000', Type: 'Liability' })],
}

const warned = async (over: Record<string, unknown[] | Answer> = {}, scope = 'api offline_access') =>
  acumatica.warnings?.(listing({ ...BOOKS, ...over }).api, CREDENTIALS, scope) ?? []

describe('what a person has to know before relying on it', () => {
  it('is nothing where everything is there', async () => {
    expect(await warned()).toEqual([])
    expect(await warned({}, '')).toEqual([])
  })

  it('is a scope that was not granted', async () => {
    expect(await warned({}, 'api')).toEqual([expect.stringContaining('Without offline_access it ends within the hour')])
  })

  it('is a form that this user may not open, or that was never set up', async () => {
    const setup = answer(
      500,
      exception('PX.Data.PXSetupNotEnteredException', 'Not entered on the Purchase Orders Preferences form.'),
    )
    expect(await warned({ Bill: NO_RIGHTS, PurchaseOrder: setup })).toEqual([
      expect.stringContaining('Bills and Adjustments (AP301000)'),
      expect.stringContaining('Purchase Orders Preferences form'),
    ])
  })

  it('is a user of another language', async () => {
    const account = [row({ AccountCD: '20000', Type: 'Passivum' })]
    expect(await warned({ Account: account })).toEqual([expect.stringContaining('"Passivum"')])
  })

  it('is a filter on orders that does not find what is there', async () => {
    const deaf = scripted(({ path, query }) => {
      const name = path.split('/').at(-1) ?? ''
      const rows = Object.hasOwn(BOOKS, name) ? Reflect.get(BOOKS, name) : []
      return answer(200, query?.$filter === undefined ? rows : [])
    })
    expect(await acumatica.warnings?.(deaf.api, CREDENTIALS, '')).toEqual([expect.stringContaining('order 000871')])
    expect(deaf.calls.at(-1)?.query?.$filter).toBe("VendorRef eq 'PO''1'")
  })

  it('is not known where there is no order yet to try it with', async () => {
    expect(await warned({ PurchaseOrder: [] })).toEqual([])
  })

  it('is no guess while Acumatica is away', async () => {
    expect(await failureOf(warned({ Bill: answer(401) }))).toMatchObject({ kind: 'unauthorised' })
  })
})
