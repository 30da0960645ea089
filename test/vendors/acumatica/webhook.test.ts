import { describe, expect, it } from 'vitest'
import { acumatica } from '../../../src/vendors/acumatica'

const { webhook } = acumatica
if (!webhook) throw new Error('no webhook')

const SECRET = 'marker-secret-acumatica-push'
const ID = '5b0c1f57-0a51-ef11-8d2a-00155d010203'
const OTHER = '6b0c1f57-0a51-ef11-8d2a-00155d010204'
const PUSH = '2f5c8f0e-6d0f-4a3e-9a4a-0d6d5a5b1c11'

/** As Acumatica writes it: ticks are a number beyond 2^53, keys may be padded (sheet 11). */
const push = (inserted: object[], deleted: object[], query = 'Connector Vendors') =>
  `{"Inserted":${JSON.stringify(inserted)},"Deleted":${JSON.stringify(deleted)},"Query":${JSON.stringify(query)},"CompanyId":"MyTenant","Id":"${PUSH}","TimeStamp":638766801274200001,"AdditionalInfo":{"PXPerformanceInfoStartTime":"03/04/2025 14:15:27"}}`

const vendor = (NoteID: string, VendorID = 'ACME01') => ({
  NoteID,
  VendorID,
  VendorR_lastModifiedDateTime: '2025-03-04T14:15:27.42',
})

const changes = (body: string) => webhook.changes({ headers: new Headers(), body }, 'my.acumatica.com/prod@mytenant')

describe('a push', () => {
  const verify = (headers: Record<string, string>, secret = SECRET) =>
    webhook.verify({ headers: new Headers(headers), body: push([], []) }, secret, 0)

  it('is let in by its static header and nothing else', async () => {
    expect(await verify({ 'X-Connector-Secret': SECRET })).toBe(true)
    expect(await verify({})).toBe(false)
    expect(await verify({ 'X-Connector-Secret': '' })).toBe(false)
    expect(await verify({ 'X-Connector-Secret': `${SECRET}x` })).toBe(false)
    expect(await verify({ 'X-Connector-Secret': SECRET.replace('p', 'q') })).toBe(false)
    expect(await verify({ authorization: SECRET })).toBe(false)
  })

  it.each([
    ['inserted', [vendor(ID)], []],
    ['updated', [vendor(ID)], [vendor(ID, 'ACME01    ')]],
    ['deleted', [], [vendor(ID)]],
  ])('says that a record was %s', (event, inserted, deleted) => {
    expect(changes(push(inserted, deleted))).toEqual([
      { type: 'vendor', id: ID, event: `vendor.${event}`, eventId: `${PUSH}|Connector Vendors` },
    ])
  })

  it('may be about several records, once each', () => {
    const told = changes(push([vendor(ID), vendor(OTHER), vendor(ID.toUpperCase())], [vendor(ID)]))
    expect(told?.map(({ id, event }) => [id, event])).toEqual([
      [ID, 'vendor.updated'],
      [OTHER, 'vendor.inserted'],
    ])
  })

  it.each([
    ['Connector Bills', 'bill'],
    ['connector purchase orders ', 'purchase-order'],
  ])('of the inquiry %s is about a %s', (query, type) => {
    expect(changes(push([{ APInvoice_noteID: `${ID} ` }], [], query))).toMatchObject([{ type, id: ID }])
  })

  it('of another inquiry, or without the id of the record, concerns nobody', () => {
    expect(changes(push([vendor(ID)], [], 'IN-Locations'))).toEqual([])
    expect(changes(push([{ VendorID: 'ACME01' }], []))).toEqual([])
    expect(changes(push([{ NoteID: 'ACME01' }], []))).toEqual([])
  })

  it.each(['', '[]', '{"Inserted":[]}', 'not json', push([], []).replace('"Inserted":[]', '"Inserted":{}')])(
    'that is none is refused: %s',
    (body) => expect(changes(body)).toBeUndefined(),
  )

  it('is told how to be set up by hand, with the header and the inquiries', () => {
    expect(webhook.scope).toBe('connection')
    expect(webhook.registry).toBeUndefined()
    expect(webhook.byHand?.header).toContain('x-connector-secret')
    const steps = webhook.byHand?.steps.join('\n') ?? ''
    for (const word of ['{url}', 'SM302000', 'SM502000', 'NoteID', 'five times', 'Connector Purchase Orders'])
      expect(steps).toContain(word)
  })
})
