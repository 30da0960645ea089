import { describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import { type VendorDraft, vendors } from '../../../src/vendors/quickbooks/vendors'
import type { Rig } from '../../sandbox/quickbooks/rig'
import type { Ledger, Trouble, Writing } from '../../support/on-simulator'
import { aVendor } from './drafts'
import { client, openQuickbooks } from './with-quickbooks'

const create = async (rig: Rig, draft = aVendor(), writing: Writing = {}) => {
  const run = client(rig, writing)
  return { ...run, made: await vendors.create(run.api, draft) }
}

const update = async (rig: Rig, target: TargetRef, draft: VendorDraft, writing: Writing = {}) => {
  const run = client(rig, writing)
  return { ...run, changed: await vendors.update(run.api, target, draft) }
}

const theVendor = (rig: Rig, { id }: TargetRef) => rig.read('Vendor', id)

describe('a new vendor', () => {
  it('is looked for by name and then made: two calls', async () => {
    const rig = openQuickbooks()
    const { made, calls } = await create(rig)
    expect(calls.map(({ method, query }) => [method, query.query])).toEqual([
      [
        'GET',
        "SELECT * FROM Vendor WHERE DisplayName IN ('Acme Widgets Ltd','Acme Widgets Ltd (deleted)') AND Active IN (true,false)",
      ],
      ['POST', undefined],
    ])
    expect(await theVendor(rig, made)).toMatchObject({
      DisplayName: 'Acme Widgets Ltd',
      CompanyName: 'Acme Widgets Ltd',
      PrintOnCheckName: 'Acme Widgets Ltd',
      GivenName: 'Ann',
      FamilyName: 'Harbour',
      PrimaryEmailAddr: { Address: 'ap@acme.example' },
      PrimaryPhone: { FreeFormNumber: '+1 555 0100' },
      WebAddr: { URI: 'https://acme.example' },
      BillAddr: { Line1: '1 Main St', City: 'Reno', CountrySubDivisionCode: 'NV', PostalCode: '89501', Country: 'USA' },
      TermRef: { value: '3' },
      CurrencyRef: { value: 'USD' },
    })
    expect(made).toMatchObject({ number: 'Acme Widgets Ltd', facts: { currency: 'USD' } })
  })

  it('is made without what QuickBooks would refuse', async () => {
    const rig = openQuickbooks()
    const draft = aVendor({ name: "Amy's: Bird\tSanctuary", email: 'nobody', website: 'acme', phone: '1'.repeat(40) })
    const { made } = await create(rig, draft)
    const shown = await theVendor(rig, made)
    expect(shown).toMatchObject({
      DisplayName: "Amy's - Bird Sanctuary",
      PrimaryPhone: { FreeFormNumber: `${'1'.repeat(29)}…` },
    })
    expect(shown).not.toHaveProperty('PrimaryEmailAddr')
    expect(shown).not.toHaveProperty('WebAddr')
  })

  it.each<Trouble>(['lost', 'never'])('whose answer is lost is made once (%s)', async (what) => {
    const rig = openQuickbooks()
    rig.switches['requestId.nameLists'] = false
    const ledger: Ledger = new Map()
    await expect(create(rig, aVendor(), { ledger, trouble: { vendor: what } })).rejects.toThrow()
    const { made } = await create(rig, aVendor(), { ledger })
    expect(made.number).toBe('Acme Widgets Ltd')
    expect(await rig.query("SELECT COUNT(*) FROM Vendor WHERE DisplayName LIKE 'Acme%'")).toMatchObject({
      totalCount: 1,
    })
  })

  it.each<[string, object]>([
    ['of the same name', {}],
    ['of the same name that is inactive', { Active: false }],
  ])('is not taken for one %s', async (_what, change) => {
    const rig = openQuickbooks({
      vendors: [{ Id: '60', DisplayName: 'acme widgets ltd', CurrencyRef: { value: 'USD' } }],
    })
    if ('Active' in change) rig.act('deactivate', { entity: 'Vendor', id: '60' })
    const run = client(rig)
    await expect(vendors.create(run.api, aVendor())).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'quickbooks_vendor_name_taken',
        facts: { target: '60', quickbooksCurrency: 'USD' },
      },
    })
    expect(run.steps()).toEqual([])
  })

  it('is not taken for one that a person has entered just now in the same words', async () => {
    const rig = openQuickbooks()
    const bare = aVendor({
      company: '',
      given: '',
      family: '',
      email: '',
      phone: '',
      website: '',
      address: null,
      term: '',
    })
    rig.act('create', { entity: 'Vendor', fields: { DisplayName: 'Acme Widgets Ltd', CurrencyRef: { value: 'USD' } } })
    await expect(create(rig, { ...bare, suffix: ' (Supplier)' })).rejects.toMatchObject({
      failure: { code: 'quickbooks_vendor_name_taken' },
    })
  })

  describe('whose name belongs to a customer', () => {
    const rigged = () => openQuickbooks({ customers: [{ Id: '3', DisplayName: 'Acme Widgets Ltd' }] })

    it('waits for a person, who is told whose it is', async () => {
      await expect(create(rigged())).rejects.toMatchObject({
        failure: {
          kind: 'conflict',
          code: 'quickbooks_name_taken',
          message: expect.stringContaining('the customer Acme Widgets Ltd (3)'),
        },
      })
    })

    it('has the suffix that was chosen', async () => {
      const rig = rigged()
      const { made } = await create(rig, aVendor({ suffix: ' (Supplier)' }))
      expect(await theVendor(rig, made)).toMatchObject({
        DisplayName: 'Acme Widgets Ltd (Supplier)',
        PrintOnCheckName: 'Acme Widgets Ltd',
      })
      expect((await update(rig, made, aVendor({ suffix: ' (Supplier)' }))).steps()).toEqual([])
    })

    it('has it once, where the answer is lost', async () => {
      const rig = rigged()
      const ledger: Ledger = new Map()
      const draft = aVendor({ suffix: ' (Supplier)' })
      await create(rig, draft)
      ledger.set('vendor', { state: 'sent' })
      expect((await create(rig, draft, { ledger })).steps()).toEqual([])
    })
  })
})

describe('a changed vendor', () => {
  it('gets what changed, and nothing else', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const { calls } = await update(rig, made, aVendor({ phone: '+1 555 0199' }))
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST'])
    expect(calls[1]?.body).toEqual({
      Id: made.id,
      SyncToken: '0',
      sparse: true,
      PrimaryPhone: { FreeFormNumber: '+1 555 0199' },
    })
  })

  it('keeps what people set in QuickBooks: terms, tax number, what the source does not say', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const changes = { TermRef: { value: '1' }, TaxIdentifier: '123-45-9875', AlternatePhone: { FreeFormNumber: '9' } }
    rig.act('edit', { entity: 'Vendor', id: made.id, changes })
    await update(rig, made, aVendor({ email: '', phone: '+1 555 0199' }))
    expect(await theVendor(rig, made)).toMatchObject({
      ...changes,
      TaxIdentifier: 'XXXXXX9875',
      PrimaryEmailAddr: { Address: 'ap@acme.example' },
      PrimaryPhone: { FreeFormNumber: '+1 555 0199' },
    })
  })

  it('that shows everything already is left alone', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    expect((await update(rig, made, aVendor())).steps()).toEqual([])
  })

  it('follows a new name of its source; a name that a person gave it stays', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('edit', { entity: 'Vendor', id: made.id, changes: { DisplayName: 'Acme (old)' } })
    const same = await update(rig, made, aVendor())
    expect(await theVendor(rig, made)).toMatchObject({ DisplayName: 'Acme (old)' })
    await update(rig, same.changed, aVendor({ name: 'Acme Group' }))
    expect(await theVendor(rig, made)).toMatchObject({ DisplayName: 'Acme Group', PrintOnCheckName: 'Acme Group' })
  })

  it('does not take the name of another one', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await expect(update(rig, made, aVendor({ name: 'Bayside' }))).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'quickbooks_vendor_name_taken', facts: { target: '56' } },
    })
  })

  it('is written on top of what somebody else has just saved', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const edit = () => rig.act('edit', { entity: 'Vendor', id: made.id, changes: { Mobile: { FreeFormNumber: '7' } } })
    const run = client(rig, {}, () => void edit())
    await vendors.update(run.api, made, aVendor({ phone: '+1 555 0199' }))
    expect(run.steps()).toEqual(['vendor', 'vendor'])
    expect(await theVendor(rig, made)).toMatchObject({
      Mobile: { FreeFormNumber: '7' },
      PrimaryPhone: { FreeFormNumber: '+1 555 0199' },
    })
  })

  it.each<Trouble>(['lost', 'never'])('whose answer is lost changes once (%s)', async (what) => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const ledger: Ledger = new Map()
    const draft = aVendor({ phone: '+1 555 0199' })
    await expect(update(rig, made, draft, { ledger, trouble: { vendor: what } })).rejects.toThrow()
    await update(rig, made, draft, { ledger })
    expect(await theVendor(rig, made)).toMatchObject({
      SyncToken: '1',
      PrimaryPhone: { FreeFormNumber: '+1 555 0199' },
    })
  })

  it('cannot change its currency', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await expect(update(rig, made, aVendor({ currency: 'EUR' }))).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'quickbooks_vendor_currency', facts: { source: 'EUR', target: 'USD' } },
    })
  })

  it('is made inactive and active again with its source', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const gone = await update(rig, made, aVendor({ active: false }))
    expect(gone.steps()).toEqual(['deactivate'])
    expect(await theVendor(rig, made)).toMatchObject({ Active: false, DisplayName: 'Acme Widgets Ltd (deleted)' })
    await update(rig, gone.changed, aVendor())
    expect(await theVendor(rig, made)).toMatchObject({ Active: true, DisplayName: 'Acme Widgets Ltd' })
  })

  it('that a person made inactive is left to the person', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('deactivate', { entity: 'Vendor', id: made.id })
    await expect(update(rig, made, aVendor({ phone: '1' }))).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'quickbooks_vendor_inactive' },
    })
  })
})

describe('for the opening match', () => {
  it('all vendors are shown, inactive ones under the name they had', async () => {
    const rig = openQuickbooks()
    rig.act('deactivate', { entity: 'Vendor', id: '56' })
    const page = await vendors.candidates(client(rig).api, null)
    expect(page.done).toBe(true)
    expect(page.rows.map(({ id, terms }) => [id, terms]).sort()).toEqual([
      ['56', { kind: 'named', code: '', name: 'Bayside', currency: 'USD' }],
      ['57', { kind: 'named', code: '', name: 'Nordlicht', currency: 'EUR' }],
    ])
  })

  it('one that a person has linked keeps its name', async () => {
    const rig = openQuickbooks()
    const adopted = await vendors.adopt(client(rig).api, '56')
    expect(adopted).toEqual({
      target: { id: '56', number: 'Bayside', facts: { currency: 'USD' } },
      terms: { kind: 'named', code: '', name: 'Bayside', currency: 'USD' },
    })
    if (!adopted) return
    await update(rig, adopted.target, aVendor({ name: 'Bayside Wholesale' }))
    expect(await theVendor(rig, adopted.target)).toMatchObject({
      DisplayName: 'Bayside',
      PrimaryPhone: { FreeFormNumber: '+1 555 0100' },
    })
  })

  it('there is none of another id', async () => {
    expect(await vendors.adopt(client(openQuickbooks()).api, '999')).toBeNull()
  })
})
