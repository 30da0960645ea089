import { describe, expect, it } from 'vitest'
import type { Answer, Call } from '../../../src/core/vendor'
import { quickbooks } from '../../../src/vendors/quickbooks'
import { post } from '../../../src/vendors/quickbooks/client'
import { answer, REALM } from './scripted'

const company = { account: REALM }
const POST = post(company, 'bill', {}, 'req-1')
const refusal = (given: Answer, call: Call = POST) => quickbooks.refusal?.(given, call)

/** The envelope of the service. */
const fault = (code: string, Message: string, Detail?: string, element?: string, type = 'ValidationFault') => ({
  Fault: { Error: [{ Message, ...(Detail && { Detail }), code, ...(element !== undefined && { element }) }], type },
  time: '2026-11-02T08:00:00.000-08:00',
})

describe('an outage, after which a write is uncertain', () => {
  const system = fault('10000', 'An application error has occurred', 'System Failure Error: x', '', 'SystemFault')

  it.each([
    ['with 500', answer(500, system)],
    ['with 200', answer(200, system)],
    ['with any fault in a 5xx, which proves nothing', answer(503, fault('6000', 'A business validation error'))],
  ])('%s', (_form, given) => {
    expect(refusal(given)).toMatchObject({ kind: 'transient', code: 'quickbooks_system_failure' })
  })

  it('a 404, which never means that a record is absent', () => {
    expect(refusal(answer(404, ''))).toMatchObject({ kind: 'transient', code: 'quickbooks_gateway' })
    expect(refusal(answer(404, '<html>nothing here</html>'))?.kind).toBe('transient')
  })

  it('is left to the session where QuickBooks says nothing', () => {
    expect(refusal(answer(502, '<html>bad gateway</html>'))).toBeUndefined()
    expect(refusal(answer(504, ''))).toBeUndefined()
  })
})

describe('an envelope', () => {
  it('is read as XML as well, with all of its errors', () => {
    const xml =
      '<?xml version="1.0"?><IntuitResponse><Fault type="ValidationFault"><Error element="x" code="6210"><Message>Account Period Closed</Message></Error></Fault></IntuitResponse>'
    expect(refusal(answer(400, xml))).toMatchObject({ kind: 'closed_period', message: 'Account Period Closed [x]' })
  })

  it('with several errors is taken by the one that is known, and told with all words', () => {
    const two = {
      Fault: {
        Error: [
          { Message: 'a', code: '1' },
          { Message: 'b', code: 2050 },
        ],
        type: 'ValidationFault',
      },
    }
    expect(refusal(answer(400, two))).toMatchObject({ code: 'quickbooks_text_length', message: 'a; b' })
  })

  it('that cannot be read is a refusal all the same, also within HTTP 200', () => {
    expect(refusal(answer(200, { Fault: { type: 'ValidationFault' } }))).toMatchObject({
      kind: 'rejected',
      message: 'ValidationFault',
    })
    expect(refusal(answer(200, { fault: { error: 'x' } }))?.kind).toBe('rejected')
  })

  it('is told with the id that Intuit’s support asks for', () => {
    const given = answer(400, fault('6000', 'A rule', 'A rule : x'), { intuit_tid: '1-abc' })
    expect(refusal(given)?.message).toBe('A rule : x (intuit_tid 1-abc)')
  })

  it('is not seen in a good answer', () => {
    expect(refusal(answer(200, { Bill: { Id: '151' }, time: 'x' }))).toBeUndefined()
    expect(refusal(answer(200, { QueryResponse: {}, time: 'x' }))).toBeUndefined()
    expect(refusal(answer(200, { fault: null, Bill: { Id: '1' } }))).toBeUndefined()
    expect(refusal(answer(200, { BatchItemResponse: [{ Fault: { Error: [] }, bId: '1' }] }))).toBeUndefined()
  })
})
