import { describe, expect, it } from 'vitest'
import { type Answered, at, BASE, ENTITY, errorAt, MINUTE, rig, wrapped } from './acumatica/rig'

const ACME = {
  VendorID: 'ACME01',
  VendorName: 'Acme Widgets',
  AccountRef: 'CIN7-9f2c',
  MainContact: { Email: 'ap@acme.example', Address: { City: 'Austin', Country: 'US' } },
}
const SITE = new URL(BASE).pathname
const stampOf = (vendor: Answered) => at(vendor, 'LastModifiedDateTime')

describe('PUT Vendor', () => {
  it('answers the whole record, wrapped, with empty fields as {} and links below the site', async () => {
    const acu = rig()
    const made = await acu.put('Vendor?$expand=MainContact,MainContact/Address', ACME)
    expect(made).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      rowNumber: 1,
      note: { value: '' },
      VendorID: { value: 'ACME01' },
      LegalName: { value: 'Acme Widgets' },
      CashAccount: {},
      PaySeparately: { value: false },
      LastModifiedDateTime: { value: '2026-03-04T09:15:27.42-05:00' },
      MainContact: { note: null, Email: { value: 'ap@acme.example' }, Address: { City: { value: 'Austin' } } },
      custom: {},
      _links: { self: `${SITE}${ENTITY}/Vendor/${made.id}` },
    })
    expect(made).not.toHaveProperty('RemittanceContact')
  })

  it('fills in from the class what was left out, and not what was sent', async () => {
    const fills = { SUPPLIER: { Terms: 'COD', PaymentMethod: 'WIRE' } }
    const acu = rig({ tenants: [{ classFills: fills }] })
    const made = await acu.put('Vendor', { ...ACME, Terms: '30D' })
    const told = ['VendorClass', 'Terms', 'PaymentMethod', 'APAccount', 'APSubaccount', 'CurrencyID', 'Status']
    expect(told.map((name) => at(made, name))).toEqual(['SUPPLIER', '30D', 'WIRE', '20000', '000000', 'USD', 'Active'])
  })

  it('shows parts that were sent, and their own parts as null unless expanded', async () => {
    const made = await rig().put('Vendor', ACME)
    expect(made.MainContact).toMatchObject({ Email: { value: 'ap@acme.example' }, Address: null })
  })

  it('drops unknown fields without a word, such as an Email on the vendor itself', async () => {
    const acu = rig()
    const made = await acu.put('Vendor', { ...ACME, Email: 'x@y.example', Nonsense: 1 })
    expect(made).not.toHaveProperty('Email')
    expect(await acu.get('Vendor/ACME01')).not.toHaveProperty('Nonsense')
  })

  it('changes the vendor whose key is sent in any case, and only what is sent', async () => {
    const acu = rig()
    const made = await acu.put('Vendor', ACME)
    const changed = await acu.put('Vendor', { VendorID: 'acme01 ', VendorName: 'Acme Gadgets' })
    expect(changed.id).toBe(made.id)
    expect([at(changed, 'VendorID'), at(changed, 'VendorName'), at(changed, 'AccountRef')]).toEqual([
      'ACME01',
      'Acme Gadgets',
      'CIN7-9f2c',
    ])
    expect(await acu.list('Vendor')).toHaveLength(1)
  })

  it('clears a field by null and leaves it alone by {}', async () => {
    const acu = rig()
    await acu.put('Vendor', { ...ACME, TaxRegistrationID: 'T1' })
    const body = { VendorID: { value: 'ACME01' }, AccountRef: { value: null }, TaxRegistrationID: {} }
    const { body: changed } = await acu.expected(200, 'PUT', '/Vendor', body)
    expect(changed).toMatchObject({ AccountRef: {}, TaxRegistrationID: { value: 'T1' } })
  })

  it('finds the record by id or by filter too', async () => {
    const acu = rig()
    const { id } = await acu.put('Vendor', ACME)
    expect(at(await acu.put('Vendor', { id, VendorName: 'By id' }), 'VendorName')).toBe('By id')
    const filter = encodeURIComponent("AccountRef eq 'CIN7-9f2c'")
    const found = await acu.put(`Vendor?$filter=${filter}`, { VendorName: 'By filter' })
    expect([found.id, at(found, 'VendorName')]).toEqual([id, 'By filter'])
    await acu.put('Vendor', { ...ACME, VendorID: 'ACME02' })
    expect(await acu.failure('PUT', `/Vendor?$filter=${filter}`, wrapped({ VendorName: 'x' }))).toBe('PXException')
    const other = { id: '00000000-0000-4000-8000-000000000000', VendorName: 'x' }
    expect(await acu.failure('PUT', '/Vendor', wrapped(other))).toBe('NoEntitySatisfiesTheConditionException')
  })

  it('obeys If-None-Match and If-Match', async () => {
    const acu = rig()
    await acu.expected(412, 'PUT', '/Vendor', wrapped(ACME), { 'if-match': '*' })
    await acu.put('Vendor', ACME, { 'if-none-match': '*' })
    const again = await acu.expected(412, 'PUT', '/Vendor', wrapped({ ...ACME, VendorName: 'Twice' }), {
      'if-none-match': '*',
    })
    expect(again.body).toBeNull()
    expect(at(await acu.put('Vendor', { VendorID: 'ACME01' }, { 'if-match': '*' }), 'VendorName')).toBe('Acme Widgets')
  })

  it('ignores the chosen key where vendors are numbered', async () => {
    const acu = rig({ tenants: [{ preferences: { vendorNumbering: 'auto' } }] })
    const first = at(await acu.put('Vendor', ACME), 'VendorID')
    const second = at(await acu.put('Vendor', ACME, { 'if-none-match': '*' }), 'VendorID')
    expect([first, second]).toEqual(['V000001', 'V000002'])
    await acu.put('Vendor', { VendorID: 'V000001', VendorName: 'Changed' })
    expect(await acu.list('Vendor')).toHaveLength(2)
  })
})

describe('a refused PUT', () => {
  it('tells each problem beside its value, at every level, and stores nothing', async () => {
    const acu = rig()
    const bad = {
      ...ACME,
      VendorName: '',
      VendorClass: 'NOPE',
      Terms: 'NEVER',
      CurrencyID: 'XXX',
      Status: 'Sleeping',
      APAccount: '69000',
      AccountRef: 'x'.repeat(51),
      MainContact: { Email: 'e'.repeat(256), Address: { Country: 'Utopia' } },
    }
    const told = await acu.refused('Vendor', bad)
    expect(told).toMatchObject({
      error: "Inserting  'Vendor' record raised at least one error. Please review the errors.",
      VendorClass: { value: 'NOPE', error: "'Vendor Class' cannot be found in the system." },
      Terms: { value: 'NEVER', error: "'Terms' cannot be found in the system." },
    })
    for (const path of ['VendorName', 'CurrencyID', 'Status', 'APAccount', 'AccountRef'])
      expect(errorAt(told, path), path).toEqual(expect.any(String))
    expect(errorAt(told, 'MainContact.Email')).toMatch('255')
    expect(errorAt(told, 'MainContact.Address.Country')).toBe("'Country' cannot be found in the system.")
    expect(errorAt(told, 'PaymentMethod')).toBeUndefined()
    expect(await acu.list('Vendor')).toEqual([])
  })

  it('says Updating for a record that is there, and leaves it as it was', async () => {
    const acu = rig()
    await acu.put('Vendor', ACME)
    const told = await acu.refused('Vendor', { VendorID: 'ACME01', VendorName: 'New', Terms: 'NEVER' })
    expect(told.error).toMatch(/^Updating {2}'Vendor'/)
    expect(at(await acu.get('Vendor/ACME01'), 'VendorName')).toBe('Acme Widgets')
  })

  it('carries the exception instead on another build', async () => {
    const acu = rig()
    acu.switches['errors.envelope'] = true
    const told = await acu.refused('Vendor', { ...ACME, Terms: 'NEVER' })
    expect(told).toMatchObject({ exceptionType: 'PX.Api.ContractBased.OutcomeEntityHasErrorsException' })
    expect(told).not.toHaveProperty('error')
  })

  it('needs a key under manual numbering, not longer than the tenant allows', async () => {
    const acu = rig({ tenants: [{ preferences: { vendorIdLength: 8 } }] })
    expect(errorAt(await acu.refused('Vendor', { VendorName: 'No key' }), 'VendorID')).toBe(
      "'Vendor ID' cannot be empty.",
    )
    expect(errorAt(await acu.refused('Vendor', { ...ACME, VendorID: 'ACMEACME1' }), 'VendorID')).toMatch('at most 8')
  })

  it('cuts long texts without a word where a tenant does that', async () => {
    const acu = rig()
    acu.switches['text.tooLong'] = 'cut'
    expect(at(await acu.put('Vendor', { ...ACME, AccountRef: 'x'.repeat(60) }), 'AccountRef')).toBe('x'.repeat(50))
  })

  it('is 400 for what cannot be read: no body, bare values, wrong types, no JSON', async () => {
    const acu = rig()
    const empty = await acu.call('PUT', '/Vendor', undefined, { 'content-type': 'application/json' })
    expect(empty).toMatchObject({
      status: 400,
      body: { modelState: { '': ['The request body should not be empty.'] } },
    })
    for (const body of [
      { VendorID: 'bare' },
      { PaySeparately: { value: 'perhaps' } },
      { LeadTimedays: { value: 1.5 } },
      [],
    ])
      await acu.expected(400, 'PUT', '/Vendor', body)
    const broken = await acu.raw('PUT', `${ENTITY}/Vendor`, '{', {
      authorization: 'Bearer acu-access-token',
      'content-type': 'application/json',
    })
    expect(broken.status).toBe(400)
  })

  it('is 200 with <NEW> and nothing stored for a PUT of {}', async () => {
    const acu = rig()
    expect(await acu.put('Vendor', {})).toMatchObject({ VendorID: { value: '<NEW>' }, id: expect.any(String) })
    expect(await acu.list('Vendor')).toEqual([])
  })
})

describe('a seed', () => {
  it('can be laid twice: lists and consent stay', async () => {
    const acu = rig()
    acu.simulator.seed({})
    expect(await acu.filtered('Account', "AccountCD eq '61000'")).toHaveLength(1)
    expect(await acu.list('Subaccount')).toHaveLength(1)
    expect(acu.simulator.dump()).toMatchObject({ grants: [{ refreshToken: 'acu-refresh-token' }] })
  })
})

describe('the stamp', () => {
  it('moves with a change, and not when the same is put again', async () => {
    const acu = rig()
    const first = stampOf(await acu.put('Vendor', ACME))
    acu.clock.now += MINUTE
    expect(stampOf(await acu.put('Vendor', ACME))).toBe(first)
    expect(stampOf(await acu.put('Vendor', { ...ACME, VendorName: 'New' }))).toBe('2026-03-04T09:16:27.42-05:00')
  })

  it('moves or stays when only a contact changes, as the switch says', async () => {
    const acu = rig()
    const first = stampOf(await acu.put('Vendor', ACME))
    const moved = { VendorID: 'ACME01', MainContact: { Email: 'new@acme.example' } }
    acu.clock.now += MINUTE
    acu.switches['vendor.contactStamp'] = false
    expect(stampOf(await acu.put('Vendor', moved))).toBe(first)
    acu.switches['vendor.contactStamp'] = true
    expect(stampOf(await acu.put('Vendor', { ...moved, MainContact: { Attention: 'Ann' } }))).not.toBe(first)
  })
})

describe('a vendor', () => {
  it('is read by key, by id, and not at all as 500', async () => {
    const acu = rig()
    const { id } = await acu.put('Vendor', ACME)
    expect((await acu.get('Vendor/acme01')).id).toBe(id)
    expect(at(await acu.get(`Vendor/${id}`), 'VendorID')).toBe('ACME01')
    expect(await acu.failure('GET', '/Vendor/NOBODY')).toBe('NoEntitySatisfiesTheConditionException')
  })

  it('keeps its id when a user renames it, and its documents follow', async () => {
    const acu = rig()
    const { id } = await acu.put('Vendor', ACME)
    await acu.put('Bill', { Vendor: 'ACME01', Hold: true })
    acu.act('rename-vendor', { key: 'ACME01', to: 'ACME99' })
    expect(await acu.failure('GET', '/Vendor/ACME01')).toBe('NoEntitySatisfiesTheConditionException')
    expect((await acu.get('Vendor/ACME99')).id).toBe(id)
    expect(await acu.filtered('Bill', "Vendor eq 'ACME99'")).toHaveLength(1)
  })

  it('can be deleted only while no document names it', async () => {
    const acu = rig()
    await acu.put('Vendor', ACME)
    await acu.put('Bill', { Vendor: 'ACME01', Hold: true, ReferenceNbr: 'x' })
    expect(await acu.failure('DELETE', '/Vendor/ACME01')).toBe('OutcomeEntityHasErrorsException')
    await acu.expected(204, 'DELETE', '/Bill/Bill/000001')
    await acu.expected(204, 'DELETE', '/Vendor/ACME01')
    expect(await acu.failure('DELETE', '/Vendor/ACME01')).toBe('NoEntitySatisfiesTheConditionException')
  })

  it('comes back with a padded key where a tenant has that', async () => {
    const acu = rig()
    acu.switches['keys.padded'] = true
    expect(at(await acu.put('Vendor', ACME), 'VendorID')).toBe('ACME01    ')
    expect(at(await acu.get('Vendor/ACME01'), 'VendorName')).toBe('Acme Widgets')
  })

  it('keeps custom fields and answers those that are asked for', async () => {
    const acu = rig()
    const custom = { BAccount: { UsrCin7: { type: 'CustomStringField', value: 'C-1' } } }
    expect(await acu.put('Vendor', { ...ACME, custom })).toMatchObject({ custom: {} })
    expect(await acu.get('Vendor/ACME01?$custom=BAccount.UsrCin7')).toMatchObject({ custom })
    expect(await acu.filtered('Vendor', "cf.String(f='BAccount.UsrCin7') eq 'C-1'")).toHaveLength(1)
  })

  it('takes files where its link says, and lists them when asked', async () => {
    const acu = rig()
    const made = await acu.put('Vendor', ACME)
    const link = String(made._links && Object.values(made._links)[1])
      .replace(SITE, '')
      .replace('{filename}', 'terms.pdf')
    const headers = { authorization: 'Bearer acu-access-token', 'content-type': 'application/octet-stream' }
    const answer = await acu.raw('PUT', link, 'bytes', { ...headers, 'px-cbfilecomment': 'signed' })
    expect(answer.status).toBe(204)
    const target = (answer.headers?.location ?? '').replace(SITE, '')
    expect((await acu.raw('GET', target, '', headers)).body).toBe('bytes')
    expect(await acu.get('Vendor/ACME01?$expand=files')).toMatchObject({
      files: [{ filename: 'terms.pdf', comment: 'signed', href: answer.headers?.location }],
    })
  })
})
