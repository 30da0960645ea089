import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Collection, Store } from './store'
import type { Delivery, Simulator, VendorResponse } from './vendor'
import { makeWave } from './wave'

const memoryStore = (): Store => {
  const collections = new Map<string, unknown>()
  const counters = new Map<string, number>()
  return {
    collection<T>(kind: string): Collection<T> {
      const made = (collections.get(kind) as Collection<T> | undefined) ?? memoryCollection<T>()
      collections.set(kind, made)
      return made
    },
    next(counter, from = 1) {
      const next = (counters.get(counter) ?? from - 1) + 1
      counters.set(counter, next)
      return next
    },
  }
}

const memoryCollection = <T>(): Collection<T> => {
  const documents = new Map<string, T>()
  return {
    get: (id) => documents.get(id),
    put(id, document) {
      documents.set(id, document)
      return document
    },
    delete: (id) => documents.delete(id),
    all: () => [...documents.values()],
    get size() {
      return documents.size
    },
  }
}

interface World {
  wave: Simulator
  clock: { now: number }
  switches: Record<string, unknown>
  deliveries: Delivery[]
}

const makeWorld = (): World => {
  const clock = { now: Date.parse('2026-03-02T10:00:00.000Z') }
  const switches: Record<string, unknown> = {}
  const deliveries: Delivery[] = []
  const wave = makeWave({
    store: memoryStore(),
    now: () => clock.now,
    switched: (name, otherwise) => (switches[name] as typeof otherwise) ?? otherwise,
    deliver: (delivery) => deliveries.push({ ...delivery, id: String(deliveries.length), vendor: 'wave' }),
  })
  return { wave, clock, switches, deliveries }
}

const Made = z.looseObject({ id: z.string(), graphId: z.string(), name: z.string().default('') })
const MadeInvoice = z.looseObject({
  id: z.string(),
  graphId: z.string(),
  number: z.string(),
  status: z.string().default(''),
  payments: z.array(z.string()),
  modifiedAt: z.string(),
})
const Seeded = z.object({
  businesses: z.array(
    Made.extend({
      accounts: z.array(Made),
      salesTaxes: z.array(Made),
      customers: z.array(Made),
      products: z.array(Made),
      invoices: z.array(MadeInvoice),
    }),
  ),
})
type Seeded = z.infer<typeof Seeded>
type MadeBusiness = Seeded['businesses'][number]

const seeded = (world: World, input: unknown = {}): MadeBusiness => {
  const [business] = Seeded.parse(world.wave.seed(input)).businesses
  if (!business) throw new Error('nothing seeded')
  return business
}

const byName = (rows: { name: string; graphId: string; id: string }[], name: string) => {
  const row = rows.find((one) => one.name === name)
  if (!row) throw new Error(`no ${name}`)
  return row
}

const acted = (world: World, action: string, input: unknown) => MadeInvoice.parse(world.wave.act(action, input))

const Answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.looseObject({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        locations: z.array(z.unknown()).optional(),
        extensions: z.object({ id: z.uuid(), code: z.string() }),
      }),
    )
    .optional(),
})

const post = async (
  world: World,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<VendorResponse> =>
  world.wave.handle({
    method: 'POST',
    path,
    query: new URLSearchParams(),
    headers: new Headers(headers),
    body,
    baseUrl: 'https://sandbox.example/w/wave',
  })

const ask = async (world: World, query: string, variables: unknown = {}, token: string | null = 'wave-full-access') => {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
  const { status, body } = await post(world, '/graphql/public', JSON.stringify({ query, variables }), headers)
  return { status, body, ...Answer.parse(body) }
}

const code = (answer: { errors?: { extensions: { code: string } }[] | undefined }) =>
  answer.errors?.[0]?.extensions.code

const mutate = async (world: World, field: string, input: unknown, fields = '', token?: string) => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { didSucceed inputErrors { path message code } ${fields} } }`
  const answer = await ask(world, query, { input }, token)
  const Output = z.record(
    z.string(),
    z.looseObject({
      didSucceed: z.boolean(),
      inputErrors: z.array(z.object({ path: z.array(z.string()), message: z.string(), code: z.string() })).nullable(),
    }),
  )
  const output = Output.parse(answer.data)[field]
  if (!output) throw new Error('no output')
  return output
}

const refusal = (output: { didSucceed: boolean; inputErrors: { path: string[]; message: string }[] | null }) => {
  expect(output.didSucceed).toBe(false)
  const [problem] = output.inputErrors ?? []
  return `${problem?.path.join('.')}: ${problem?.message}`
}

const invoiceOf = async (world: World, business: MadeBusiness, id: string, fields: string) => {
  const query = `query ($b: ID!, $id: ID!) { business(id: $b) { invoice(id: $id) { ${fields} } } }`
  const { data } = await ask(world, query, { b: business.graphId, id })
  return z.object({ business: z.object({ invoice: z.looseObject({}) }) }).parse(data).business.invoice
}

const listed = async (world: World, business: MadeBusiness, list: string, fields = 'id', variables: unknown = {}) => {
  const query = `query ($b: ID!${list.includes('$at') ? ', $at: DateTime' : ''}) { business(id: $b) { rows: ${list} { pageInfo { currentPage totalPages totalCount } edges { node { ${fields} } } } } }`
  const { data } = await ask(world, query, { b: business.graphId, ...z.looseObject({}).parse(variables) })
  const Rows = z.object({
    pageInfo: z.looseObject({}),
    edges: z.array(z.object({ node: z.looseObject({}) })),
  })
  const { rows } = z.object({ business: z.object({ rows: Rows }) }).parse(data).business
  return { pageInfo: rows.pageInfo, nodes: rows.edges.map(({ node }) => node) }
}

const SAVED = { items: [{ product: 'Misc. Services' }], status: 'SAVED' }

describe('the order of checks', () => {
  it('answers introspection without a token', async () => {
    const answer = await ask(makeWorld(), '{ __schema { queryType { name } } }', {}, null)
    expect(answer.data).toEqual({ __schema: { queryType: { name: 'Query' } } })
  })

  it('refuses an unknown field before it asks for a token', async () => {
    const world = makeWorld()
    const answer = await ask(world, '{ business { moneyTransactions { id } } }', {}, null)
    expect(answer.status).toBe(400)
    expect(code(answer)).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(answer.errors?.[0]?.message).toBe('Cannot query field "moneyTransactions" on type "Business".')
    expect(answer.errors?.[0]?.locations).toHaveLength(1)
    world.switches['validation.status'] = 200
    expect((await ask(world, '{ nothing }', {}, null)).status).toBe(200)
  })

  it('refuses a document that does not parse, and a body that is not JSON', async () => {
    expect(code(await ask(makeWorld(), '{ user {', {}, null))).toBe('GRAPHQL_VALIDATION_FAILED')
    expect((await post(makeWorld(), '/graphql/public', 'query=1')).status).toBe(400)
  })

  it('refuses a variable of the wrong type before it asks for a token', async () => {
    const world = makeWorld()
    const query = 'mutation ($input: InvoiceApproveInput!) { invoiceApprove(input: $input) { didSucceed } }'
    expect(code(await ask(world, query, { input: {} }, null))).toBe('BAD_USER_INPUT')
    world.switches['variables.code'] = 'VARIABLE_VALUE'
    expect(code(await ask(world, query, { input: {} }, null))).toBe('VARIABLE_VALUE')
  })

  it('refuses dates, stamps and decimals in a wrong form', async () => {
    const business = seeded(makeWorld())
    const bad = (argument: string, value: unknown, type: string) =>
      ask(
        makeWorld(),
        `query ($b: ID!, $v: ${type}) { business(id: $b) { invoices(${argument}: $v) { edges { node { id } } } } }`,
        {
          b: business.graphId,
          v: value,
        },
      )
    expect(code(await bad('invoiceDateStart', '2026-02-30', 'Date'))).toBe('BAD_USER_INPUT')
    expect(code(await bad('modifiedAtAfter', '2026-03-02', 'DateTime'))).toBe('BAD_USER_INPUT')
    expect(code(await bad('amountDue', '1,5', 'Decimal'))).toBe('BAD_USER_INPUT')
  })

  it('refuses string literals only when told to', async () => {
    const world = makeWorld()
    const business = seeded(world)
    const query = `query ($b: ID!) { business(id: $b) { customers(email: "a@b.example") { edges { node { id } } } } }`
    expect((await ask(world, query, { b: business.graphId })).errors).toBeUndefined()
    world.switches['strings.inline'] = 'refuse'
    expect(code(await ask(world, query, { b: business.graphId }))).toBe('GRAPHQL_VALIDATION_FAILED')
  })
})

describe('tokens and scopes', () => {
  it('answers UNAUTHENTICATED with 200 and a null field to a missing, unknown or expired token', async () => {
    const world = makeWorld()
    seeded(world, { tokens: [{ token: 'short', expiresAt: '2026-03-02T10:00:01.000Z' }] })
    expect((await ask(world, '{ user { id } }', {}, 'short')).errors).toBeUndefined()
    world.clock.now += 1000
    for (const token of [null, 'unknown', 'short']) {
      const answer = await ask(world, '{ user { id } }', {}, token)
      expect(answer).toMatchObject({ status: 200, data: { user: null } })
      expect(answer.errors?.[0]).toMatchObject({ path: ['user'], extensions: { code: 'UNAUTHENTICATED' } })
    }
    world.switches['auth.status'] = 401
    expect((await ask(world, '{ user { id } }', {}, null)).status).toBe(401)
  })

  it('asks for the scope of each field, and a write scope does not read', async () => {
    const world = makeWorld()
    const scopes = ['business:read', 'invoice:write', 'customer:*']
    const business = seeded(world, { tokens: [{ token: 'scoped', scopes }] })
    const query =
      'query ($b: ID!) { business(id: $b) { customers { pageInfo { totalCount } } invoices { pageInfo { totalCount } } } }'
    const answer = await ask(world, query, { b: business.graphId }, 'scoped')
    expect(answer.data).toEqual({ business: { customers: { pageInfo: { totalCount: 2 } }, invoices: null } })
    expect(answer.errors).toHaveLength(1)
    world.switches['forbidden.status'] = 403
    world.switches['forbidden.code'] = 'FORBIDDEN'
    const second = await ask(world, query, { b: business.graphId }, 'scoped')
    expect([second.status, code(second)]).toEqual([403, 'FORBIDDEN'])
  })

  it('refuses a mutation without its write scope and does nothing', async () => {
    const world = makeWorld()
    const business = seeded(world, { tokens: [{ token: 'reader', scopes: ['business:read', 'invoice:read'] }] })
    const query = 'mutation ($input: InvoiceCreateInput!) { invoiceCreate(input: $input) { didSucceed } }'
    const input = { businessId: business.graphId, customerId: business.customers[0]?.graphId }
    const answer = await ask(world, query, { input }, 'reader')
    expect(answer.data).toEqual({ invoiceCreate: null })
    expect(world.wave.dump()).toMatchObject({ invoices: [] })
  })

  it('refuses an OAuth token when the plan has lapsed, but not a full access token', async () => {
    const world = makeWorld()
    const tokens = [{ token: 'oauth', scopes: ['business:read'] }, { token: 'full' }]
    const business = seeded(world, { tokens })
    world.wave.act('set-plan', { plan: 'starter' })
    world.switches['forbidden.status'] = 403
    const query = 'query ($b: ID!) { business(id: $b) { name } }'
    expect((await ask(world, query, { b: business.graphId }, 'oauth')).status).toBe(403)
    expect((await ask(world, query, { b: business.graphId }, 'full')).status).toBe(200)
  })
})

describe('errors', () => {
  it('names the unknown business as Wave does', async () => {
    const world = makeWorld()
    seeded(world)
    const answer = await ask(world, 'query ($b: ID!) { business(id: $b) { id } }', { b: 'not-a-business' })
    expect(answer).toMatchObject({ status: 200, data: { business: null } })
    expect(answer.errors?.[0]).toMatchObject({
      message: "Business 'not-a-business' could not be found.",
      path: ['business'],
      extensions: { code: 'NOT_FOUND' },
    })
  })

  it('answers an unknown record with NOT_FOUND, or with null by switch', async () => {
    const world = makeWorld()
    const business = seeded(world)
    const query = 'query ($b: ID!) { business(id: $b) { id invoice(id: "x") { id } } }'
    const answer = await ask(world, query, { b: business.graphId })
    expect(code(answer)).toBe('NOT_FOUND')
    expect(answer.data).toEqual({ business: { id: business.graphId, invoice: null } })
    world.switches['node.missing'] = 'null'
    expect((await ask(world, query, { b: business.graphId })).errors).toBeUndefined()
  })

  it('fails at chosen fields, with the rest of the data', async () => {
    const world = makeWorld()
    const business = seeded(world)
    world.switches['internalError.fields'] = ['Business.customers']
    const query = 'query ($b: ID!) { business(id: $b) { name customers { edges { node { id } } } } }'
    const answer = await ask(world, query, { b: business.graphId })
    expect(answer.data).toEqual({ business: { name: business.name, customers: null } })
    expect(code(answer)).toBe('INTERNAL_SERVER_ERROR')
  })

  it('can commit and then fail', async () => {
    const world = makeWorld()
    const business = seeded(world)
    world.switches['internalError.fields'] = ['Mutation.customerCreate']
    world.switches['internalError.afterCommit'] = true
    const query = 'mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { didSucceed } }'
    const answer = await ask(world, query, { input: { businessId: business.graphId, name: 'Late' } })
    expect(answer.data).toEqual({ customerCreate: null })
    expect(z.object({ customers: z.array(z.unknown()) }).parse(world.wave.dump()).customers).toHaveLength(3)
  })
})

describe('identifiers', () => {
  it('have the forms of the sheet, account first', () => {
    const world = makeWorld()
    const business = seeded(world, {
      businesses: [{ id: '7d1f4c0a-2b7e-4a53-9f0c-6e2a1b3c4d5e', invoices: [{ id: '2210045590134775306' }] }],
    })
    const uuid = business.id
    const account = business.accounts[0]
    expect(business.graphId).toBe('QnVzaW5lc3M6N2QxZjRjMGEtMmI3ZS00YTUzLTlmMGMtNmUyYTFiM2M0ZDVl')
    expect(atob(account?.graphId ?? '')).toMatch(new RegExp(`^Account:\\d{19};Business:${uuid}$`))
    expect(atob(business.invoices[0]?.graphId ?? '')).toBe(`Business:${uuid};Invoice:2210045590134775306`)
    expect(atob(business.customers[0]?.graphId ?? '')).toMatch(/;Customer:\d{8}$/)
    expect(atob(business.products[0]?.graphId ?? '')).toMatch(/;Product:\d{8}$/)
  })

  it('of another business are refused, in reads and in writes', async () => {
    const world = makeWorld()
    const [mine, theirs] = Seeded.parse(
      world.wave.seed({ businesses: [{}, {}], tokens: [{ token: 'all' }] }),
    ).businesses
    if (!mine || !theirs) throw new Error('two businesses')
    const foreign = theirs.customers[0]?.graphId
    const query = 'query ($b: ID!, $c: ID!) { business(id: $b) { customer(id: $c) { id } } }'
    expect(code(await ask(world, query, { b: mine.graphId, c: foreign }, 'all'))).toBe('NOT_FOUND')
    const output = await mutate(world, 'invoiceCreate', { businessId: mine.graphId, customerId: foreign }, '', 'all')
    expect(refusal(output)).toBe(`input.customerId: Customer '${foreign}' could not be found.`)
  })

  it('of a business beyond the token, of another type, or bare, are not found', async () => {
    const world = makeWorld()
    const business = seeded(world, { tokens: [{ token: 'none', businesses: [] }, { token: 'all' }] })
    const query = 'query ($b: ID!) { business(id: $b) { id } }'
    expect(code(await ask(world, query, { b: business.graphId }, 'none'))).toBe('NOT_FOUND')
    expect(code(await ask(world, query, { b: business.id }, 'all'))).toBe('NOT_FOUND')
    expect(code(await ask(world, query, { b: business.customers[0]?.graphId }, 'all'))).toBe('NOT_FOUND')
  })
})

describe('lists', () => {
  it('are paged from 1, end in an empty page, and an empty list has one page', async () => {
    const world = makeWorld()
    const business = seeded(world, {
      businesses: [{ customers: ['A', 'B', 'C'].map((name) => ({ name })), products: [] }],
    })
    const last = await listed(world, business, 'customers(page: 2, pageSize: 2, sort: [NAME_ASC])', 'name')
    expect(last).toEqual({ pageInfo: { currentPage: 2, totalPages: 2, totalCount: 3 }, nodes: [{ name: 'C' }] })
    expect((await listed(world, business, 'customers(page: 9)')).nodes).toEqual([])
    expect((await listed(world, business, 'products')).pageInfo).toEqual({
      currentPage: 1,
      totalPages: 1,
      totalCount: 0,
    })
  })

  it('default to 45 rows, cut large pages to 200, and refuse page 0', async () => {
    const world = makeWorld()
    const business = seeded(world, {
      businesses: [{ customers: Array.from({ length: 230 }, (_, n) => ({ name: `C${n}` })) }],
    })
    expect((await listed(world, business, 'customers')).nodes).toHaveLength(45)
    expect((await listed(world, business, 'customers(pageSize: 500)')).nodes).toHaveLength(200)
    const query = 'query ($b: ID!) { business(id: $b) { customers(page: 0) { edges { node { id } } } } }'
    expect(code(await ask(world, query, { b: business.graphId }))).toBe('BAD_USER_INPUT')
  })

  it('find invoices by a part of the number, by status and by dates, and leave payments out', async () => {
    const world = makeWorld()
    const invoices = ['12', '112', '120', '7'].map((number, n) => ({
      number,
      invoiceDate: `2026-03-0${n + 1}`,
      items: [{ product: 'Misc. Services' }],
      status: number === '7' ? 'PAID' : 'DRAFT',
    }))
    const business = seeded(world, { businesses: [{ invoices }] })
    const numbers = async (filter: string) =>
      (
        await listed(
          world,
          business,
          `invoices(${filter}, sort: [INVOICE_NUMBER_ASC])`,
          'invoiceNumber payments { id }',
        )
      ).nodes
    expect(await numbers('invoiceNumber: "12"')).toEqual(
      ['12', '112', '120'].map((invoiceNumber) => ({ invoiceNumber, payments: null })),
    )
    expect(await numbers('status: PAID')).toEqual([{ invoiceNumber: '7', payments: null }])
    expect(await numbers('amountDue: 0')).toHaveLength(1)
    expect(await numbers('invoiceDateStart: "2026-03-02", invoiceDateEnd: "2026-03-03"')).toHaveLength(2)
  })

  it('take modifiedAtAfter strictly, or inclusively by switch', async () => {
    const world = makeWorld()
    const at = '2026-01-01T00:00:00.000Z'
    const business = seeded(world, { businesses: [{ customers: [{ name: 'A', modifiedAt: at }] }] })
    const rows = async () => (await listed(world, business, 'customers(modifiedAtAfter: $at)', 'id', { at })).nodes
    expect(await rows()).toHaveLength(0)
    world.switches['modifiedAtAfter.inclusive'] = true
    expect(await rows()).toHaveLength(1)
  })

  it('hide what is archived unless asked for both with null', async () => {
    const world = makeWorld()
    const business = seeded(world, { businesses: [{ products: [{ name: 'Old', isArchived: true }, { name: 'New' }] }] })
    expect((await listed(world, business, 'products', 'name')).nodes).toEqual([{ name: 'New' }])
    expect((await listed(world, business, 'products(isArchived: null)')).nodes).toHaveLength(2)
  })

  it('can come without totals', async () => {
    const world = makeWorld()
    const business = seeded(world)
    world.switches['pageInfo.totals'] = false
    const { pageInfo } = await listed(world, business, 'accounts(subtypes: [CASH_AND_BANK])')
    expect(pageInfo).toEqual({ currentPage: 1, totalPages: null, totalCount: null })
  })
})

describe('money and tax', () => {
  const MONEY =
    'total { value minorUnitValue raw currency { code exponent } } subtotal { value } taxTotal { value } discountTotal { value }'

  it('is computed by the server, line by line', async () => {
    const world = makeWorld()
    const business = seeded(world)
    const items = [{ product: 'Misc. Services', quantity: '3', unitPrice: '0.333', taxes: ['GST', 'QST'] }]
    const made = acted(world, 'create-invoice', { items })
    expect(
      await invoiceOf(
        world,
        business,
        made.graphId,
        `${MONEY} items { quantity unitPrice taxes { amount { value } } }`,
      ),
    ).toEqual({
      total: { value: '1.20', minorUnitValue: '120', raw: 120, currency: { code: 'USD', exponent: 2 } },
      subtotal: { value: '1.00' },
      taxTotal: { value: '0.20' },
      discountTotal: { value: '0.00' },
      items: [
        { quantity: '3', unitPrice: '0.333', taxes: [{ amount: { value: '0.10' } }, { amount: { value: '0.10' } }] },
      ],
    })
  })

  it('rounds tax per line, or per document by switch', async () => {
    const world = makeWorld()
    const business = seeded(world)
    const items = Array.from({ length: 3 }, () => ({ product: 'Misc. Services', unitPrice: '0.05', taxes: ['GST'] }))
    const tax = async () =>
      invoiceOf(world, business, acted(world, 'create-invoice', { items }).graphId, 'taxTotal { value }')
    expect(await tax()).toEqual({ taxTotal: { value: '0.03' } })
    world.switches['tax.rounding'] = 'document'
    expect(await tax()).toEqual({ taxTotal: { value: '0.02' } })
  })

  it('takes compound tax on the line and its other taxes', async () => {
    const world = makeWorld()
    const salesTaxes = [
      { name: 'GST', rate: '0.05' },
      { name: 'PST', rate: '0.1', isCompound: true },
    ]
    const business = seeded(world, { businesses: [{ salesTaxes }] })
    const items = [{ product: 'Misc. Services', unitPrice: '100', taxes: ['GST', 'PST'] }]
    const made = acted(world, 'create-invoice', { items })
    expect(await invoiceOf(world, business, made.graphId, 'taxTotal { value }')).toEqual({
      taxTotal: { value: '15.50' },
    })
  })

  it('taxes undiscounted lines, or discounted ones by switch', async () => {
    const world = makeWorld()
    const business = seeded(world)
    const form = {
      items: [{ product: 'Misc. Services', unitPrice: '100', taxes: ['GST'] }],
      discount: { discountType: 'PERCENTAGE', percentage: '10' },
    }
    const total = async () =>
      invoiceOf(
        world,
        business,
        acted(world, 'create-invoice', form).graphId,
        'total { value } discountTotal { value }',
      )
    expect(await total()).toEqual({ total: { value: '100.00' }, discountTotal: { value: '10.00' } })
    world.switches['discount.beforeTax'] = true
    expect(await total()).toEqual({ total: { value: '99.00' }, discountTotal: { value: '10.00' } })
  })

  it('has the decimals of its currency, and thousands separators by switch', async () => {
    const world = makeWorld()
    const business = seeded(world)
    const total = async (currency: string, unitPrice: string) =>
      invoiceOf(
        world,
        business,
        acted(world, 'create-invoice', { currency, items: [{ product: 'Misc. Services', unitPrice }] }).graphId,
        'total { value minorUnitValue }',
      )
    expect(await total('JPY', '1200.5')).toEqual({ total: { value: '1201', minorUnitValue: '1201' } })
    expect(await total('KWD', '1.2345')).toEqual({ total: { value: '1.235', minorUnitValue: '1235' } })
    world.switches['money.thousands'] = true
    expect(await total('USD', '1695')).toEqual({ total: { value: '1,695.00', minorUnitValue: '169500' } })
  })
})

describe('the life of an invoice', () => {
  it('goes from DRAFT to PAID and back, and modifiedAt rises each time on a clock that stands still', async () => {
    const world = makeWorld()
    const business = seeded(world)
    const draft = acted(world, 'create-invoice', { items: [{ product: 'Misc. Services' }], dueDate: '2026-04-01' })
    const states: string[] = [draft.modifiedAt]
    const step = (action: string, input: object = {}) => {
      const { status, modifiedAt } = acted(world, action, { id: draft.id, ...input })
      expect(modifiedAt > (states.at(-1) ?? '')).toBe(true)
      states.push(modifiedAt)
      return status
    }
    expect(draft.status).toBe('DRAFT')
    expect(step('approve-invoice')).toBe('SAVED')
    expect(step('send-invoice')).toBe('SENT')
    expect(step('view-invoice')).toBe('VIEWED')
    const status = async () => (await invoiceOf(world, business, draft.graphId, 'status')).status
    world.wave.act('pay-invoice', { id: draft.id, amount: '15' })
    expect(await status()).toBe('PARTIAL')
    world.wave.act('pay-invoice', { id: draft.id, amount: '25' })
    expect(await status()).toBe('PAID')
    const over = Made.parse(world.wave.act('pay-invoice', { id: draft.id, amount: '1' }))
    expect(await status()).toBe('OVERPAID')
    world.wave.act('delete-payment', { id: over.id })
    expect(await status()).toBe('PAID')
  })

  it('is OVERDUE once the due date has passed where the business is', async () => {
    const world = makeWorld()
    const business = seeded(world, { businesses: [{ timezone: 'America/New_York' }] })
    const made = acted(world, 'create-invoice', { ...SAVED, dueDate: '2026-03-02' })
    world.clock.now = Date.parse('2026-03-03T04:59:59Z')
    expect(await invoiceOf(world, business, made.graphId, 'status')).toEqual({ status: 'SAVED' })
    world.clock.now = Date.parse('2026-03-03T05:00:00Z')
    expect(await invoiceOf(world, business, made.graphId, 'status')).toEqual({ status: 'OVERDUE' })
  })

  it('can be created, patched with a new list of items, cloned and deleted through the API', async () => {
    const world = makeWorld()
    const business = seeded(world, { businesses: [{ invoices: [{ number: '41' }] }] })
    const product = byName(business.products, 'Misc. Services').graphId
    const input = {
      businessId: business.graphId,
      customerId: business.customers[0]?.graphId,
      items: [{ productId: product }],
    }
    const made = await mutate(
      world,
      'invoiceCreate',
      input,
      'invoice { id invoiceNumber status memo payments { id } customer { name } }',
    )
    expect(made).toMatchObject({ didSucceed: true, inputErrors: null })
    expect(made.invoice).toMatchObject({ invoiceNumber: '42', status: 'DRAFT', memo: '', payments: null })
    const { id } = z.object({ id: z.string() }).parse(made.invoice)
    const items = [{ productId: product, quantity: 2, unitPrice: '1.5', taxes: [] }]
    const patched = await mutate(
      world,
      'invoicePatch',
      { id, items, memo: 'changed' },
      'invoice { memo poNumber total { value } items { unitPrice } }',
    )
    expect(patched.invoice).toEqual({
      memo: 'changed',
      poNumber: '',
      total: { value: '3.00' },
      items: [{ unitPrice: '1.5' }],
    })
    const clone = await mutate(world, 'invoiceClone', { invoiceId: id }, 'invoice { invoiceNumber status }')
    expect(clone.invoice).toEqual({ invoiceNumber: '43', status: 'DRAFT' })
    expect(await mutate(world, 'invoiceDelete', { invoiceId: id })).toMatchObject({ didSucceed: true })
    expect(refusal(await mutate(world, 'invoiceApprove', { invoiceId: id }))).toContain('could not be found')
  })

  it('refuses what Wave refuses', async () => {
    const world = makeWorld()
    const business = seeded(world, {
      businesses: [{ emailSendEnabled: false, products: [{ name: 'Bought', incomeAccount: null }] }],
    })
    const draft = acted(world, 'create-invoice', {})
    const saved = acted(world, 'create-invoice', { status: 'SAVED' })
    const head = { businessId: business.graphId, customerId: business.customers[0]?.graphId }
    const send = { to: ['a@b.example'] }
    const fixed = { discountType: 'FIXED', amount: '1' }
    const said = async (field: string, input: unknown) => refusal(await mutate(world, field, input))
    expect(await said('invoiceApprove', { invoiceId: saved.graphId })).toContain('already approved')
    expect(await said('invoiceSend', { invoiceId: draft.graphId, ...send })).toContain('approved first')
    expect(await said('invoiceSend', { invoiceId: saved.graphId, ...send })).toContain('not enabled')
    expect(await said('invoiceMarkSent', { invoiceId: draft.graphId, sendMethod: 'WAVE' })).toContain('approved first')
    expect(await said('invoicePatch', { id: saved.graphId, status: 'DRAFT' })).toContain('input.status')
    expect(await said('invoiceCreate', { ...head, discounts: [fixed, fixed] })).toContain('one discount')
    expect(await said('invoiceCreate', { ...head, discounts: [{ discountType: 'FIXED' }] })).toContain(
      'discounts.0.amount',
    )
    expect(await said('invoiceCreate', { ...head, exchangeRate: '2' })).toContain('input.exchangeRate')
    const bought = { productId: business.products[0]?.graphId }
    expect(await said('invoiceCreate', { ...head, items: [bought] })).toBe(
      'input.items.0.productId: The product is not sold.',
    )
    world.switches['invoiceDelete.draftsOnly'] = true
    expect(await said('invoiceDelete', { invoiceId: saved.graphId })).toContain('drafts')
    world.switches['invoiceNumber.unique'] = true
    expect(await said('invoiceCreate', { ...head, invoiceNumber: saved.number })).toContain('input.invoiceNumber')
  })

  it('goes when forced, with its payments taken back first', () => {
    const world = makeWorld()
    seeded(world)
    const paid = acted(world, 'create-invoice', { items: [{ product: 'Misc. Services' }], status: 'PAID' })
    expect(() => world.wave.act('delete-invoice', { id: paid.id })).toThrow('payments')
    world.wave.act('delete-invoice', { id: paid.graphId, force: true })
    const dump = z.object({ accounts: z.array(z.object({ balance: z.string() })) }).parse(world.wave.dump())
    expect(world.wave.dump()).toMatchObject({ invoices: [], payments: [] })
    expect(dump.accounts.every(({ balance }) => balance === '0')).toBe(true)
  })

  it('has no free-text lines and needs a customer', async () => {
    const query = 'mutation ($input: InvoiceCreateInput!) { invoiceCreate(input: $input) { didSucceed } }'
    const input = { businessId: 'b', customerId: 'c', items: [{ description: 'free' }] }
    expect(code(await ask(makeWorld(), query, { input }))).toBe('BAD_USER_INPUT')
  })
})

describe('invoice payments', () => {
  const setting = () => {
    const world = makeWorld()
    const business = seeded(world)
    const invoice = acted(world, 'create-invoice', SAVED)
    const cash = byName(business.accounts, 'Cash on hand').graphId
    const input = {
      invoiceId: invoice.graphId,
      paymentAccountId: cash,
      amount: '40.00',
      paymentDate: '2026-03-02',
      paymentMethod: 'BANK_TRANSFER',
      exchangeRate: '1',
    }
    return { world, business, invoice, cash, input }
  }

  it('make an invoice PAID and raise the balance of the account', async () => {
    const { world, business, invoice, cash, input } = setting()
    const made = await mutate(
      world,
      'invoicePaymentCreateManual',
      input,
      'invoicePayment { id amount exchangeRate account { id balance } }',
    )
    expect(made.invoicePayment).toMatchObject({
      amount: '40.00',
      exchangeRate: '1',
      account: { id: cash, balance: '40' },
    })
    const fields =
      'status amountDue { value } amountPaid { minorUnitValue } payments { amount paymentDate paymentMethod memo }'
    expect(await invoiceOf(world, business, invoice.graphId, fields)).toEqual({
      status: 'PAID',
      amountDue: { value: '0.00' },
      amountPaid: { minorUnitValue: '4000' },
      payments: [{ amount: '40.00', paymentDate: '2026-03-02', paymentMethod: 'BANK_TRANSFER', memo: null }],
    })
    expect(refusal(await mutate(world, 'invoiceDelete', { invoiceId: invoice.graphId }))).toContain('payments')
    const { id } = z.object({ id: z.string() }).parse(made.invoicePayment)
    await mutate(world, 'invoicePaymentPatch', { id, amount: '10' })
    expect(await invoiceOf(world, business, invoice.graphId, 'status')).toEqual({ status: 'PARTIAL' })
    await mutate(world, 'invoicePaymentDelete', { id })
    expect(await invoiceOf(world, business, invoice.graphId, 'status payments { id }')).toEqual({
      status: 'SAVED',
      payments: [],
    })
    const { nodes } = await listed(world, business, 'accounts(subtypes: [CASH_AND_BANK])', 'balance')
    expect(nodes).toEqual([{ balance: '0' }])
  })

  it('leave modifiedAt alone by switch', async () => {
    const { world, business, invoice, input } = setting()
    world.switches['payment.touchesInvoice'] = false
    await mutate(world, 'invoicePaymentCreateManual', input)
    expect(await invoiceOf(world, business, invoice.graphId, 'modifiedAt status')).toEqual({
      modifiedAt: invoice.modifiedAt,
      status: 'PAID',
    })
  })

  it('are refused on drafts, with wrong amounts, rates or accounts', async () => {
    const { world, business, input } = setting()
    const draft = acted(world, 'create-invoice', {})
    const said = async (change: object) =>
      refusal(await mutate(world, 'invoicePaymentCreateManual', { ...input, ...change }))
    expect(await said({ invoiceId: draft.graphId })).toContain('approved first')
    expect(await said({ amount: '0' })).toContain('input.amount')
    expect(await said({ amount: '1.234' })).toContain('decimal places')
    expect(await said({ exchangeRate: '0.9' })).toContain('input.exchangeRate')
    expect(await said({ exchangeRate: '-1' })).toContain('input.exchangeRate')
    expect(await said({ paymentAccountId: byName(business.accounts, 'Sales').graphId })).toContain(
      'input.paymentAccountId',
    )
    expect(await said({ paymentAccountId: draft.graphId })).toContain('could not be found')
  })
})

describe('customers and products', () => {
  it('are created, patched and removed', async () => {
    const world = makeWorld()
    const business = seeded(world)
    const address = { addressLine1: '1 Quay', countryCode: 'US', provinceCode: 'US-RI' }
    const input = { businessId: business.graphId, name: 'New', email: 'new@x.example', address }
    const fields = 'customer { id name email address { country { code name } province { code } } }'
    const made = await mutate(world, 'customerCreate', input, fields)
    expect(made.customer).toMatchObject({
      email: 'new@x.example',
      address: { country: { code: 'US', name: 'United States' }, province: { code: 'US-RI' } },
    })
    const { id } = z.object({ id: z.string() }).parse(made.customer)
    const patched = await mutate(world, 'customerPatch', { id, email: null }, 'customer { name email }')
    expect(patched.customer).toEqual({ name: 'New', email: null })
    expect(await mutate(world, 'customerDelete', { id })).toMatchObject({ didSucceed: true, inputErrors: null })
    const product = {
      businessId: business.graphId,
      name: 'P',
      unitPrice: '1.123455',
      incomeAccountId: byName(business.accounts, 'Sales').graphId,
    }
    const made2 = await mutate(world, 'productCreate', product, 'product { id unitPrice isSold isBought }')
    expect(made2.product).toMatchObject({ unitPrice: '1.12346', isSold: true, isBought: false })
  })

  it('are refused when wrong', async () => {
    const world = makeWorld()
    const business = seeded(world)
    const head = { businessId: business.graphId, name: 'New' }
    const said = async (field: string, input: unknown) => refusal(await mutate(world, field, input))
    expect(await said('customerCreate', { ...head, email: 'nobody' })).toBe('input.email: Enter a valid email address.')
    expect(await said('customerCreate', { ...head, name: ' ' })).toContain('input.name')
    expect(await said('customerCreate', { ...head, address: { city: null } })).toContain('input.address')
    const wrong = byName(business.accounts, 'Cash on hand').graphId
    expect(await said('productCreate', { ...head, unitPrice: '1', incomeAccountId: wrong })).toContain(
      'input.incomeAccountId',
    )
    expect(await said('productCreate', { ...head, unitPrice: '1', expenseAccountId: wrong })).toContain(
      'input.expenseAccountId',
    )
    acted(world, 'create-invoice', { customer: business.customers[0]?.id })
    expect(await said('customerDelete', { id: business.customers[0]?.graphId })).toContain('invoices')
  })
})

describe('money transactions', () => {
  const setting = (seed: unknown = {}) => {
    const world = makeWorld()
    const business = seeded(world, seed)
    const account = (name: string) => byName(business.accounts, name).graphId
    const details = {
      externalId: 'wise:transfer:1',
      date: '2026-03-02',
      description: 'Wise transfer',
      anchor: { accountId: account('Cash on hand'), amount: '100.00', direction: 'WITHDRAWAL' },
      lineItems: [
        { accountId: account('Office expenses'), amount: '99.20', balance: 'INCREASE' },
        { accountId: account('Payment processing fees'), amount: '0.80' },
      ],
    }
    const input = { businessId: business.graphId, ...details }
    return { world, business, account, details, input }
  }
  const Dump = z.object({
    transactions: z.array(z.looseObject({ externalId: z.string() })),
    invoices: z.array(z.looseObject({})),
  })

  it('answer an id and nothing else, and leave invoices alone', async () => {
    const { world, business, input, account } = setting()
    const invoice = acted(world, 'create-invoice', SAVED)
    const made = await mutate(world, 'moneyTransactionCreate', input, 'transaction { id }')
    expect(atob(z.object({ id: z.string() }).parse(made.transaction).id)).toMatch(/;Transaction:\d{19}$/)
    expect(await invoiceOf(world, business, invoice.graphId, 'status modifiedAt')).toEqual({
      status: 'SAVED',
      modifiedAt: invoice.modifiedAt,
    })
    expect(Dump.parse(world.wave.dump()).transactions).toMatchObject([
      { externalId: 'wise:transfer:1', anchor: { amount: '100' } },
    ])
    expect((await listed(world, business, 'accounts(subtypes: [CASH_AND_BANK])', 'id balance')).nodes).toEqual([
      { id: account('Cash on hand'), balance: '-100' },
    ])
    const answer = await ask(
      world,
      'mutation ($input: MoneyTransactionCreateInput!) { moneyTransactionCreate(input: $input) { transaction { amount } } }',
      { input },
    )
    expect(code(answer)).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  it('are refused when they do not hold together', async () => {
    const { world, input, account, details } = setting()
    const said = async (change: object) =>
      refusal(await mutate(world, 'moneyTransactionCreate', { ...input, ...change }))
    const line = (change: object) => ({
      lineItems: [{ accountId: account('Office expenses'), amount: '100', ...change }],
    })
    const anchor = (change: object) => ({ anchor: { ...details.anchor, ...change } })
    const oneSided = 'input.lineItems: Transaction must have at least one debit and credit line item.'
    expect(await said(line({ accountId: account('Sales') }))).toBe(oneSided)
    expect(await said(line({ balance: 'CREDIT' }))).toBe(oneSided)
    expect(await said(line({ accountId: account('Discounts'), balance: 'DECREASE' }))).toBe(oneSided)
    expect(await said(line({ amount: '99' }))).toContain('balance')
    expect(await said({ lineItems: [] })).toContain('input.lineItems')
    expect(await said(line({ amount: '-100' }))).toContain('input.lineItems.0.amount')
    expect(await said(line({ amount: '99.999' }))).toContain('two decimal')
    expect(await said(line({ accountId: details.anchor.accountId }))).toContain('input.lineItems.0.accountId')
    expect(await said(line({ customerId: 'x' }))).toContain('input.lineItems.0.customerId')
    expect(await said(anchor({ amount: '0' }))).toContain('input.anchor.amount')
    expect(await said(anchor({ accountId: account('Sales') }))).toContain('cannot be the anchor')
    expect(await said(anchor({ accountId: 'x' }))).toContain('could not be found')
    expect(await said({ businessId: 'x' })).toContain('input.businessId')
    expect(await said({ externalId: '' })).toContain('input.externalId')
    expect(Dump.parse(world.wave.dump()).transactions).toEqual([])
  })

  it('are not available with classic accounting', async () => {
    const { world, input } = setting({ businesses: [{ isClassicAccounting: true }] })
    expect(refusal(await mutate(world, 'moneyTransactionCreate', input))).toContain('classic')
  })

  it('refuse a second externalId, book it again, or answer the first, by switch', async () => {
    const { world, input } = setting()
    const first = await mutate(world, 'moneyTransactionCreate', input, 'transaction { id }')
    expect(refusal(await mutate(world, 'moneyTransactionCreate', input))).toContain('input.externalId')
    world.switches['externalId.duplicate'] = 'same'
    expect((await mutate(world, 'moneyTransactionCreate', input, 'transaction { id }')).transaction).toEqual(
      first.transaction,
    )
    world.switches['externalId.duplicate'] = 'accept'
    expect(await mutate(world, 'moneyTransactionCreate', input)).toMatchObject({ didSucceed: true })
    expect(Dump.parse(world.wave.dump()).transactions).toHaveLength(2)
  })

  it('in bulk are all booked or none', async () => {
    const { world, business, details } = setting()
    const second = { ...details, externalId: 'wise:transfer:2' }
    const broken = { ...second, lineItems: [] }
    const bulk = (transactions: object[]) =>
      mutate(world, 'moneyTransactionsCreate', { businessId: business.graphId, transactions }, 'transactions { id }')
    expect(refusal(await bulk([details, broken]))).toContain('input.transactions.1.lineItems')
    expect(refusal(await bulk([details, details]))).toContain('input.transactions.1.externalId')
    expect(Dump.parse(world.wave.dump()).transactions).toEqual([])
    expect((await bulk([details, second])).transactions).toHaveLength(2)
  })
})

describe('webhooks', () => {
  const webhook = { url: 'https://connector.example/hooks/wave', secret: 'wave-demo-secret-01' }
  const bodies = (world: World) =>
    world.deliveries.map(({ body }) =>
      z
        .object({
          event_id: z.uuid(),
          event_type: z.string(),
          business_id: z.string(),
          data: z.record(z.string(), z.string()),
        })
        .parse(JSON.parse(body)),
    )

  it('tell the seven life-cycle events with bare ids, and no other', () => {
    const world = makeWorld()
    const business = seeded(world, { webhooks: [webhook] })
    const made = acted(world, 'create-invoice', { items: [{ product: 'Misc. Services' }] })
    world.wave.act('edit-invoice', { id: made.id, memo: 'x' })
    world.wave.act('create-customer', { name: 'Quiet' })
    for (const action of ['approve-invoice', 'send-invoice', 'view-invoice']) world.wave.act(action, { id: made.id })
    world.wave.act('pay-invoice', { id: made.id, amount: '15' })
    world.wave.act('mark-overdue', { id: made.id })
    world.wave.act('pay-invoice', { id: made.id, amount: '25' })
    world.wave.act('pay-invoice', { id: made.id, amount: '1' })
    expect(bodies(world).map((body) => body.event_type)).toEqual(
      ['approved', 'sent', 'viewed', 'partially_paid', 'overdue', 'paid', 'overpaid'].map(
        (event) => `invoice.${event}`,
      ),
    )
    const customer = { customer_id: business.customers[0]?.id, currency_code: 'USD' }
    const [, , viewed, , overdue, paid] = bodies(world)
    expect(paid).toMatchObject({
      business_id: business.id,
      data: {
        invoice_id: made.id,
        ...customer,
        amount_paid: '40.00',
        remaining_balance: '0.00',
        paid_date: '2026-03-02',
      },
    })
    expect(overdue?.data).toEqual({
      invoice_id: made.id,
      ...customer,
      due_date: '2026-03-01',
      invoice_balance: '25.00',
      issue_date: '2026-03-02',
    })
    expect(viewed?.data.view_timestamp).toMatch(/^2026-03-02T10:00:00\.\d{6}\+00:00$/)
    expect(new Set(bodies(world).map((body) => body.event_id)).size).toBe(7)
  })

  it('are signed when they leave, with a wrong signature when tampered', async () => {
    const world = makeWorld()
    const body =
      '{"event_id":"b2c9f0a4-0d7e-4f0a-9a52-6f7d1c2b3a41","event_type":"invoice.paid","business_id":"7d1f4c0a-2b7e-4a53-9f0c-6e2a1b3c4d5e","data":{"invoice_id":"2210045590134775306","customer_id":"70110233","currency_code":"USD","amount_paid":"40.00","remaining_balance":"0.00","paid_date":"2026-03-02"}}'
    const delivery = {
      id: '1',
      vendor: 'wave',
      event: 'invoice.paid',
      url: webhook.url,
      meta: { secret: webhook.secret },
      body,
    }
    const sent = await world.wave.outgoing?.(delivery, 1_772_464_000_999, false)
    expect(sent).toMatchObject({ url: webhook.url, method: 'POST', body })
    expect(sent?.headers['x-wave-signature']).toBe(
      't=1772464000,v1=91c34454c169faa749272dc68c36b50e3e1ba24dea12e7c681fdf9635a39b487',
    )
    expect(sent?.headers['x-wave-timestamp']).toBe('1772464000')
    const wrong = await world.wave.outgoing?.(delivery, 1_772_464_000_999, true)
    expect(wrong?.headers['x-wave-signature']).not.toBe(sent?.headers['x-wave-signature'])
  })

  it('are skipped without a Pro plan, without the scope, or when lost', () => {
    const world = makeWorld()
    seeded(world, { webhooks: [{ ...webhook, scopes: ['customer:read'] }] })
    acted(world, 'create-invoice', SAVED)
    world.wave.act('register-webhook', webhook)
    world.wave.act('set-plan', { plan: 'starter' })
    acted(world, 'create-invoice', SAVED)
    world.wave.act('set-plan', { plan: 'pro' })
    world.switches['webhook.lost'] = true
    acted(world, 'create-invoice', SAVED)
    expect(world.deliveries).toEqual([])
  })

  it('can be repeated, stamped early or late, or carry the GraphQL id', async () => {
    const world = makeWorld()
    const business = seeded(world, { webhooks: [webhook] })
    Object.assign(world.switches, { 'webhook.copies': 2, 'webhook.skewSeconds': -301, 'webhook.businessId': 'graphql' })
    acted(world, 'create-invoice', SAVED)
    const [first, second] = bodies(world)
    expect(first).toEqual(second)
    expect(first?.business_id).toBe(business.graphId)
    const [delivery] = world.deliveries
    const sent = delivery && (await world.wave.outgoing?.(delivery, 1_772_464_301_000, false))
    expect(sent?.headers['x-wave-timestamp']).toBe('1772464000')
  })

  it('send an empty unsigned probe when registered so, and events made by hand', async () => {
    const world = makeWorld()
    seeded(world)
    world.wave.act('register-webhook', { ...webhook, probe: true })
    const [probe] = world.deliveries
    const sent = probe && (await world.wave.outgoing?.(probe, world.clock.now, false))
    expect(sent).toMatchObject({ body: '', headers: { 'content-type': 'application/json' } })
    expect(sent?.headers['x-wave-signature']).toBeUndefined()
    const invoice = acted(world, 'create-invoice', {})
    world.wave.act('emit', { event: 'invoice.created', invoice: invoice.id })
    expect(world.deliveries.at(-1)?.event).toBe('invoice.created')
    world.switches['webhook.seedEvents'] = true
    world.wave.act('create-customer', { name: 'Loud' })
    expect(world.deliveries.at(-1)?.event).toBe('customer.created')
  })
})

describe('OAuth tokens', () => {
  const grant = { accessToken: 'old-access', refreshToken: 'old-refresh' }
  const refresh = (world: World, change: Record<string, string> = {}) => {
    const form = {
      grant_type: 'refresh_token',
      client_id: 'wave-client',
      client_secret: 'wave-secret',
      refresh_token: 'old-refresh',
      redirect_uri: 'https://connector.example/oauth/wave',
      ...change,
    }
    return post(world, '/oauth2/token/', new URLSearchParams(form).toString())
  }
  const Tokens = z.object({
    access_token: z.string(),
    refresh_token: z.string().optional(),
    expires_in: z.number(),
    scope: z.string(),
  })

  it('rotate: the old access and refresh tokens stop', async () => {
    const world = makeWorld()
    seeded(world, { grants: [grant] })
    expect((await ask(world, '{ user { id } }', {}, 'old-access')).errors).toBeUndefined()
    const tokens = Tokens.parse((await refresh(world)).body)
    expect(tokens).toMatchObject({ expires_in: 7200 })
    expect(code(await ask(world, '{ user { id } }', {}, 'old-access'))).toBe('UNAUTHENTICATED')
    expect((await ask(world, '{ user { id } }', {}, tokens.access_token)).errors).toBeUndefined()
    expect(await refresh(world)).toEqual({ status: 400, body: { error: 'invalid_grant' } })
    expect((await refresh(world, { refresh_token: tokens.refresh_token ?? '' })).status).toBe(200)
    world.clock.now += 7_200_000
    expect(code(await ask(world, '{ user { id } }', {}, tokens.access_token))).toBe('UNAUTHENTICATED')
  })

  it('are refused to a wrong client, without redirect_uri, beyond the scope, and when the plan has lapsed', async () => {
    const world = makeWorld()
    seeded(world, { grants: [grant] })
    expect((await refresh(world, { client_secret: 'x' })).status).toBe(401)
    expect((await refresh(world, { redirect_uri: '' })).body).toEqual({ error: 'invalid_request' })
    expect((await refresh(world, { scope: 'invoice:send' })).body).toEqual({ error: 'invalid_scope' })
    expect((await refresh(world, { grant_type: 'password' })).body).toEqual({ error: 'unsupported_grant_type' })
    world.wave.act('set-plan', { plan: 'starter' })
    expect((await refresh(world)).status).toBe(403)
  })

  it('can come without a refresh token, and then the old one stays', async () => {
    const world = makeWorld()
    seeded(world, { grants: [grant] })
    world.switches['oauth.refreshToken'] = false
    expect(Tokens.parse((await refresh(world)).body).refresh_token).toBeUndefined()
    expect((await refresh(world)).status).toBe(200)
  })

  it('come once for a code, within ten minutes, at the address it was made for', async () => {
    const world = makeWorld()
    seeded(world)
    const made = () => z.object({ code: z.string() }).parse(world.wave.act('authorize', { scopes: ['user:read'] })).code
    const exchange = (code: string, change = {}) =>
      refresh(world, { grant_type: 'authorization_code', code, ...change })
    const first = made()
    expect((await exchange(first, { redirect_uri: 'https://elsewhere.example' })).status).toBe(400)
    expect(Tokens.parse((await exchange(first)).body).scope).toBe('user:read')
    expect(await exchange(first)).toEqual({ status: 400, body: { error: 'invalid_grant' } })
    const late = made()
    world.clock.now += 600_000
    expect((await exchange(late)).status).toBe(400)
  })

  it('end when revoked', async () => {
    const world = makeWorld()
    seeded(world, { grants: [grant] })
    const form = { client_id: 'wave-client', client_secret: 'wave-secret', token: 'old-refresh' }
    expect((await post(world, '/oauth2/token-revoke/', new URLSearchParams(form).toString())).status).toBe(200)
    expect(code(await ask(world, '{ user { id } }', {}, 'old-access'))).toBe('UNAUTHENTICATED')
    expect((await refresh(world)).status).toBe(400)
  })
})

describe('limits', () => {
  it('come with and without Retry-After', () => {
    const { wave } = makeWorld()
    expect(wave.throttled('429')).toMatchObject({ status: 429, headers: { 'retry-after': '2' } })
    expect(wave.throttled('429-bare')).toMatchObject({ status: 429, headers: {} })
  })

  it('refuse calls above the rate, and above the number at once', async () => {
    const world = makeWorld()
    seeded(world)
    const call = () =>
      post(world, '/graphql/public', JSON.stringify({ query: '{ user { id } }' }), {
        authorization: 'Bearer wave-full-access',
      })
    world.switches['rate.atOnce'] = 2
    const statuses = (await Promise.all([call(), call(), call()])).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 200, 429])
    world.switches['rate.perMinute'] = 2
    expect((await call()).status).toBe(429)
    world.clock.now += 60_001
    expect((await call()).status).toBe(200)
  })
})
