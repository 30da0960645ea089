import { describe, expect, it } from 'vitest'
import {
  booksOf,
  type Firm,
  inAcumatica,
  inCin7,
  later,
  openFirm,
  pathOf,
  polled,
  recordsOf,
  replay,
  suppliersOf,
  theRecord,
  writesTo,
} from '../support/acumatica-cin7'
import { settle } from '../support/settle'
import { only } from '../support/wave-cin7'

const VERSIONS = ['22.200.001', '23.200.001', '24.200.001']

const quiet = async (firm: Firm): Promise<void> => {
  await firm.world.forgetCalls()
  for (let round = 0; round < 4; round += 1) {
    await later()
    await polled(firm, 'supplier', 'vendor')
  }
  expect(await writesTo(firm, 'acumatica')).toEqual([])
  expect(await writesTo(firm, 'cin7')).toEqual([])
}

const names = async (firm: Firm) => ({
  vendors: (await booksOf(firm)).Vendor.map(({ VendorID, VendorName }) => `${VendorID} ${VendorName}`).sort(),
  suppliers: (await suppliersOf(firm))
    .map(({ AdditionalAttribute1, Name }) => `${AdditionalAttribute1} ${Name}`)
    .sort(),
})

/** Linked, with one text on both sides. */
const pair = async (opening: Parameters<typeof openFirm>[0] = {}): Promise<Firm> => {
  const firm = await openFirm(opening)
  await polled(firm, 'supplier', 'vendor')
  await later()
  return firm
}

const editVendor = (firm: Firm, changes: object) =>
  inAcumatica(firm, 'edit', { entity: 'Vendor', key: 'BAYSIDE', changes })
const editSupplier = (firm: Firm, changes: object) => inCin7(firm, 'edit-supplier', { id: 'Bayside', changes })
const both = async (firm: Firm) => {
  const [vendor, supplier] = [only((await booksOf(firm)).Vendor), only(await suppliersOf(firm))]
  return [vendor.VendorName, vendor.MainContact.Email, supplier.Name, supplier.Contacts[0]?.Email ?? null]
}
const contacts = (Email: string) => ({ Contacts: [{ Name: 'Ann', Email, Default: true }] })

describe('suppliers and vendors', () => {
  it.each(VERSIONS)(
    'are made on the side that lacks them, with one code, and then rest (endpoint %s)',
    async (endpointVersion) => {
      const firm = await openFirm({
        connection: { endpointVersion },
        books: { vendors: [{ VendorID: 'NORTH', VendorName: 'Northern', MainContact: { Email: 'ap@north.example' } }] },
      })
      await polled(firm, 'supplier', 'vendor')
      expect(await names(firm)).toEqual({
        vendors: ['BAYSIDE Bayside', 'NORTH Northern'],
        suppliers: ['BAYSIDE Bayside', 'NORTH Northern'],
      })
      expect((await suppliersOf(firm)).find(({ Name }) => Name === 'Northern')?.Contacts[0]?.Email).toBe(
        'ap@north.example',
      )
      await quiet(firm)
      const states = [...(await recordsOf(firm, 'supplier')), ...(await recordsOf(firm, 'vendor'))]
      expect(states.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
    },
  )

  it('have the key that Acumatica gave, where it numbers vendors by itself', async () => {
    const firm = await pair({ books: { preferences: { vendorNumbering: 'auto' } } })
    const { VendorID } = only((await booksOf(firm)).Vendor)
    expect(VendorID).not.toBe('BAYSIDE')
    expect(only(await suppliersOf(firm)).AdditionalAttribute1).toBe(VendorID)
    await quiet(firm)
  })

  it('follow each other, field by field and without an echo', async () => {
    const firm = await pair()
    await editSupplier(firm, contacts('a@bayside.example'))
    await polled(firm, 'supplier', 'vendor')
    await later()
    expect(await both(firm)).toEqual(['Bayside', 'a@bayside.example', 'Bayside', 'a@bayside.example'])
    await editVendor(firm, { VendorName: 'Bayside Wholesale' })
    await polled(firm, 'supplier', 'vendor')
    expect(await both(firm)).toEqual([
      'Bayside Wholesale',
      'a@bayside.example',
      'Bayside Wholesale',
      'a@bayside.example',
    ])
    await quiet(firm)
  })

  it('that were changed on both sides in different fields have both changes', async () => {
    const firm = await pair()
    await editSupplier(firm, contacts('a@bayside.example'))
    await editVendor(firm, { VendorName: 'Bayside Wholesale' })
    await polled(firm, 'supplier', 'vendor')
    expect(await both(firm)).toEqual([
      'Bayside Wholesale',
      'a@bayside.example',
      'Bayside Wholesale',
      'a@bayside.example',
    ])
    await quiet(firm)
  })

  const clash = async (master: string): Promise<Firm> => {
    const firm = await pair({ settings: { suppliers: { attribute: 1, master } } })
    await editSupplier(firm, contacts('cin7@bayside.example'))
    await editVendor(firm, { MainContact: { Email: 'acumatica@bayside.example' } })
    await polled(firm, 'supplier', 'vendor')
    return firm
  }

  it.each(['cin7', 'acumatica'])(
    'that were changed on both sides in one field are as %s says, where that is the master',
    async (master) => {
      const firm = await clash(master)
      const email = `${master}@bayside.example`
      expect(await both(firm)).toEqual(['Bayside', email, 'Bayside', email])
      await quiet(firm)
    },
  )

  it('without a master wait for a person, and go on once both say the same', async () => {
    const firm = await clash('ask')
    const waiting = [await theRecord(firm, 'supplier'), await theRecord(firm, 'vendor')]
    for (const record of waiting)
      expect(record).toMatchObject({ state: 'waiting', reason: 'conflict', code: 'party_changed_on_both' })
    await later()
    await editVendor(firm, { MainContact: { Email: 'cin7@bayside.example' } })
    await polled(firm, 'supplier', 'vendor')
    expect([await theRecord(firm, 'supplier'), await theRecord(firm, 'vendor')]).toMatchObject([
      { state: 'done' },
      { state: 'done' },
    ])
    await quiet(firm)
  })

  it('that are out of use on one side are on the other, only where the setting says so', async () => {
    for (const [inactive, status] of [
      ['leave', 'Active'],
      ['mirror', 'Inactive'],
    ] as const) {
      const firm = await pair({ settings: { suppliers: { attribute: 1, inactive } } })
      await inCin7(firm, 'deprecate-supplier', { id: 'Bayside' })
      await polled(firm, 'supplier', 'vendor')
      expect(only((await booksOf(firm)).Vendor).Status).toBe(status)
    }
  })

  it('keep the VendorID as their code, whoever writes another one into Cin7, and follow a new one', async () => {
    const firm = await pair()
    await editSupplier(firm, { AdditionalAttribute1: 'MINE' })
    await polled(firm, 'supplier', 'vendor')
    expect(await names(firm)).toEqual({ vendors: ['BAYSIDE Bayside'], suppliers: ['BAYSIDE Bayside'] })
    await later()
    await inAcumatica(firm, 'rename-vendor', { key: 'BAYSIDE', to: 'BAY01' })
    await polled(firm, 'supplier', 'vendor')
    expect(await names(firm)).toEqual({ vendors: ['BAY01 Bayside'], suppliers: ['BAY01 Bayside'] })
    await quiet(firm)
  })

  it('are made once where the answer is lost', async () => {
    const firm = await openFirm({ books: { vendors: [{ VendorID: 'NORTH', VendorName: 'Northern' }] } })
    await firm.world.fault({ vendor: 'acumatica', method: 'PUT', path: '/Vendor', kind: 'drop-after', times: 1 })
    await firm.world.fault({ vendor: 'cin7', method: 'POST', path: '/supplier', kind: 'drop-after', times: 1 })
    await polled(firm, 'supplier', 'vendor')
    await later()
    await polled(firm, 'supplier', 'vendor')
    expect(await names(firm)).toEqual({
      vendors: ['BAYSIDE Bayside', 'NORTH Northern'],
      suppliers: ['BAYSIDE Bayside', 'NORTH Northern'],
    })
    await quiet(firm)
  })

  it('of a class that is no supplier stay in Acumatica', async () => {
    const books = {
      vendors: [{ VendorID: 'RENT', VendorName: 'Landlord', VendorClass: 'SUPPLIER' }],
      vendorClasses: [{ ClassID: 'SUPPLIER' }, { ClassID: 'GOODS' }],
    }
    const firm = await pair({ books, settings: { vendors: { classes: ['GOODS'] } } })
    expect((await suppliersOf(firm)).map(({ Name }) => Name)).toEqual(['Bayside'])
  })

  it('of one code that nobody linked wait for a person, and are one once linked', async () => {
    const firm = await openFirm({
      books: { vendors: [{ VendorID: 'BAYSIDE', VendorName: 'Bayside Ltd' }] },
      settings: { suppliers: { attribute: 1, master: 'acumatica' } },
    })
    await polled(firm, 'supplier')
    const conflict = await theRecord(firm, 'supplier')
    expect(conflict).toMatchObject({ state: 'waiting', code: 'acumatica_vendor_code_taken' })
    const { id } = only((await booksOf(firm)).Vendor)
    const links = [{ flow: conflict.flow, sourceId: conflict.sourceId, variant: 'party', targetId: id }]
    expect(await firm.admin.call('POST', pathOf(firm, '/matches/accept'), { links })).toMatchObject({ linked: 1 })
    await settle(firm.tenant)
    await polled(firm, 'vendor')
    expect(await names(firm)).toEqual({ vendors: ['BAYSIDE Bayside Ltd'], suppliers: ['BAYSIDE Bayside Ltd'] })
    await replay(firm, conflict)
    await quiet(firm)
  })
})
