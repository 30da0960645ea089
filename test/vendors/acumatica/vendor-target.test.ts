import { describe, expect, it } from 'vitest'
import { markOf } from '../../../src/vendors/acumatica/marks'
import type { VendorDraft } from '../../../src/vendors/acumatica/vendor-draft'
import { vendorTarget } from '../../../src/vendors/acumatica/vendor-target'
import type { Rig } from '../../sandbox/acumatica/rig'
import type { Ledger } from '../../support/on-simulator'
import { client, openAcumatica, stands } from './with-acumatica'

const MARKER = 'mlc:acumatica-cin7/supplier-to-vendor:0b3c1f57-0a51-4f11-8d2a-00155d010203::g1'

const draft = (over: Partial<VendorDraft> = {}): VendorDraft => ({
  code: 'BOLT',
  name: 'Bolt & Nut',
  active: true,
  vendorClass: '',
  currency: 'USD',
  terms: 'COD',
  paymentMethod: '',
  taxZone: '',
  taxNumber: 'GB123',
  contact: { email: 'ap@bolt.example', phone: '020 7946 0000', attention: '', website: '' },
  address: { line1: '1 High St', line2: '', city: 'London', state: '', postcode: 'N1 1AA', country: 'GB' },
  ...over,
})

const vendorOf = (acu: Rig, code: string) => stands(acu, 'Vendor').find(({ VendorID }) => VendorID === code)

const create = async (acu: Rig, over: Partial<VendorDraft> = {}, writing: object = {}) => {
  const made = client(acu, { marker: MARKER, ...writing })
  return { ...made, target: await vendorTarget.create(made.api, draft(over)) }
}

const failed = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (thrown: { failure: unknown }) => thrown.failure,
  )

describe('a vendor that is made', () => {
  it('stands under its code with one call, marked as ours', async () => {
    const acu = openAcumatica()
    const { target, calls } = await create(acu)
    const stored = vendorOf(acu, 'BOLT')
    expect(stored).toMatchObject({
      VendorName: 'Bolt & Nut',
      VendorClass: 'SUPPLIER',
      Status: 'Active',
      Terms: 'COD',
      TaxRegistrationID: 'GB123',
      AccountRef: await markOf(MARKER),
      MainContact: { Email: 'ap@bolt.example', Address: { City: 'London', Country: 'GB' } },
    })
    expect(target).toEqual({ id: stored?.id, number: 'BOLT', facts: { currency: 'USD' } })
    expect(calls).toHaveLength(1)
  })

  it('may be inactive from the beginning', async () => {
    const acu = openAcumatica()
    await create(acu, { active: false })
    expect(vendorOf(acu, 'BOLT')).toMatchObject({ Status: 'Inactive' })
  })

  it('has the code that a tenant gives which numbers by itself', async () => {
    const acu = openAcumatica({ preferences: { vendorNumbering: 'auto' } })
    const { target } = await create(acu)
    expect(target.number).not.toBe('BOLT')
    expect(vendorOf(acu, target.number)).toMatchObject({ id: target.id, VendorName: 'Bolt & Nut' })
  })

  it.each(['manual', 'auto'])(
    'is found again after its answer was lost, where codes are %s',
    async (vendorNumbering) => {
      const acu = openAcumatica({ preferences: { vendorNumbering } })
      const ledger: Ledger = new Map()
      expect(await failed(create(acu, {}, { ledger, trouble: { vendor: 'lost' } }))).toMatchObject({
        kind: 'uncertain',
      })
      const { target, steps } = await create(acu, {}, { ledger })
      expect(steps()).toEqual([])
      expect(stands(acu, 'Vendor').filter(({ VendorName }) => VendorName === 'Bolt & Nut')).toHaveLength(1)
      expect(vendorOf(acu, target.number)?.id).toBe(target.id)
    },
  )

  it('is found in the whole list where the filter cannot find it', async () => {
    const acu = openAcumatica({ preferences: { vendorNumbering: 'auto' } })
    const ledger: Ledger = new Map()
    await failed(create(acu, {}, { ledger, trouble: { vendor: 'lost' } }))
    const { api, calls } = client(acu, { marker: MARKER, ledger })
    const deaf: typeof api = {
      ...api,
      read: (call, schema) =>
        call.query?.$filter?.startsWith('AccountRef') ? Promise.resolve(schema.parse([])) : api.read(call, schema),
    }
    const target = await vendorTarget.create(deaf, draft())
    expect(stands(acu, 'Vendor')).toHaveLength(2)
    expect(vendorOf(acu, target.number)?.id).toBe(target.id)
    expect(calls.filter(({ method }) => method === 'PUT')).toEqual([])
  })

  it('is ours although it is there already, where the same was made by us', async () => {
    const acu = openAcumatica()
    const { target } = await create(acu)
    expect((await create(acu)).target).toEqual(target)
  })

  it('is left to a person where its code belongs to another', async () => {
    const acu = openAcumatica()
    expect(await failed(create(acu, { code: 'acme01' }))).toMatchObject({
      kind: 'conflict',
      code: 'acumatica_vendor_code_taken',
      facts: { acumaticaName: 'Acme Widgets', name: 'Bolt & Nut' },
    })
    expect(stands(acu, 'Vendor')).toHaveLength(1)
  })

  it('is refused with the path of what Acumatica does not know', async () => {
    const refused = await failed(create(openAcumatica(), { terms: 'NONE' }))
    expect(refused).toMatchObject({ code: 'acumatica_reference_unknown', message: expect.stringMatching(/^Terms: /) })
  })
})

describe('a vendor that changes', () => {
  const changed = async (acu: Rig, over: Partial<VendorDraft>, writing: object = {}) => {
    const { target } = await create(acu)
    const { api, steps } = client(acu, { marker: MARKER, ...writing })
    return { target: await vendorTarget.update?.(api, target, draft(over)), steps, before: target }
  }

  it('follows its source, and keeps what somebody chose in Acumatica', async () => {
    const acu = openAcumatica()
    await changed(acu, {
      name: 'Bolt Ltd',
      terms: '30D',
      contact: { email: '', phone: '1', attention: '', website: '' },
    })
    expect(vendorOf(acu, 'BOLT')).toMatchObject({ VendorName: 'Bolt Ltd', Terms: 'COD', MainContact: { Phone1: '1' } })
    expect(vendorOf(acu, 'BOLT')?.MainContact).toMatchObject({ Email: null })
  })

  it('is not written where it shows everything already', async () => {
    expect((await changed(openAcumatica(), {})).steps()).toEqual([])
  })

  it('goes in and out of use, but another stage is a person’s', async () => {
    const acu = openAcumatica()
    await changed(acu, { active: false })
    expect(vendorOf(acu, 'BOLT')).toMatchObject({ Status: 'Inactive' })
    await acu.act('edit', { entity: 'Vendor', key: 'BOLT', changes: { Status: 'On Hold' } })
    const { api } = client(acu, { marker: MARKER })
    await vendorTarget.update?.(
      api,
      { id: String(vendorOf(acu, 'BOLT')?.id), number: 'BOLT', facts: {} },
      draft({ active: false }),
    )
    expect(vendorOf(acu, 'BOLT')).toMatchObject({ Status: 'On Hold' })
  })

  it('is found by its id after somebody changed its code', async () => {
    const acu = openAcumatica()
    const { target } = await create(acu)
    await acu.act('rename-vendor', { key: 'BOLT', to: 'BOLT-UK' })
    const { api } = client(acu, { marker: MARKER })
    expect(await vendorTarget.update?.(api, target, draft({ name: 'Bolt Ltd' }))).toMatchObject({ number: 'BOLT-UK' })
  })

  it('never changes its currency', async () => {
    expect(await failed(changed(openAcumatica(), { currency: 'EUR' }))).toMatchObject({
      kind: 'conflict',
      code: 'acumatica_vendor_currency',
    })
  })

  it('that is gone is said so', async () => {
    const { api } = client(openAcumatica())
    const gone = { id: '00000000-0000-4000-8000-000000000000', number: 'BOLT', facts: {} }
    expect(await failed(vendorTarget.update?.(api, gone, draft()) ?? Promise.resolve())).toMatchObject({
      code: 'acumatica_vendor_gone',
    })
  })
})

describe('a vendor whose source is gone', () => {
  it('is made inactive, and asking again changes nothing', async () => {
    const acu = openAcumatica()
    const { target } = await create(acu)
    const first = client(acu, { marker: MARKER })
    await vendorTarget.remove?.(first.api, target)
    expect(vendorOf(acu, 'BOLT')).toMatchObject({ Status: 'Inactive' })
    const second = client(acu, { marker: MARKER })
    await vendorTarget.remove?.(second.api, target)
    expect(second.steps()).toEqual([])
  })
})

describe('vendors from before', () => {
  it('are candidates by code and name, and one of them can be adopted', async () => {
    const acu = openAcumatica()
    const { api } = client(acu)
    const id = String(vendorOf(acu, 'ACME01')?.id)
    const terms = { kind: 'named', code: 'ACME01', name: 'Acme Widgets', currency: 'USD' }
    expect(await vendorTarget.candidates?.(api, null)).toEqual({
      rows: [{ id, number: 'ACME01', terms }],
      next: '0',
      done: true,
    })
    expect(await vendorTarget.adopt?.(api, id)).toEqual({
      target: { id, number: 'ACME01', facts: { currency: 'USD' } },
      terms,
    })
    expect(await vendorTarget.adopt?.(api, '00000000-0000-4000-8000-000000000000')).toBeNull()
  })
})
