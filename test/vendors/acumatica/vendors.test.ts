import { describe, expect, it } from 'vitest'
import { vendors } from '../../../src/vendors/acumatica/vendors'
import { MINUTE, type Rig } from '../../sandbox/acumatica/rig'
import { client, openAcumatica, stands } from './with-acumatica'

const BOLT = {
  VendorID: 'BOLT',
  VendorName: 'Bolt & Nut',
  TaxRegistrationID: 'GB123',
  MainContact: {
    Email: 'ap@bolt.example',
    Phone1: '020 7946 0000',
    Attention: 'Ann',
    WebSite: 'https://bolt.example',
    Address: { AddressLine1: '1 High St', City: 'London', PostalCode: 'N1 1AA', Country: 'GB' },
  },
}

const idOf = (acu: Rig, code: string): string =>
  stands(acu, 'Vendor').find(({ VendorID }) => VendorID === code)?.id ?? ''

describe('a vendor of Acumatica', () => {
  it('is read whole, with its contact and in plain words', async () => {
    const acu = openAcumatica({}, [BOLT])
    const id = idOf(acu, 'BOLT')
    acu.switches['keys.padded'] = true
    const { api, calls } = client(acu)
    const record = await vendors.read(api, id)
    expect(record).toEqual({
      id,
      code: 'BOLT',
      name: 'Bolt & Nut',
      legalName: 'Bolt & Nut',
      vendorClass: 'SUPPLIER',
      status: 'Active',
      currency: 'USD',
      terms: '30D',
      paymentMethod: 'CHECK',
      taxZone: '',
      taxNumber: 'GB123',
      accountRef: '',
      contact: { email: 'ap@bolt.example', phone: '020 7946 0000', attention: 'Ann', website: 'https://bolt.example' },
      address: { line1: '1 High St', line2: '', city: 'London', state: '', postcode: 'N1 1AA', country: 'GB' },
      updated: '2026-03-04T14:15:27.4200000Z',
    })
    expect(calls).toHaveLength(1)
    expect(vendors.record.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
  })

  it('that is not there is null', async () => {
    const { api } = client(openAcumatica())
    expect(await vendors.read(api, '00000000-0000-4000-8000-000000000000')).toBeNull()
  })
})

describe('what changed among the vendors', () => {
  const walk = async (acu: Rig, cursor: string | null) => {
    const { api } = client(acu)
    const page = await vendors.changes(api, cursor, null)
    expect(page.done).toBe(true)
    return page
  }

  it('is everything the first time, then only what was touched since', async () => {
    const acu = openAcumatica({}, [BOLT])
    const first = await walk(acu, null)
    expect(first.items.map(({ number }) => number).sort()).toEqual(['ACME01', 'BOLT'])
    acu.clock.now += 30 * MINUTE
    await acu.act('edit', { entity: 'Vendor', key: 'BOLT', changes: { VendorName: 'Bolt Ltd' } })
    const second = await walk(acu, first.next)
    const third = await walk(acu, second.next)
    expect(third.items).toEqual([
      {
        change: { type: 'vendor', id: idOf(acu, 'BOLT'), event: 'listed' },
        version: '2026-03-04T14:45:27.4200000Z',
        number: 'BOLT',
        row: expect.stringMatching(/^[0-9a-f]{16}$/),
        terms: { kind: 'named', code: 'BOLT', name: 'Bolt Ltd', currency: 'USD' },
      },
    ])
  })

  it('is in a list what it is in a read, so that it is read once', async () => {
    const acu = openAcumatica({}, [BOLT])
    const { api } = client(acu)
    const record = await vendors.read(api, idOf(acu, 'BOLT'))
    const { items } = await walk(acu, null)
    const listed = items.find(({ number }) => number === 'BOLT')
    if (!record) throw new Error('not read')
    expect([listed?.version, listed?.row]).toEqual([vendors.version(record), vendors.row?.(record)])
  })

  it('is seen in the daily comparison where a change of contact alone moves no stamp', async () => {
    const acu = openAcumatica({}, [BOLT])
    acu.switches['vendor.contactStamp'] = false
    const { api } = client(acu)
    const before = await vendors.all?.(api, null)
    acu.clock.now += MINUTE
    await acu.act('edit', { entity: 'Vendor', key: 'BOLT', changes: { MainContact: { Address: { City: 'York' } } } })
    const after = await vendors.all?.(api, null)
    const of = (page: typeof before) => page?.items.find(({ number }) => number === 'BOLT')
    expect(of(after)?.version).toBe(of(before)?.version)
    expect(of(after)?.row).not.toBe(of(before)?.row)
    expect(after?.done).toBe(true)
  })

  it('is listed without contacts where the instance cannot list them', async () => {
    const acu = openAcumatica({}, [BOLT])
    acu.switches['list.notOptimizable'] = ['Vendor.MainContact']
    const { items } = await walk(acu, null)
    expect(items.map(({ row }) => row)).toEqual(['', ''])
  })
})
