import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { openOffice, recordsOf } from '../support/office'
import { carry, draftInvoice } from '../support/wave-cin7'
import { recordOf } from '../support/wave-cin7-books'

const Line = z.looseObject({ event: z.string(), correlation: z.string() })

/** All that is logged as usual from now on, as it is printed. */
const listening = () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
  return () => printed.mock.calls.map(([text]) => String(text))
}

afterEach(() => vi.restoreAllMocks())

describe('the log', () => {
  it('has one line per attempt with every id; the webhook, the attempts and the audit have one correlation', async () => {
    const office = await openOffice()
    const invoice = await draftInvoice(office, { number: 'LOG-4711' })
    const printed = listening()
    await carry(office, invoice)
    const lines = printed().map((text) => Line.parse(JSON.parse(text)))
    const { tenant, integration } = office
    const [webhook] = lines.filter(({ event }) => event === 'webhook')
    expect(webhook).toMatchObject({ vendor: 'wave', tenant, connection: office.wave.connection, changes: 1 })
    expect(webhook?.integrations).toEqual([integration])

    const { id, sourceId, targetId, flow } = await recordOf(office, 'sale')
    const path = `/v1/tenants/${tenant}/records/${id}`
    const { timeline } = await office.admin.call<{ timeline: { correlation: string; requests: object[] }[] }>(
      'GET',
      path,
    )
    const attempts = lines.filter(({ event, record }) => event === 'attempt' && record === id)
    expect(attempts.length).toBe(timeline.length)
    expect(attempts.at(-1)).toMatchObject({ tenant, integration, flow, sourceId, targetId, state: 'done', code: '' })
    expect(attempts.at(-1)).toMatchObject({ calls: timeline.at(-1)?.requests.length, by: 'webhook' })
    const correlations = [...attempts, ...timeline].map(({ correlation }) => correlation)
    expect(new Set(correlations)).toEqual(new Set([webhook?.correlation]))

    // What was carried first, because it was needed, belongs to the same story.
    const all = await recordsOf(office)
    expect(all.length).toBeGreaterThan(1)
    for (const record of all)
      expect(lines.find((line) => line.record === record.id)?.correlation).toBe(webhook?.correlation)
  })

  it('names no customer, no document and no secret', async () => {
    const office = await openOffice({ mapped: false, wave: { customers: [{ name: 'Lena Fischer' }] } })
    const printed = listening()
    await carry(office, await draftInvoice(office, { number: 'LOG-4712', memo: 'for the wedding' }))
    const text = printed().join('\n')
    expect(text).toContain('"code":"unmapped"')
    for (const word of ['Lena', 'LOG-4712', 'wedding', 'marker-secret']) expect(text).not.toContain(word)
  })
})
