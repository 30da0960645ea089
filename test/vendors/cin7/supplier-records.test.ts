import { beforeEach, describe, expect, it } from 'vitest'
import { supplierRecords } from '../../../src/vendors/cin7/supplier-records'
import { at, idAt, type Rig } from '../../sandbox/cin7/rig'
import { client, openCin7 } from './with-cin7'

let rig: Rig

beforeEach(() => {
  rig = openCin7({
    suppliers: [
      {
        Name: 'Bayside',
        Currency: 'AUD',
        AdditionalAttribute3: 'V000123',
        TaxNumber: '12 345',
        Comments: 'pays late',
        Addresses: [
          {
            Line1: '148 Bay Harbour Road',
            City: 'Ridge Heights',
            Country: 'Australia',
            Type: 'Business',
            DefaultForType: true,
          },
        ],
        Contacts: [{ Name: 'Bob', Email: 'bob@example.com', Default: true }],
      },
      { Name: 'Northern' },
    ],
  })
})

const idOf = (place: number): string => idAt(rig.ok('GET', '/supplier'), 'SupplierList', place, 'ID')

describe('a supplier that is read', () => {
  it('holds what the other side may need', async () => {
    const supplier = await supplierRecords.read(client(rig).api, idOf(0))
    expect(supplier).toMatchObject({
      name: 'Bayside',
      active: true,
      currency: 'AUD',
      taxNumber: '12 345',
      comments: 'pays late',
      attributes: { 3: 'V000123' },
      addresses: [{ type: 'Business', line1: '148 Bay Harbour Road', line2: '', isDefault: true }],
      contacts: [{ name: 'Bob', email: 'bob@example.com', isDefault: true, phone: '' }],
    })
    expect(supplierRecords.record.parse(JSON.parse(JSON.stringify(supplier)))).toEqual(supplier)
  })

  it('is there when it is deprecated, and null when it is not there at all', async () => {
    const id = idOf(1)
    rig.act('deprecate-supplier', { id })
    expect(await supplierRecords.read(client(rig).api, id)).toMatchObject({ name: 'Northern', active: false })
    expect(await supplierRecords.read(client(rig).api, '00000000-0000-0000-0000-000000000001')).toBeNull()
  })
})

describe('the list of suppliers', () => {
  it('shows what changed since, a deprecation too', async () => {
    const first = await supplierRecords.changes(client(rig).api, null, null)
    expect(first.items.map(({ number }) => number)).toEqual(['Bayside', 'Northern'])
    rig.advance(60 * 60_000)
    rig.act('deprecate-supplier', { id: idOf(1) })
    const northern = idAt(rig.ok('GET', '/supplier?IncludeDeprecated=true'), 'SupplierList', 1, 'ID')
    const run = client(rig)
    const next = await supplierRecords.changes(run.api, first.next, null)
    expect(next.items.map(({ change }) => change.id)).toContain(northern)
    expect(run.calls).toHaveLength(1)
    expect(at(run.calls[0]?.query, 'IncludeDeprecated')).toBe('true')
  })

  it('shows the same stamp as the record', async () => {
    const { items } = await supplierRecords.changes(client(rig).api, null, null)
    for (const { change, version } of items) {
      const supplier = await supplierRecords.read(client(rig).api, change.id)
      expect(supplier && supplierRecords.version(supplier)).toBe(version)
    }
  })
})
