import { type Books, fresh, save, touched } from './books'
import { refusal } from './errors'
import { type Body, read } from './fields'
import { isOverdue, outstandingOf } from './invoice-state'
import { days, ids, like, text } from './lists'
import { type Money, money, sum } from './money'
import type { Spec } from './resource'
import { type Client, ClientFields, type Invoice } from './sales-shapes'
import { eastern, spacedUtc } from './stamps'

/** The name falls back to the e-mail (sheet 4). */
const named = (fields: Body): Body => {
  const given = read(ClientFields, fields, 'client')
  if (![given.organization, given.email, given.fname, given.lname].some(Boolean))
    throw refusal(422, 1001, "The field 'organization' is required.", { object: 'client', field: 'organization' })
  return { ...given, organization: given.organization || given.email }
}

const parse = (fields: Body) => read(ClientFields, named(fields), 'client')

export const fullName = ({ fname, lname }: Client): string => `${fname} ${lname}`.trim()

const updatedDay = ({ updatedAt }: Client): string => eastern(updatedAt).slice(0, 10)

export const clients: Spec<Client> = {
  single: 'client',
  plural: 'clients',
  idField: 'userid',
  noun: 'client',
  scope: 'clients',
  rows: (books) => books.clients,
  deleteTouches: true,
  filters: {
    ...ids('userid', (row) => row.id),
    ...text('email', (row) => row.email),
    ...days('updated', updatedDay),
    ...like('email', (row) => row.email),
    ...like('organization', (row) => row.organization),
    ...like('fname', (row) => row.fname),
    ...like('lname', (row) => row.lname),
    ...like('note', (row) => row.note),
  },
  sorts: {
    organization_name: (row) => row.organization.toLowerCase(),
    fullname: (row) => fullName(row).toLowerCase(),
    email: (row) => row.email,
    updated: (row) => `${eastern(row.updatedAt)}.${row.serial}`,
  },
  make: (books, body) => ({
    ...fresh(books, 'client'),
    uuid: crypto.randomUUID(),
    username: crypto.randomUUID().slice(0, 10),
    ...parse({ currency_code: books.business().currency, ...body }),
  }),
  edit: (_books, row, body) => ({ ...row, ...parse({ ...row, ...body }) }),
  view: (books, row, include) => ({ ...clientView(books, row), ...balances(books, row, include) }),
}

export const touchClient = (books: Books, id: number): void => {
  const client = books.clients.get(String(id))
  if (client) save(books.clients, touched(books, client))
}

export const clientView = (books: Books, client: Client) => {
  const { createdAt, updatedAt, serial: _, ...fields } = client
  return {
    ...fields,
    accounting_systemid: books.accountId,
    allow_email_include_pdf: false,
    allow_late_fees: true,
    allow_late_notifications: true,
    company_industry: null,
    company_size: null,
    direct_link_token: null,
    has_retainer: null,
    last_activity: null,
    last_login: null,
    level: 0,
    notified: false,
    num_logins: 0,
    pref_email: true,
    pref_gmail: false,
    retainer_id: null,
    role: 'client',
    signup_date: spacedUtc(createdAt),
    statement_token: null,
    subdomain: null,
    updated: eastern(updatedAt),
    userid: client.id,
  }
}

/** Only what `include[]` asks for; one row for each currency. */
const balances = (books: Books, { id, updatedAt }: Client, include: Set<string>) => {
  if (include.size === 0) return {}
  const own = books.invoices.all().filter((one) => one.customerid === id && one.vis_state !== 1)
  const sent = own.filter(({ stage }) => stage !== 1)
  const of = (rows: Invoice[]) => perCurrency(rows.map((row) => outstandingOf(books, row)))
  const known: Record<string, () => unknown> = {
    outstanding_balance: () => of(sent),
    draft_balance: () => of(own.filter(({ stage }) => stage === 1)),
    overdue_balance: () => of(sent.filter((row) => isOverdue(books, row))),
    grand_total_balance: () => of(sent),
    credit_balance: () =>
      perCurrency(
        books.credits
          .all()
          .filter(({ clientid }) => clientid === id)
          .map(({ amount }) => amount),
      ),
    last_activity: () => eastern(updatedAt),
    late_fee: () => null,
    late_reminders: () => [],
  }
  return Object.fromEntries([...include].flatMap((name) => (known[name] ? [[name, known[name]()]] : [])))
}

const perCurrency = (amounts: Money[]): { amount: Money }[] => {
  const codes = [...new Set(amounts.map(({ code }) => code))]
  return codes.map((code) => ({
    amount: money(sum(amounts.filter((one) => one.code === code).map(({ amount }) => amount)), code),
  }))
}
