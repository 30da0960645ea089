import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeCin7 } from './cin7'
import { ACCOUNT_ID, APPLICATION_KEY } from './cin7/seed-defaults'
import type { Collection, Store } from './store'
import type { Delivery, Simulator, VendorResponse } from './vendor'

/** Keeps text, so a document that was changed without being put again would show. */
const memoryStore = (): Store => {
  const counters = new Map<string, number>()
  const open = new Map<string, Collection<never>>()
  const make = <T>(): Collection<T> => {
    const documents = new Map<string, string>()
    const read = (text: string): T => JSON.parse(text)
    return {
      get(id) {
        const text = documents.get(id)
        return text === undefined ? undefined : read(text)
      },
      put(id, document) {
        documents.set(id, JSON.stringify(document))
        return document
      },
      delete: (id) => documents.delete(id),
      all: () => [...documents.values()].map(read),
      get size() {
        return documents.size
      },
    }
  }
  return {
    collection<T>(kind: string): Collection<T> {
      const known = open.get(kind) as Collection<T> | undefined
      if (known) return known
      const made = make<T>()
      open.set(kind, made as unknown as Collection<never>)
      return made
    },
    next(counter, from = 1) {
      const value = (counters.get(counter) ?? from - 1) + 1
      counters.set(counter, value)
      return value
    },
  }
}

const START = Date.parse('2026-03-02T10:00:00.123Z')
const EMPTY = '00000000-0000-0000-0000-000000000000'
const AUTH = { 'api-auth-accountid': ACCOUNT_ID, 'api-auth-applicationkey': APPLICATION_KEY }

let now = START
let switches: Record<string, unknown> = {}
let sent: Omit<Delivery, 'id' | 'vendor'>[] = []
let cin7: Simulator

beforeEach(() => {
  now = START
  switches = { 'rateLimit.off': true }
  sent = []
  cin7 = makeCin7({
    store: memoryStore(),
    now: () => now,
    switched: <T>(name: string, otherwise: T) => (switches[name] as T | undefined) ?? otherwise,
    deliver: (delivery) => {
      sent.push(delivery)
    },
  })
  cin7.seed({ customers: [{ Name: 'Rock Star' }], suppliers: [{ Name: 'Bayside' }] })
})

interface Extra {
  headers?: Record<string, string>
  base?: string
}

const call = (method: string, target: string, body?: unknown, extra: Extra = {}): VendorResponse => {
  const url = new URL(`https://cin7.test${extra.base ?? '/ExternalApi/v2'}${target}`)
  const answer = cin7.handle({
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: new Headers({ 'content-type': 'application/json', ...AUTH, ...extra.headers }),
    body: typeof body === 'string' ? body : JSON.stringify(body ?? {}),
    baseUrl: 'https://cin7.test',
  })
  if (answer instanceof Promise) throw new Error('unexpected promise')
  return answer
}

type Answers = [Answer, ...Answer[]]

/** As much of an answer as the tests walk through; the rest is compared as it is. */
interface Answer {
  [key: string]: unknown
  ID: string
  SaleID: string
  TaskID: string
  CustomerID: string
  SKU: string
  AccountCode: string
  Total: number
  Invoices: Answers
  Lines: Answers
  Contacts: Answers
  AdditionalCharges: Answers
  CustomerList: Answers
  SupplierList: Answers
  Products: Answers
  SaleList: Answers
  LocationList: Answers
  TaxRuleList: Answers
  AccountsList: Answers
  BankAccountsList: Answers
  PaymentTermList: Answers
  PriceTiers: Answers
  Webhooks: Answers
}

const Answer = z.custom<Answer>((value) => typeof value === 'object' && value !== null)

const ok = (method: string, target: string, body?: unknown): Answer => {
  const answer = call(method, target, body)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
  return Answer.parse(answer.body)
}
const texts = (answer: VendorResponse): string[] =>
  z
    .array(z.object({ ErrorCode: z.number(), Exception: z.string() }))
    .parse(answer.body)
    .map(({ Exception }) => Exception)
const refused = (method: string, target: string, body?: unknown): string => {
  const answer = call(method, target, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(400)
  return texts(answer).join(' | ')
}

const CUSTOMER = {
  Name: 'New One',
  Status: 'Active',
  Currency: 'USD',
  PaymentTerm: '30 days',
  AccountReceivable: '610',
  RevenueAccount: '200',
  TaxRule: 'Tax on Sales',
}
const SUPPLIER = {
  Name: 'New Supplier',
  Status: 'Active',
  Currency: 'USD',
  PaymentTerm: '30 days',
  AccountPayable: '800',
  TaxRule: 'Tax on Purchases',
}
const HEADER = { Customer: 'Rock Star', Location: 'Main Warehouse', SkipQuote: true, ExternalID: 'wave:1' }
const LINE = {
  SKU: 'SERVICE',
  Name: 'Service',
  Quantity: 2,
  Price: 10.25,
  Discount: 0,
  Tax: 2.05,
  TaxRule: 'Tax on Sales',
  Total: 20.5,
}
const CHARGE = { Description: 'Consulting', Quantity: 1, Price: 350, Tax: 35, TaxRule: 'Tax on Sales', Total: 350 }
const DATES = { InvoiceDate: '2026-03-02', InvoiceDueDate: '2026-04-01T00:00:00' }

const header = (extra: object = {}) => ok('POST', '/sale', { ...HEADER, ...extra })
const orderBody = (SaleID: string, extra: object = {}) => ({ SaleID, Status: 'AUTHORISED', Lines: [LINE], ...extra })
const invoiceBody = (SaleID: string, extra: object = {}) => ({
  SaleID,
  TaskID: EMPTY,
  Status: 'AUTHORISED',
  ...DATES,
  Lines: [{ ...LINE, Account: '200' }],
  ...extra,
})
const ordered = (extra: object = {}): string => {
  const { ID } = header(extra)
  ok('POST', '/sale/order', orderBody(ID))
  return ID
}
const invoiced = (extra: object = {}): { sale: string; task: string } => {
  const sale = ordered(extra)
  return { sale, task: ok('POST', '/sale/invoice', invoiceBody(sale)).Invoices[0].TaskID }
}
const paymentBody = (TaskID: string, extra: object = {}) => ({
  TaskID,
  Type: 'Payment',
  Reference: 'P1',
  Amount: 22.55,
  DatePaid: '2026-03-05',
  Account: '718',
  CurrencyRate: 1,
  ...extra,
})
const sale = (id: string) => ok('GET', `/sale?ID=${id}`)
const row = (id: string) => ok('GET', '/saleList').SaleList.find(({ SaleID }) => SaleID === id)

describe('connection', () => {
  it('refuses a missing or wrong header pair with 403 and a plain sentence', () => {
    const wrong = call('GET', '/me', undefined, { headers: { 'api-auth-applicationkey': crypto.randomUUID() } })
    expect(wrong).toMatchObject({ status: 403, body: 'Incorrect credentials!' })
    expect(call('GET', '/me', undefined, { headers: { 'api-auth-accountid': '' } }).status).toBe(403)
    cin7.act('set-keys', { applicationKeys: [] })
    expect(call('GET', '/me').status).toBe(403)
  })

  it('takes paths in any case', () => {
    expect(call('GET', '/SALELIST', undefined, { base: '/externalapi/V2' }).status).toBe(200)
    expect(ok('GET', '/me')).toMatchObject({ Company: 'Example Company', Currency: 'USD', LockDate: null })
  })

  it('answers an HTML page for unknown paths, with 404 or, when switched, 200', () => {
    const page = call('GET', '/AdvancedPurchase')
    expect(page.status).toBe(404)
    expect(page.headers?.['content-type']).toContain('text/html')
    expect(call('GET', '/me', undefined, { base: '/api' }).status).toBe(404)
    switches['html.status'] = 200
    expect(call('GET', '/nothing')).toMatchObject({ status: 200, body: expect.stringContaining('Page not found') })
  })

  it('answers 405 for a verb that is not offered', () => {
    const answer = call('PUT', '/sale/order', {})
    expect(answer.status).toBe(405)
    expect(texts(answer)).toEqual(["The requested resource does not support http method 'PUT'."])
    expect(call('DELETE', '/customer?ID=x').status).toBe(405)
    expect(call('POST', '/saleList', {}).status).toBe(405)
  })

  it('answers 500 for a body that is no JSON and 400 for one of a wrong shape', () => {
    expect(call('POST', '/sale', '{"Customer":').status).toBe(500)
    expect(call('POST', '/sale', {}, { headers: { 'content-type': 'text/plain' } }).status).toBe(500)
    expect(call('POST', '/sale', []).status).toBe(400)
    const { ID } = header()
    expect(refused('POST', '/sale/order', orderBody(ID, { Lines: { SKU: 'x' } }))).toBe('Lines is invalid')
  })

  it('has a bare-object form of errors and one inside HTTP 200', () => {
    switches['errors.bare'] = true
    expect(call('GET', '/sale?ID=x').body).toMatchObject({ ErrorCode: 400 })
    switches['errors.in200'] = true
    expect(call('GET', '/sale?ID=x')).toMatchObject({ status: 200, body: { ErrorCode: 400 } })
  })
})

describe('call limit', () => {
  beforeEach(() => {
    switches = {}
    for (let n = 0; n < 60; n++) expect(call('GET', '/me')).not.toHaveProperty('headers')
  })

  it('refuses the 61st call within 60 s and serves again afterwards', () => {
    const answer = call('GET', '/me')
    expect(answer).toMatchObject({ status: 429, body: 'You have reached 60 calls per 60 seconds API limit.' })
    expect(answer.headers).toMatchObject({
      'Retry-After': '60 Seconds',
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '60',
      'content-type': expect.stringContaining('text/plain'),
    })
    now += 60_000
    expect(call('GET', '/me').status).toBe(200)
  })

  it('refuses in the other forms too, without doing anything', () => {
    switches['rateLimit.form'] = '503'
    expect(call('POST', '/customer', CUSTOMER).status).toBe(503)
    switches['rateLimit.form'] = '400'
    expect(texts(call('POST', '/customer', CUSTOMER))).toEqual(['You have reached 60 calls per 60 seconds API limit.'])
    expect(cin7.throttled('429-bare').headers?.['Retry-After']).toBe('30')
    expect(cin7.dump()).toMatchObject({ customers: [{ Name: 'Rock Star' }] })
  })

  it('counts each key on its own, or the account when switched', () => {
    const second = crypto.randomUUID()
    cin7.act('set-keys', { applicationKeys: [APPLICATION_KEY, second] })
    const other = { headers: { 'api-auth-applicationkey': second } }
    expect(call('GET', '/me', undefined, other).status).toBe(200)
    switches['rateLimit.shared'] = true
    for (let n = 0; n < 60; n++) call('GET', '/me')
    expect(call('GET', '/me', undefined, other).status).toBe(429)
  })
})

describe('lists', () => {
  beforeEach(() => {
    cin7.seed({ customers: Array.from({ length: 120 }, (_, n) => ({ Name: `Customer ${n}` })) })
  })

  it('page by 100 unless told otherwise and are empty past the end', () => {
    expect(ok('GET', '/customer').CustomerList).toHaveLength(100)
    expect(ok('GET', '/customer?page=2').CustomerList).toHaveLength(21)
    expect(ok('GET', '/customer?LIMIT=5000')).toMatchObject({ Total: 121, Page: 1 })
    expect(ok('GET', '/customer?Page=9')).toEqual({ Total: 121, Page: 9, CustomerList: [] })
  })

  it('take Name as starts-with, ignore unknown parameters and filter on blank ones', () => {
    expect(ok('GET', '/customer?name=customer 11').Total).toBe(11)
    expect(ok('GET', '/customer?Name=ustomer').Total).toBe(0)
    expect(ok('GET', '/supplier?Search=zzz').Total).toBe(1)
    expect(ok('GET', '/customer?Name=').Total).toBe(0)
  })

  it('hide deprecated parties unless asked', () => {
    cin7.act('deprecate-customer', { id: 'Customer 7' })
    expect(ok('GET', '/customer?Name=Customer 7').CustomerList).not.toContainEqual(
      expect.objectContaining({ Name: 'Customer 7' }),
    )
    expect(ok('GET', '/customer?Name=Customer 7&IncludeDeprecated=true').CustomerList[0]).toMatchObject({
      Status: 'Deprecated',
    })
  })

  it('filter by ModifiedSince in UTC, and the stamp moves on every change', () => {
    now += 3_600_000
    cin7.act('edit-customer', { id: 'Customer 5', changes: { Comments: 'x' } })
    const { Total, CustomerList } = ok('GET', '/customer?ModifiedSince=2026-03-02T10:30:00')
    expect(Total).toBe(1)
    expect(CustomerList[0].LastModifiedOn).toBe('2026-03-02T11:00:00.123Z')
    expect(refused('GET', '/customer?ModifiedSince=yesterday')).toContain('ModifiedSince')
  })

  it('can lag behind: new and changed records show later, details at once', () => {
    const before = header()
    switches.listLagMs = 30_000
    const { ID } = header({ ExternalID: 'wave:2' })
    ok('PUT', '/sale', { ID: before.ID, Note: 'x', ExternalID: 'changed' })
    expect(ok('GET', '/saleList?ExternalID=wave:2').Total).toBe(0)
    expect(ok('GET', '/saleList?ExternalID=wave:1').Total).toBe(1)
    expect(sale(ID).ExternalID).toBe('wave:2')
    now += 30_000
    expect(ok('GET', '/saleList?ExternalID=wave:2').Total).toBe(1)
    expect(ok('GET', '/saleList?ExternalID=wave:1').Total).toBe(0)
  })
})

describe('reference books', () => {
  it('refuse an unknown account code and answer empty elsewhere', () => {
    expect(refused('GET', '/ref/account?Code=999')).toBe('Account with specified ID not found')
    expect(ok('GET', '/ref/account?Code=610').AccountsList[0]).toMatchObject({ SystemAccount: 'Accounts receivable' })
    expect(ok('GET', '/ref/paymentterm?Name=zzz')).toMatchObject({ Total: 0, PaymentTermList: [] })
    expect(ok('GET', '/ref/tax?Name=zzz').TaxRuleList).toEqual([])
    expect(ok('GET', '/ref/location?Name=zzz').LocationList).toEqual([])
  })

  it('list banks, taxes, terms (also inactive), locations and price tiers', () => {
    expect(ok('GET', '/ref/account/bank').BankAccountsList.map(({ AccountCode }) => AccountCode)).toEqual([
      '713',
      '718',
    ])
    expect(ok('GET', '/ref/tax?IsTaxForPurchase=true&Name=Tax on').TaxRuleList).toHaveLength(1)
    expect(ok('GET', '/ref/paymentterm?Name=cash').PaymentTermList[0].IsActive).toBe(false)
    expect(ok('GET', '/ref/location').Total).toBe(3)
    const tiers = ok('GET', '/ref/priceTier')
    expect(tiers.PriceTiers).toHaveLength(10)
    expect(tiers).not.toHaveProperty('Total')
  })

  it('can be written, but not the chart of a connected company', () => {
    const account = { Code: '205', Name: 'More', Type: 'REVENUE', Class: 'REVENUE', Status: 'ACTIVE' }
    expect(ok('POST', '/ref/account', account)).toMatchObject({
      Total: 1,
      AccountsList: [{ DisplayName: '205: More' }],
    })
    expect(refused('POST', '/ref/account', { ...account, Code: '719', Type: 'BANK' })).toContain('BankAccountNumber')
    expect(ok('POST', '/ref/paymentterm', { Name: '7 days', Duration: 7 }).PaymentTermList[0].IsActive).toBe(true)
    cin7.act('connect-ledger', { on: true })
    expect(refused('PUT', '/ref/account', { Code: '205', Name: 'Other' })).toContain('connected')
    expect(ok('DELETE', '/ref/account?Code=205')).toEqual({ Success: true })
  })
})

describe('customers and suppliers', () => {
  it('are answered in the list envelope, with unknown fields ignored', () => {
    const made = ok('POST', '/customer', { ...CUSTOMER, name: 'wrong case', Nonsense: 1 })
    expect(made).toMatchObject({ Total: 1, Page: 1, CustomerList: [{ Name: 'New One', PriceTier: 'Tier 1' }] })
    expect(made.CustomerList[0]).not.toHaveProperty('Nonsense')
    expect(ok('POST', '/supplier', SUPPLIER).SupplierList[0]).toMatchObject({ AccountPayable: '800' })
  })

  it('need their required fields, on PUT too', () => {
    for (const name of Object.keys(CUSTOMER))
      expect(refused('POST', '/customer', { ...CUSTOMER, [name]: undefined })).toContain(`'${name}'`)
    for (const name of Object.keys(SUPPLIER))
      expect(refused('POST', '/supplier', { ...SUPPLIER, [name]: null })).toContain(`'${name}'`)
    const { ID } = ok('POST', '/customer', CUSTOMER).CustomerList[0]
    expect(refused('PUT', '/customer', { ID, Name: 'Renamed' })).toContain("'Currency'")
    expect(refused('PUT', '/customer', CUSTOMER)).toContain("'ID'")
    expect(refused('PUT', '/customer', { ...CUSTOMER, ID: crypto.randomUUID() })).toContain('not found')
    switches['party.partialPut'] = true
    expect(ok('PUT', '/customer', { ID, Name: 'Renamed' }).CustomerList[0]).toMatchObject({
      Name: 'Renamed',
      Currency: 'USD',
    })
  })

  it('report locations and people first, terms and taxes next, accounts last', () => {
    const bad = {
      ...CUSTOMER,
      Location: 'X',
      SalesRepresentative: 'Y',
      PaymentTerm: 'cash',
      TaxRule: 'Tax on Purchases',
      AccountReceivable: '801',
    }
    const first = call('POST', '/customer', bad)
    expect(first).toMatchObject({
      status: 400,
      body: [
        { ErrorCode: 404, Exception: "Location 'X' was not found in Locations reference book" },
        { ErrorCode: 400, Exception: "Sales Representative 'Y' was not found in Company Contacts reference book" },
      ],
    })
    const second = refused('POST', '/customer', { ...bad, Location: 'Main Warehouse', SalesRepresentative: null })
    expect(second).toContain('Active payment term with name cash was not found in Payment Terms reference book')
    expect(second).toContain('Tax on Purchases')
    const rest = { ...CUSTOMER, AccountReceivable: '801', RevenueAccount: '999' }
    expect(refused('POST', '/customer', rest)).toContain('Account with specified ID not found')
  })

  it('refuse every unfit reference', () => {
    const no = 'Account with specified ID not found'
    expect(refused('POST', '/customer', { ...CUSTOMER, AccountReceivable: '800' })).toBe(no)
    expect(refused('POST', '/customer', { ...CUSTOMER, RevenueAccount: '899' })).toBe(no)
    expect(refused('POST', '/supplier', { ...SUPPLIER, AccountPayable: '801' })).toBe(no)
    expect(refused('POST', '/supplier', { ...SUPPLIER, TaxRule: 'Tax on Sales' })).toContain('tax rule')
    expect(refused('POST', '/customer', { ...CUSTOMER, TaxRule: 'Old Tax' })).toContain('tax rule')
    expect(refused('POST', '/customer', { ...CUSTOMER, Location: 'Closed Warehouse' })).toContain('Location')
    expect(refused('POST', '/customer', { ...CUSTOMER, Carrier: 'Pigeon' })).toContain('Carrier')
    expect(refused('POST', '/customer', { ...CUSTOMER, PriceTier: 'Tier 11' })).toContain('Price tier')
    expect(refused('POST', '/customer', { ...CUSTOMER, Currency: 'Dollar' })).toContain('Currency')
    expect(refused('POST', '/customer', { ...CUSTOMER, Status: 'Gone' })).toBe('Status is invalid')
    expect(refused('POST', '/customer', { ...CUSTOMER, Discount: 101 })).toContain('Discount')
    expect(refused('POST', '/customer', { ...CUSTOMER, Name: 'x'.repeat(257) })).toContain('256')
    expect(refused('POST', '/customer', { ...CUSTOMER, Addresses: [{ Line1: 'A' }] })).toContain("for 'Addresses' line")
    expect(refused('POST', '/customer', { ...CUSTOMER, Contacts: [{ Email: 'a@b.c' }] })).toContain(
      "for 'Contacts' line",
    )
    cin7.act('deactivate-account', { code: '200' })
    expect(refused('POST', '/customer', CUSTOMER)).toBe(no)
  })

  it('have unique names, customers only', () => {
    expect(refused('POST', '/customer', { ...CUSTOMER, Name: ' ROCK star' })).toContain('already exists')
    ok('POST', '/supplier', { ...SUPPLIER, Name: 'Bayside' })
    expect(ok('GET', '/supplier?Name=Bayside').Total).toBe(2)
  })

  it('keep what a PUT leaves out, clear what it sends empty, and add rows without an ID', () => {
    const contact = { Name: 'Ann', Email: 'a@b.c' }
    const made = ok('POST', '/customer', { ...CUSTOMER, Comments: 'c', TaxNumber: '1', Contacts: [contact] })
      .CustomerList[0]
    const put = (extra: object) => ok('PUT', '/customer', { ...CUSTOMER, ID: made.ID, ...extra }).CustomerList[0]
    expect(put({ Comments: '' })).toMatchObject({ Comments: '', TaxNumber: '1', Contacts: [contact] })
    expect(put({ Contacts: [contact] }).Contacts).toHaveLength(2)
    const kept = { ID: made.Contacts[0].ID.toUpperCase(), Phone: '1' }
    expect(put({ Contacts: [kept] }).Contacts[0]).toMatchObject({ Name: 'Ann', Phone: '1' })
  })

  it('keep their currency once there are sales', () => {
    const { CustomerID } = header()
    expect(refused('PUT', '/customer', { ...CUSTOMER, Name: 'Rock Star', ID: CustomerID, Currency: 'EUR' })).toContain(
      'Currency',
    )
  })
})

describe('products', () => {
  const PRODUCT = {
    SKU: 'S2',
    Name: 'Consulting',
    Category: 'Service',
    Type: 'Service',
    CostingMethod: 'FIFO',
    UOM: 'Item',
    Status: 'Active',
  }

  it('are written and found by SKU', () => {
    const made = ok('POST', '/product', PRODUCT).Products[0]
    expect(ok('GET', '/product?Sku=s').Products.map(({ SKU }) => SKU)).toEqual(['SERVICE', 'S2'])
    expect(ok('PUT', '/product', { ID: made.ID, Type: 'Stock', Name: 'X' }).Products[0]).toMatchObject({
      Type: 'Service',
      Name: 'X',
    })
  })

  it('need their fields, a unique SKU and known references', () => {
    for (const name of Object.keys(PRODUCT))
      expect(refused('POST', '/product', { ...PRODUCT, [name]: undefined })).toContain(`'${name}'`)
    expect(refused('POST', '/product', { ...PRODUCT, SKU: 'service' })).toContain('already exists')
    expect(call('POST', '/product', { ...PRODUCT, Category: 'X', Brand: 'B' }).body).toEqual([
      { ErrorCode: 404, Exception: 'Category not found.' },
      { ErrorCode: 404, Exception: "Brand 'B' was not found in reference book" },
    ])
    expect(refused('POST', '/product', { ...PRODUCT, RevenueAccount: '1' })).toContain('Account')
    expect(refused('POST', '/product', { ...PRODUCT, Type: 'Thing' })).toBe('Type is invalid')
    expect(refused('PUT', '/product', { ID: 'x' })).toContain('not found')
  })
})

describe('sale header', () => {
  it('is numbered, takes loose types and ignores nested orders and invoices', () => {
    const made = header({
      SkipQuote: 'true',
      TaxInclusive: 'false',
      CurrencyRate: '1',
      Order: { Lines: [LINE] },
      Lines: [LINE],
    })
    expect(made).toMatchObject({
      Status: 'ESTIMATED',
      TaxCalculation: 'Exclusive',
      Type: 'Simple Sale',
      SaleOrderDate: '2026-03-02T00:00:00',
      Terms: '30 days',
      Order: { SaleOrderNumber: 'SO-00001', Status: 'NOT AVAILABLE', Lines: [] },
      Invoices: [],
      CombinedPaymentStatus: 'UNPAID',
    })
    expect(made).not.toHaveProperty('SaleID')
    expect(header({ SkipQuote: false })).toMatchObject({ Status: 'DRAFT', Order: { SaleOrderNumber: 'SO-00002' } })
  })

  it('needs a known, active customer and a location', () => {
    expect(refused('POST', '/sale', { Location: 'Main Warehouse' })).toContain("'CustomerID' or 'Customer'")
    expect(refused('POST', '/sale', { Customer: 'Rock Star' })).toContain("'Location'")
    expect(refused('POST', '/sale', { ...HEADER, Customer: 'Rock' })).toContain('not found')
    expect(refused('POST', '/sale', { ...HEADER, CustomerID: EMPTY })).toContain('not found')
    cin7.act('deprecate-customer', { id: 'Rock Star' })
    expect(refused('POST', '/sale', HEADER)).toContain('deprecated')
  })

  it('refuses unknown references, bad dates and words', () => {
    expect(call('POST', '/sale', { ...HEADER, Location: 'X' }).body).toMatchObject([{ ErrorCode: 404 }])
    expect(refused('POST', '/sale', { ...HEADER, Terms: 'cash' })).toContain('payment term')
    expect(refused('POST', '/sale', { ...HEADER, TaxRule: 'Tax on Purchases' })).toContain('tax rule')
    expect(refused('POST', '/sale', { ...HEADER, DefaultAccount: '999' })).toContain('Account')
    expect(refused('POST', '/sale', { ...HEADER, SaleOrderDate: '28/10/2025' })).toBe('SaleOrderDate is invalid')
    expect(refused('POST', '/sale', { ...HEADER, SaleOrderDate: '2025-13-45' })).toBe('SaleOrderDate is invalid')
    expect(refused('POST', '/sale', { ...HEADER, SaleType: 'Complex' })).toBe('SaleType is invalid')
    expect(refused('POST', '/sale', { ...HEADER, SkipQuote: 'yes' })).toBe('SkipQuote is invalid')
    expect(refused('POST', '/sale', { ...HEADER, ExternalID: 'x'.repeat(257) })).toContain('256')
    expect(cin7.dump()).toMatchObject({ sales: [] })
  })

  it('needs a rate when the customer has a foreign currency', () => {
    cin7.seed({ customers: [{ Name: 'Paris', Currency: 'EUR' }] })
    expect(refused('POST', '/sale', { ...HEADER, Customer: 'Paris' })).toContain("'CurrencyRate'")
    expect(header({ Customer: 'Paris', CurrencyRate: '1.0834567' })).toMatchObject({
      CurrencyRate: 1.08346,
      CustomerCurrency: 'EUR',
      BaseCurrency: 'USD',
    })
  })

  it('is changed by PUT, which keeps what it leaves out', () => {
    const { ID } = header({ Note: 'a' })
    expect(ok('PUT', '/sale', { ID, CustomerReference: 'INV-7' })).toMatchObject({
      Note: 'a',
      CustomerReference: 'INV-7',
    })
    expect(refused('PUT', '/sale', { Note: 'x' })).toContain("'ID'")
    ok('POST', '/sale/order', orderBody(ID))
    expect(refused('PUT', '/sale', { ID, TaxInclusive: true })).toContain('cannot be changed')
  })

  it('checks on PUT only what is sent, so a note can still follow a term that went out of use', () => {
    const { ID } = header()
    cin7.act('set-term-active', { name: '30 days' })
    expect(ok('PUT', '/sale', { ID, Note: 'n' })).toMatchObject({ Note: 'n' })
    expect(refused('PUT', '/sale', { ID, Terms: '30 days' })).toContain('payment term')
    expect(refused('POST', '/sale', HEADER)).toContain('payment term')
  })

  it('is unknown by any other id', () => {
    expect(refused('GET', `/sale?ID=${EMPTY}`)).toContain('not found')
    expect(refused('GET', '/sale')).toContain("'ID'")
  })
})

describe('sale list', () => {
  it('has SaleID, runs by number and finds by ExternalID, exactly', () => {
    const first = header()
    const second = header({ ExternalID: 'wave:11' })
    now += 1000
    ok('PUT', '/sale', { ID: first.ID, Note: 'later' })
    const { SaleList } = ok('GET', '/saleList')
    expect(SaleList.map(({ SaleID }) => SaleID)).toEqual([first.ID, second.ID])
    expect(SaleList[0]).not.toHaveProperty('ID')
    expect(ok('GET', '/salelist?externalid=wave:1').Total).toBe(1)
    expect(ok('GET', '/saleList?UpdatedSince=2026-03-02T10:00:01').SaleList[0].SaleID).toBe(first.ID)
    expect(ok('GET', '/saleList?CreatedSince=2026-03-02T10:00:01').Total).toBe(0)
  })

  it('searches number, status, customer, invoice and reference, not ExternalID', () => {
    const { sale: id } = invoiced({ CustomerReference: 'REF-9', ExternalID: 'zzz' })
    for (const word of ['so-00001', 'invoiced', 'rock', 'inv-00001', 'REF'])
      expect(ok('GET', `/saleList?Search=${word}`).SaleList[0]?.SaleID).toBe(id)
    expect(ok('GET', '/saleList?Search=zzz').Total).toBe(0)
  })

  it('finds nothing for several statuses in one filter', () => {
    ordered()
    expect(ok('GET', '/saleList?Status=ordered').Total).toBe(1)
    expect(ok('GET', '/saleList?Status=ORDERED,DRAFT').Total).toBe(0)
    expect(ok('GET', '/saleList?OrderStatus=AUTHORISED|DRAFT').Total).toBe(0)
  })
})

describe('quote and order', () => {
  it('follow each other: an order needs an authorised quote or none at all', () => {
    const { ID } = header({ SkipQuote: false })
    expect(refused('POST', '/sale/order', orderBody(ID))).toContain('quote')
    ok('POST', '/sale/quote', orderBody(ID, { Status: 'DRAFT' }))
    expect(sale(ID).Status).toBe('ESTIMATING')
    expect(refused('POST', '/sale/order', orderBody(ID))).toContain('quote')
    ok('POST', '/sale/quote', orderBody(ID))
    expect(sale(ID).Status).toBe('ESTIMATED')
    expect(refused('POST', '/sale/quote', orderBody(ID))).toContain('DRAFT')
    ok('POST', '/sale/order', orderBody(ID, { Status: 'DRAFT' }))
    expect(sale(ID).Status).toBe('ORDERING')
  })

  it('replace their lines, and an authorised order is closed', () => {
    const { ID } = header()
    ok('POST', '/sale/order', orderBody(ID, { Status: 'DRAFT', Lines: [LINE, { ...LINE, SKU: 'Bread' }] }))
    const done = ok('POST', '/sale/order', orderBody(ID, { AdditionalCharges: [CHARGE] }))
    expect(done).toMatchObject({ SaleID: ID, Status: 'AUTHORISED', TotalBeforeTax: 370.5, Tax: 37.05, Total: 407.55 })
    expect(done.Lines).toHaveLength(1)
    expect(done.Lines[0]).not.toHaveProperty('Account')
    expect(sale(ID)).toMatchObject({ Status: 'ORDERED', CombinedPickingStatus: 'NOT PICKED' })
    expect(refused('POST', '/sale/order', orderBody(ID))).toBe('Sale order should be in DRAFT or NOT AVAILABLE status')
  })

  it('count an inclusive total as it stands', () => {
    const { ID } = header({ TaxInclusive: true })
    expect(ok('POST', '/sale/order', orderBody(ID))).toMatchObject({ TotalBeforeTax: 18.45, Tax: 2.05, Total: 20.5 })
  })

  it('round tax by row or by document as the company says', () => {
    const rows = Array.from({ length: 3 }, () => ({ ...LINE, Tax: '0.005' }))
    expect(ok('POST', '/sale/order', orderBody(header().ID, { Lines: rows })).Tax).toBe(0.02)
    cin7.seed({ me: { TaxCalculationMethod: 'Row Total' } })
    expect(ok('POST', '/sale/order', orderBody(header().ID, { Lines: rows })).Tax).toBe(0.03)
  })

  it('are refused without required fields', () => {
    const { ID } = header()
    for (const name of ['SaleID', 'Status', 'Lines'])
      expect(refused('POST', '/sale/order', { ...orderBody(ID), [name]: undefined })).toContain(`'${name}'`)
    const without = (name: string) =>
      refused('POST', '/sale/order', orderBody(ID, { Lines: [{ ...LINE, [name]: undefined }] }))
    for (const name of ['Name', 'Quantity', 'Tax', 'TaxRule', 'SKU'])
      expect(without(name)).toContain("is required for 'Lines' line")
    const charge = (name: string) =>
      refused('POST', '/sale/order', orderBody(ID, { Lines: [], AdditionalCharges: [{ ...CHARGE, [name]: '' }] }))
    for (const name of ['Description', 'Quantity', 'Tax', 'TaxRule'])
      expect(charge(name)).toBe(`'${name}' is required for 'AdditionalCharges' line`)
    expect(refused('POST', '/sale/order', orderBody(ID, { Lines: [] }))).toContain('without lines')
    expect(refused('POST', '/sale/order', orderBody(ID, { Status: 'APPROVED' }))).toBe('Status is invalid')
    expect(refused('POST', '/sale/order', orderBody(EMPTY))).toContain('not found')
  })

  it('are refused with unknown products, unfit taxes and impossible numbers', () => {
    const { ID } = header()
    const line = (extra: object) => refused('POST', '/sale/order', orderBody(ID, { Lines: [{ ...LINE, ...extra }] }))
    expect(line({ SKU: 'Nothing' })).toBe("Product 'Nothing' was not found")
    expect(line({ ProductID: EMPTY })).toContain('was not found')
    expect(line({ TaxRule: 'Tax on Purchases' })).toContain('tax rule')
    expect(line({ TaxRule: 'Old Tax' })).toContain('tax rule')
    expect(line({ Quantity: 0 })).toBe('Quantity is invalid')
    expect(line({ Quantity: 0.5, Total: 5.13 })).toBe('Quantity is invalid')
    expect(line({ Quantity: 'two' })).toBe('Quantity is invalid')
    expect(line({ Discount: 101 })).toBe('Discount is invalid')
    expect(line({ Comment: 'x'.repeat(257) })).toContain('256')
    switches['quantity.anyPositive'] = true
    ok('POST', '/sale/order', orderBody(ID, { Lines: [{ ...LINE, Quantity: 0.5, Total: 5.13 }] }))
  })

  it('check the sent total to a cent, with tax beside it', () => {
    const { ID } = header()
    const post = (extra: object) => orderBody(ID, { Status: 'DRAFT', Lines: [{ ...LINE, ...extra }] })
    expect(refused('POST', '/sale/order', post({ Total: 22.55 }))).toMatch(
      /attribute 'Total' doesn't match .*Expected value is: 20\.50/,
    )
    expect(refused('POST', '/sale/order', post({ Discount: 10 }))).toContain('Expected value is: 18.45')
    expect(ok('POST', '/sale/order', post({ Total: '20.51' })).Lines[0].Total).toBe(20.5)
    expect(ok('POST', '/sale/order', post({ Total: undefined })).Lines[0].Total).toBe(20.5)
    expect(ok('POST', '/sale/order', post({ Price: undefined, Total: 0 })).Lines[0].Price).toBe(0)
    const exact = { Quantity: 3, Price: '0.335', Discount: 0, Total: undefined }
    expect(ok('POST', '/sale/order', post(exact)).Lines[0].Total).toBe(1.01)
  })

  it('take the same SKU twice, unless switched', () => {
    const { ID } = header()
    const twice = orderBody(ID, { Status: 'DRAFT', Lines: [LINE, LINE] })
    ok('POST', '/sale/order', twice)
    switches['lines.refuseDuplicateSku'] = true
    expect(refused('POST', '/sale/order', twice)).toContain('duplicate')
  })

  it('take free text in charges, unless switched', () => {
    const { ID } = header()
    const body = orderBody(ID, { Status: 'DRAFT', Lines: [], AdditionalCharges: [CHARGE] })
    ok('POST', '/sale/order', body)
    switches['charges.serviceProductOnly'] = true
    expect(refused('POST', '/sale/order', body)).toContain('Consulting')
  })

  it('back-order what stock cannot cover, and give it back on undo', () => {
    const bread = (Quantity: number) => ({ ...LINE, SKU: 'Bread', Quantity, Total: undefined })
    const first = header().ID
    ok('POST', '/sale/order', orderBody(first, { Lines: [bread(90)] }))
    expect(sale(first).Status).toBe('ORDERED')
    const second = header().ID
    expect(ok('POST', '/sale/order', orderBody(second, { Lines: [bread(30)] })).Lines[0].BackorderQuantity).toBe(20)
    expect(sale(second).Status).toBe('BACKORDERED')
    ok('DELETE', `/sale?ID=${first}`)
    ok('DELETE', `/sale?ID=${second}&Void=false`)
    ok('POST', '/sale/order', orderBody(second, { Lines: [bread(30)] }))
    expect(sale(second).Status).toBe('ORDERED')
  })

  it('combine charges into lines on demand', () => {
    const { ID } = header()
    const mixed = [LINE, { ...CHARGE, Name: 'Freight' }]
    ok('POST', '/sale/order', orderBody(ID, { CombineAdditionalCharges: true, Lines: mixed }))
    expect(ok('GET', `/sale/order?SaleID=${ID}`).AdditionalCharges[0]).toMatchObject({ Description: 'Consulting' })
    const combined = ok('GET', `/sale/order?SaleID=${ID}&CombineAdditionalCharges=true`)
    expect(combined.Lines).toMatchObject([{ SKU: 'SERVICE' }, { ProductID: null, Name: 'Consulting' }])
  })
})

describe('invoice', () => {
  it('needs an authorised order', () => {
    const { ID } = header()
    expect(refused('POST', '/sale/invoice', invoiceBody(ID))).toContain('order')
    ok('POST', '/sale/order', orderBody(ID, { Status: 'DRAFT' }))
    expect(refused('POST', '/sale/invoice', invoiceBody(ID))).toContain('order')
  })

  it('is numbered by the vendor, and a simple sale has one', () => {
    const id = ordered()
    const made = ok('POST', '/sale/invoice', invoiceBody(id, { InvoiceNumber: 'MINE-1', AdditionalCharges: [CHARGE] }))
    expect(made).toMatchObject({
      SaleID: id,
      Invoices: [{ InvoiceNumber: 'INV-00001', Status: 'AUTHORISED', InvoiceDate: '2026-03-02T00:00:00' }],
    })
    expect(sale(id)).toMatchObject({
      Status: 'INVOICED',
      CombinedInvoiceStatus: 'AUTHORISED',
      Invoices: [{ TotalBeforeTax: 370.5, Tax: 37.05, Total: 407.55, Paid: 0 }],
    })
    expect(refused('POST', '/sale/invoice', invoiceBody(id))).toContain('DRAFT or NOT AVAILABLE')
    const { TaskID } = made.Invoices[0]
    expect(refused('POST', '/sale/invoice', invoiceBody(id, { TaskID }))).toContain('DRAFT or NOT AVAILABLE')
    expect(refused('POST', '/sale/invoice', invoiceBody(id, { TaskID: id }))).toContain('not found')
  })

  it('opens a further one on an Advanced sale', () => {
    const id = ordered({ SaleType: 'Advanced' })
    ok('POST', '/sale/invoice', invoiceBody(id))
    ok('POST', '/sale/invoice', invoiceBody(id))
    expect(ok('GET', `/sale/invoice?SaleID=${id}`).Invoices).toMatchObject([
      { InvoiceNumber: 'INV-00001' },
      { InvoiceNumber: 'INV-00002' },
    ])
  })

  it('is refused without required fields, totals of lines included', () => {
    const id = ordered()
    for (const name of ['SaleID', 'TaskID', 'Status', 'InvoiceDate', 'InvoiceDueDate'])
      expect(refused('POST', '/sale/invoice', { ...invoiceBody(id), [name]: undefined })).toContain(`'${name}'`)
    const line = (extra: object) =>
      refused('POST', '/sale/invoice', invoiceBody(id, { Lines: [{ ...LINE, ...extra }] }))
    expect(line({ Total: undefined })).toBe("'Total' is required for 'Lines' line")
    expect(line({ Total: 20.52 })).toContain("doesn't match")
    expect(line({ Account: '999' })).toBe('Account with specified ID not found')
    expect(line({ Account: '899' })).toBe('Account with specified ID not found')
    expect(refused('POST', '/sale/invoice', invoiceBody(id, { Lines: [] }))).toContain('without lines')
    switches['accounts.revenueOnly'] = true
    expect(line({ Account: '400' })).toContain('revenue')
  })

  it('takes the account from the product or the sale when it names none', () => {
    const id = ordered({ DefaultAccount: '201' })
    const Lines = [LINE, { ...LINE, SKU: 'Bread' }]
    const made = ok('POST', '/sale/invoice', invoiceBody(id, { Lines, AdditionalCharges: [CHARGE] })).Invoices[0]
    expect(made).toMatchObject({
      Lines: [{ Account: '201' }, { Account: '200' }],
      AdditionalCharges: [{ Account: '201' }],
    })
  })

  it('is changed by PUT while a draft: what is left out stays, an empty list deletes rows', () => {
    const id = ordered()
    const body = invoiceBody(id, { Status: 'DRAFT', AdditionalCharges: [CHARGE] })
    const { TaskID } = ok('POST', '/sale/invoice', body).Invoices[0]
    expect(sale(id).Status).toBe('INVOICING')
    const put = (extra: object) => ok('PUT', '/sale/invoice', { SaleID: id, TaskID, ...extra }).Invoices[0]
    expect(put({ Memo: 'x' })).toMatchObject({ Memo: 'x', Lines: [{ SKU: 'SERVICE' }], AdditionalCharges: [{}] })
    expect(put({ AdditionalCharges: [] })).toMatchObject({ Memo: 'x', Lines: [{}], AdditionalCharges: [] })
    expect(put({ Status: 'AUTHORISED' }).Status).toBe('AUTHORISED')
    expect(refused('PUT', '/sale/invoice', { SaleID: id, TaskID, Memo: 'y' })).toContain('DRAFT')
    expect(refused('PUT', '/sale/invoice', { SaleID: id })).toContain("'TaskID'")
  })

  it('of a service sale needs no order, has the sale as its task and keeps charges as lines', () => {
    const { ID, Type } = header({ ServiceOnly: true })
    expect(Type).toBe('Service Sale')
    expect(refused('POST', '/sale/order', orderBody(ID))).toContain('Service Sale')
    const made = ok('POST', '/sale/invoice', invoiceBody(ID, { TaskID: ID, AdditionalCharges: [CHARGE] })).Invoices[0]
    expect(made).toMatchObject({ TaskID: ID, AdditionalCharges: [] })
    expect(made.Lines).toHaveLength(2)
  })
})

describe('payment', () => {
  it('turns an authorised invoice PAID and back', () => {
    const { sale: id, task } = invoiced()
    const part = ok('POST', '/sale/payment', paymentBody(task, { Amount: '10.00' }))
    expect(part).toMatchObject({
      SaleID: id,
      TaskID: task,
      SaleOrderNumber: 'SO-00001',
      InvoiceNumber: 'INV-00001',
      Amount: 10,
    })
    expect(part.DateCreated).toMatch(/\.\d{7}Z$/)
    expect(row(id)).toMatchObject({ CombinedPaymentStatus: 'PARTIALLY PAID', CombinedInvoiceStatus: 'AUTHORISED' })
    now += 1000
    const rest = ok('POST', '/sale/payment', paymentBody(task, { Amount: 12.55 }))
    expect(row(id)).toMatchObject({
      CombinedPaymentStatus: 'PAID',
      CombinedInvoiceStatus: 'PAID',
      PaidAmount: 22.55,
      Updated: '2026-03-02T10:00:01.123Z',
    })
    expect(sale(id).Invoices[0]).toMatchObject({ Status: 'PAID', Paid: 22.55, Payments: [{}, {}] })
    expect(ok('GET', `/sale/payment?SaleID=${id}`)).toHaveLength(2)
    expect(ok('DELETE', `/sale/payment?ID=${rest.ID}`)).toEqual({ Success: true })
    expect(sale(id)).toMatchObject({ Invoices: [{ Status: 'AUTHORISED' }], CombinedPaymentStatus: 'PARTIALLY PAID' })
    expect(refused('DELETE', `/sale/payment?ID=${rest.ID}`)).toContain('not found')
  })

  it('is refused without an authorised invoice', () => {
    const id = ordered()
    const { TaskID } = ok('POST', '/sale/invoice', invoiceBody(id, { Status: 'DRAFT' })).Invoices[0]
    expect(refused('POST', '/sale/payment', paymentBody(TaskID))).toContain('AUTHORISED')
    expect(refused('POST', '/sale/payment', paymentBody(id))).toContain('AUTHORISED')
  })

  it('is refused for missing fields, unknown or unfit accounts and impossible amounts', () => {
    const { task } = invoiced()
    for (const name of ['TaskID', 'Type', 'Amount', 'DatePaid', 'Account', 'CurrencyRate'])
      expect(refused('POST', '/sale/payment', paymentBody(task, { [name]: undefined }))).toContain(`'${name}'`)
    expect(refused('POST', '/sale/payment', paymentBody(task, { Account: '999' }))).toBe(
      'Account with specified ID not found',
    )
    expect(refused('POST', '/sale/payment', paymentBody(task, { Account: '400' }))).toContain('400')
    expect(refused('POST', '/sale/payment', paymentBody(task, { Amount: 0 }))).toBe('Amount is invalid')
    expect(refused('POST', '/sale/payment', paymentBody(task, { Type: 'Gift' }))).toBe('Type is invalid')
    expect(refused('POST', '/sale/payment', paymentBody(task, { Type: 'Refund' }))).toContain('credit note')
    expect(refused('POST', '/sale/payment', paymentBody(task, { Type: 'Prepayment' }))).toContain('not found')
    expect(ok('POST', '/sale/payment', paymentBody(task, { Type: 'PAYMENT', Account: '714' })).Type).toBe('Payment')
  })

  it('above the due amount is refused, unless switched', () => {
    const { sale: id, task } = invoiced()
    expect(refused('POST', '/sale/payment', paymentBody(task, { Amount: 22.56 }))).toContain('exceeds')
    const { ID } = ok('POST', '/sale/payment', paymentBody(task, { Amount: 20 }))
    expect(refused('PUT', '/sale/payment', { ID, Amount: 23 })).toContain('exceeds')
    expect(ok('PUT', '/sale/payment', { ID, Amount: 22.55 })).toMatchObject({ Amount: 22.55, Reference: 'P1' })
    expect(refused('POST', '/sale/payment', paymentBody(task, { Amount: 0.01 }))).toContain('exceeds')
    switches['payments.acceptOver'] = true
    ok('POST', '/sale/payment', paymentBody(task, { Amount: 5 }))
    expect(sale(id).Invoices[0].Paid).toBe(27.55)
  })

  it('in advance needs an authorised quote and no order', () => {
    const { ID } = header({ SkipQuote: false })
    const early = paymentBody(ID, { Type: 'Prepayment', Amount: 5 })
    expect(refused('POST', '/sale/payment', early)).toContain('quote')
    ok('POST', '/sale/quote', orderBody(ID))
    const made = ok('POST', '/sale/payment', early)
    expect(sale(ID).CombinedPaymentStatus).toBe('PREPAID')
    expect(refused('PUT', '/sale/payment', { ID: made.ID, Amount: 6 })).toContain('Prepayment')
  })

  it('completes a sale that is shipped', () => {
    const { sale: id, task } = invoiced()
    cin7.act('pick-sale', { sale: 'SO-00001', picking: 'PICKED', packing: 'PACKED', shipping: 'SHIPPED' })
    expect(sale(id).Status).toBe('INVOICED')
    cin7.act('pay-invoice', { taskId: task })
    expect(sale(id)).toMatchObject({ Status: 'COMPLETED', FulFilmentStatus: 'FULFILLED' })
  })
})

describe('undo and void', () => {
  it('undoes an order only when no later stage stands', () => {
    const { sale: id, task } = invoiced()
    expect(refused('DELETE', `/sale?ID=${id}`)).toContain('invoice')
    ok('DELETE', `/sale/invoice?TaskID=${task}&Void=false`)
    expect(refused('DELETE', `/sale?ID=${id}&Void=false`)).toContain('invoice')
    ok('DELETE', `/sale/invoice?TaskID=${task}&Void=true`)
    cin7.act('pick-sale', { sale: id, picking: 'PICKING' })
    expect(refused('DELETE', `/sale?ID=${id}`)).toContain('fulfilment')
    cin7.act('pick-sale', { sale: id, picking: 'NOT PICKED' })
    expect(ok('DELETE', `/sale?ID=${id}`)).toMatchObject({
      Status: 'ORDERING',
      Order: { Status: 'DRAFT', Lines: [{}] },
    })
    expect(refused('DELETE', `/sale?ID=${id}`)).toContain('nothing to undo')
    ok('POST', '/sale/order', orderBody(id))
    expect(sale(id).Status).toBe('ORDERED')
  })

  it('undoes an authorised invoice to a draft with its lines, unless it has payments', () => {
    const { sale: id, task } = invoiced()
    const { ID } = ok('POST', '/sale/payment', paymentBody(task, { Amount: 1 }))
    expect(refused('DELETE', `/sale/invoice?TaskID=${task}`)).toContain('payments')
    expect(refused('DELETE', `/sale/invoice?TaskID=${task}&Void=true`)).toContain('payments')
    expect(refused('DELETE', `/sale?ID=${id}&Void=true`)).toContain('payments')
    ok('DELETE', `/sale/payment?ID=${ID}`)
    expect(ok('DELETE', `/sale/invoice?TaskID=${task.toUpperCase()}`).Invoices[0]).toMatchObject({
      Status: 'DRAFT',
      Lines: [{ SKU: 'SERVICE' }],
    })
    expect(refused('DELETE', `/sale/invoice?TaskID=${task}`)).toContain('nothing to undo')
    const again = ok('POST', '/sale/invoice', invoiceBody(id, { TaskID: task }))
    expect(again.Invoices[0]).toMatchObject({ TaskID: task, InvoiceNumber: 'INV-00001', Status: 'AUTHORISED' })
  })

  it('empties a voided invoice, after which a simple sale takes a new one', () => {
    const { sale: id, task } = invoiced()
    expect(ok('DELETE', `/sale/invoice?TaskID=${task}&Void=true`)).toMatchObject({
      SaleID: id,
      Invoices: [{ Status: 'VOIDED', Lines: [], AdditionalCharges: [] }],
    })
    expect(sale(id).Status).toBe('ORDERED')
    expect(refused('DELETE', `/sale/invoice?TaskID=${task}&Void=true`)).toContain('voided')
    expect(refused('POST', '/sale/payment', paymentBody(task))).toContain('AUTHORISED')
    ok('POST', '/sale/invoice', invoiceBody(id))
    expect(ok('GET', `/sale/invoice?SaleID=${id}`).Invoices).toMatchObject([
      { Status: 'VOIDED' },
      { Status: 'AUTHORISED', InvoiceNumber: 'INV-00002' },
    ])
  })

  it('voids a whole sale, which is closed to everything then', () => {
    const { sale: id, task } = invoiced()
    expect(ok('DELETE', `/sale?ID=${id}&Void=true`)).toMatchObject({
      Status: 'VOIDED',
      Order: { Status: 'VOIDED' },
      Invoices: [{ Status: 'VOIDED', Lines: [] }],
      CombinedPaymentStatus: 'VOIDED',
    })
    expect(refused('PUT', '/sale', { ID: id, Note: 'x' })).toContain('voided')
    expect(refused('POST', '/sale/order', orderBody(id))).toContain('voided')
    expect(refused('POST', '/sale/invoice', invoiceBody(id))).toContain('voided')
    expect(refused('DELETE', `/sale?ID=${id}&Void=true`)).toContain('voided')
    expect(refused('DELETE', `/sale?ID=${id}`)).toContain('voided')
    expect(refused('DELETE', `/sale/invoice?TaskID=${task}`)).toContain('voided')
    expect(ok('GET', '/saleList?Status=VOIDED').Total).toBe(1)
  })

  it('refuses documents dated on or before the lock date', () => {
    const { sale: id, task } = invoiced()
    cin7.act('set-lock-date', { date: '2026-03-02' })
    expect(ok('GET', '/me').LockDate).toBe('2026-03-02T00:00:00')
    expect(refused('POST', '/sale', HEADER)).toContain('lock')
    expect(refused('DELETE', `/sale?ID=${id}&Void=true`)).toContain('lock')
    expect(refused('DELETE', `/sale/invoice?TaskID=${task}`)).toContain('lock')
    expect(refused('POST', '/sale/payment', paymentBody(task, { DatePaid: '2026-03-02' }))).toContain('lock')
    const later = header({ SaleOrderDate: '2026-03-03' })
    ok('POST', '/sale/order', orderBody(later.ID))
    expect(refused('POST', '/sale/invoice', invoiceBody(later.ID))).toContain('lock')
    ok('PUT', '/sale', { ID: id, Note: 'a note is no posting' })
  })
})

describe('webhooks', () => {
  const HOOK = {
    Type: 'Sale/InvoiceAuthorised',
    IsActive: true,
    ExternalURL: 'https://connector.test/hooks?t=1',
    ExternalAuthorizationType: 'bearerauth',
    ExternalBearerToken: 'secret',
    ExternalHeaders: [{ Key: 'X-Own', Value: 'v' }],
  }
  const hook = (Type: string) => ok('POST', '/webhooks', { ...HOOK, Type }).Webhooks[0]
  const bodies = () => sent.map(({ body }) => Answer.parse(JSON.parse(body)))

  it('are registered, five of one type at most, changed and deleted', () => {
    const { ID } = hook(HOOK.Type)
    for (let n = 0; n < 4; n++) hook(HOOK.Type)
    expect(refused('POST', '/webhooks', HOOK)).toContain('more than 5')
    expect(ok('PUT', '/webhooks', { ID, IsActive: false }).Webhooks[0]).toMatchObject({
      IsActive: false,
      Type: HOOK.Type,
    })
    expect(ok('DELETE', `/webhooks?ID=${ID}`).Webhooks).toHaveLength(4)
    expect(refused('DELETE', `/webhooks?ID=${ID}`)).toContain('not found')
    expect(ok('GET', '/webhooks')).not.toHaveProperty('Total')
  })

  it('are refused when incomplete, of an unknown type or without the add-on', () => {
    for (const name of ['Type', 'IsActive', 'ExternalURL', 'ExternalAuthorizationType'])
      expect(refused('POST', '/webhooks', { ...HOOK, [name]: undefined })).toContain(`'${name}'`)
    expect(refused('POST', '/webhooks', { ...HOOK, Type: 'Customer/Created' })).toBe('Type is invalid')
    expect(refused('POST', '/webhooks', { ...HOOK, ExternalURL: 'nowhere' })).toContain('ExternalURL')
    switches['webhooks.noAddOn'] = 403
    expect(call('GET', '/webhooks').status).toBe(403)
  })

  it('send thin payloads with irregular keys', () => {
    for (const type of [
      'Created',
      'OrderAuthorised',
      'InvoiceAuthorised',
      'PartialPaymentReceived',
      'FullPaymentReceived',
      'Undo',
      'Voided',
    ])
      hook(`Sale/${type}`)
    const { sale: id, task } = invoiced()
    const { ID } = ok('POST', '/sale/payment', paymentBody(task, { Amount: 11.275 }))
    ok('PUT', '/sale/payment', { ID, Amount: 10 })
    ok('POST', '/sale/payment', paymentBody(task, { Amount: 12.55 }))
    expect(bodies()).toMatchObject([
      { EventType: 'Sale/Created', SaleID: id.toUpperCase(), SaleOrderDate: '2026-03-02', IsServiceOnly: '0' },
      { EventType: 'Sale/OrderAuthorised', SaleID: id.toUpperCase(), SaleOrderNumber: 'SO-00001' },
      {
        EventType: 'Sale/InvoiceAuthorised',
        SaleTaskID: task.toUpperCase(),
        TenantID: ACCOUNT_ID.toUpperCase(),
        OrderNumber: 'SO-00001',
      },
      { EventType: 'Sale/PartialPaymentReceived', SaleID: id, DocumentDate: '02/03/2026', AmountPercent: '50.02' },
      { EventType: 'Sale/FullPaymentReceived', DocumentNumber: 'INV-00001' },
    ])
    expect(bodies()[2]).not.toHaveProperty('SaleID')
  })

  it('say Customer/Updated for a creation too, nested or flat', () => {
    hook('Customer/Updated')
    ok('POST', '/customer', CUSTOMER)
    switches['webhooks.flat'] = true
    cin7.act('edit-customer', { id: 'New One', changes: { Comments: 'c' } })
    expect(bodies()).toMatchObject([
      { NumberOfCustomers: 1, CustomerDetailsList: [{ Customer: { Name: 'New One' }, Addresses: [] }] },
      { CustomerDetailsList: [{ Event: 'Update', Name: 'New One' }] },
    ])
  })

  it('carry the registered credentials and headers, spoiled when tampered', async () => {
    hook('Sale/Created')
    header()
    const [delivery] = sent
    if (!delivery) throw new Error('nothing was sent')
    const whole = { ...delivery, id: '1', vendor: 'cin7' }
    expect(await cin7.outgoing?.(whole, now, false)).toMatchObject({
      url: HOOK.ExternalURL,
      method: 'POST',
      headers: { authorization: 'Bearer secret', 'x-own': 'v' },
    })
    expect((await cin7.outgoing?.(whole, now, true))?.headers.authorization).not.toBe('Bearer secret')
  })

  it('fall silent when inactive, also after the vendor gave up', () => {
    hook('Sale/Created')
    cin7.act('fail-webhook', {})
    header()
    expect(sent).toEqual([])
    expect(ok('GET', '/webhooks').Webhooks[0].IsActive).toBe(false)
  })
})

describe('worlds', () => {
  it('hold several companies apart', () => {
    const accountId = crypto.randomUUID()
    cin7.seed({ companies: [{ accountId, applicationKeys: [crypto.randomUUID()], me: { Company: 'Other' } }] })
    header()
    expect(cin7.dump()).toMatchObject({
      companies: [{ sales: [{}] }, { accountId, sales: [], me: { Company: 'Other' } }],
    })
  })

  it('are seeded with sales as far as wanted, and refuse misspelt seeds', () => {
    cin7.seed({
      sales: [
        { customer: 'Rock Star', upTo: 'order', ExternalID: 'a' },
        { customer: 'Rock Star', amount: 12.5, ExternalID: 'b' },
      ],
    })
    expect(cin7.dump()).toMatchObject({
      sales: [{ Status: 'ORDERED' }, { Status: 'INVOICED', CombinedPaymentStatus: 'PAID' }],
    })
    expect(() => cin7.seed({ customer: [] })).toThrow()
    expect(() => cin7.act('dance', {})).toThrow('no action')
  })
})
