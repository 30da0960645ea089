import { describe, expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { carry, draftInvoice, only, poll, writesTo } from '../support/wave-cin7'
import { booksOf, FLOWS, recordOf, replay } from '../support/wave-cin7-books'

const SUPPLIERS = { suppliers: { accountPayable: '800', taxRule: 'Tax on Purchases' } }

const BAKERY = {
  name: 'Fir Tree Bakery',
  currency: 'USD',
  email: 'office@fir-tree.example',
  firstName: 'Ada',
  lastName: 'Fir',
  phone: '555 1',
  address: { addressLine1: '1 Mill Road', city: 'Portland', postalCode: '97201', countryCode: 'US' },
}

const withBakery = (settings: object = {}): Promise<Office> =>
  openOffice({ wave: { customers: [BAKERY] }, settings: { ...settings } })

const parties = async (office: Office): Promise<void> => {
  await poll(office, FLOWS.customer)
  await poll(office, FLOWS.supplier)
}

const names = async (office: Office) => {
  const { customers, suppliers } = await booksOf(office)
  return { customers: customers.map(({ Name }) => Name), suppliers: suppliers.map(({ Name }) => Name) }
}

describe('the role of a Wave customer', () => {
  it.each([
    ['customer', { customers: [BAKERY.name], suppliers: [] }],
    ['supplier', { customers: [], suppliers: [BAKERY.name] }],
    ['both', { customers: [BAKERY.name], suppliers: [BAKERY.name] }],
  ])('makes it that in Cin7: %s', async (role, made) => {
    const office = await withBakery({ ...SUPPLIERS, role })
    await parties(office)
    expect(await names(office)).toEqual(made)
  })

  it('of its own wins over that of the integration', async () => {
    const office = await openOffice({
      wave: { customers: [BAKERY, { name: 'Mill Ltd' }] },
      settings: { ...SUPPLIERS, role: 'customer' },
    })
    const bakery = office.wave.business.customers[0]?.graphId ?? ''
    const path = `/v1/tenants/${office.tenant}/integrations/${office.integration}`
    const { settings } = await office.admin.call<{ settings: object }>('GET', path)
    await office.admin.call('PATCH', path, { settings: { ...settings, roles: { [bakery]: 'supplier' } } })
    await parties(office)
    expect(await names(office)).toEqual({ customers: ['Mill Ltd'], suppliers: [BAKERY.name] })
    expect((await recordsOf(office, `flow=${FLOWS.customer}`)).map(({ state }) => state).sort()).toEqual([
      'done',
      'skipped',
    ])
  })

  it('that is "supplier" refuses an invoice to it, with the remedy', async () => {
    const office = await withBakery({ ...SUPPLIERS, role: 'supplier' })
    await carry(office, await draftInvoice(office))
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'failed', code: 'customer_is_supplier' })
    expect(await names(office)).toEqual({ customers: [], suppliers: [] })
  })

  it('that needs suppliers is refused without what they need', async () => {
    await expect(openOffice({ settings: { role: 'both' } })).rejects.toThrow(/suppliers/)
  })
})

describe('name, contact and address', () => {
  it('of customer and supplier stay as they are in Wave, and what people set in Cin7 stays too', async () => {
    const office = await withBakery({ ...SUPPLIERS, role: 'both' })
    await parties(office)
    for (const kind of ['customer', 'supplier'])
      await office.world.act('cin7', `edit-${kind}`, { id: BAKERY.name, changes: { PaymentTerm: '14 days' } })
    await office.world.act('wave', 'edit-customer', {
      id: office.wave.business.customers[0]?.graphId,
      name: 'Fir Tree & Co',
      phone: '555 2',
      address: { addressLine1: '2 Mill Road', city: 'Salem', countryCode: 'US' },
    })
    await parties(office)
    const { customers, suppliers } = await booksOf(office)
    for (const party of [only(customers), only(suppliers)]) {
      expect(party).toMatchObject({ Name: 'Fir Tree & Co', PaymentTerm: '14 days' })
      expect(only(party.Addresses)).toMatchObject({ Line1: '2 Mill Road', City: 'Salem' })
      expect(only(party.Contacts)).toMatchObject({ Name: 'Ada Fir', Email: BAKERY.email, Phone: '555 2' })
    }
    await office.world.forgetCalls()
    await parties(office)
    expect(await writesTo(office, 'cin7')).toEqual([])
  })
})

describe('a party that is in Cin7 already', () => {
  it.each(['customer', 'supplier'] as const)('is never taken for ours and never doubled: %s', async (kind) => {
    const office = await openOffice({
      wave: { customers: [BAKERY] },
      cin7: { [`${kind}s`]: [{ Name: 'FIR TREE BAKERY' }] },
      settings: { ...SUPPLIERS, role: kind },
    })
    await poll(office, FLOWS[kind])
    const conflict = await recordOf(office, kind)
    expect(conflict).toMatchObject({ state: 'waiting', reason: 'conflict', code: `cin7_${kind}_name_taken` })
    expect(conflict.remedy).toMatch(/link the two.*rename one/)
    expect(await writesTo(office, 'cin7')).toEqual([])

    await office.world.act('cin7', `edit-${kind}`, { id: 'FIR TREE BAKERY', changes: { Name: 'Old bakery' } })
    await replay(office, conflict)
    expect((await names(office))[`${kind}s`]).toEqual(['Old bakery', BAKERY.name])
  })
})

describe('a lost answer', () => {
  it.each(['customer', 'supplier'] as const)('makes one %s', async (kind) => {
    const office = await withBakery({ ...SUPPLIERS, role: kind })
    await office.world.fault({ vendor: 'cin7', method: 'POST', path: `/${kind}`, kind: 'drop-after' })
    await poll(office, FLOWS[kind])
    expect((await names(office))[`${kind}s`]).toEqual([BAKERY.name])
    expect(await recordOf(office, kind)).toMatchObject({ state: 'done' })
  })
})

describe('another currency', () => {
  it('is another party, whose name says so', async () => {
    const office = await withBakery({ ...SUPPLIERS, role: 'both' })
    await carry(office, await draftInvoice(office, { currency: 'EUR', exchangeRate: '1.09' }))
    await parties(office)
    expect(await names(office)).toEqual({
      customers: [`${BAKERY.name} (EUR)`, BAKERY.name],
      suppliers: [BAKERY.name],
    })
    await office.world.act('wave', 'edit-customer', { id: office.wave.business.customers[0]?.graphId, currency: 'CAD' })
    await poll(office, FLOWS.supplier)
    expect((await booksOf(office)).suppliers.map(({ Name, Currency }) => [Name, Currency])).toEqual([
      [`${BAKERY.name} (USD)`, 'USD'],
      [BAKERY.name, 'CAD'],
    ])
  })
})
