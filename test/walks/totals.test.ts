import { afterEach, expect, it, vi } from 'vitest'
import { openOffice, recordsOf } from '../support/office'
import { carry, cin7Of, draftInvoice, only } from '../support/wave-cin7'

afterEach(() => vi.restoreAllMocks())

/** Cin7 answers an order with a total that is a cent more. */
const aCentMore = (): void => {
  const real = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const answer = await real(input, init)
    if (!String(input).endsWith('/sale/order')) return answer
    const text = (await answer.text()).replaceAll(/"Total":\s*88\b/g, '"Total":88.01')
    return new Response(text, answer)
  })
}

it('a total that Cin7 computes otherwise stops the sale before it is booked, with both figures and what stands', async () => {
  const office = await openOffice()
  aCentMore()
  await carry(office, await draftInvoice(office))
  const failed = only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))
  expect(failed).toMatchObject({ state: 'failed', code: 'totals_differ' })
  expect(failed.text).toContain('88.01')
  expect(failed.remedy).toContain('SO-00001')
  expect(only((await cin7Of(office)).sales).Invoices).toEqual([])
})
