import { deliver } from './deliver'
import { CIN7_KEY, type Office, type RecordView, recordsOf } from './office'
import { settle } from './settle'
import { type Invoice, only } from './wave-cin7'

export const FLOWS = {
  customer: 'wave-cin7/customer-to-customer',
  supplier: 'wave-cin7/customer-to-supplier',
  product: 'wave-cin7/product-to-product',
  sale: 'wave-cin7/invoice-to-sale',
  payment: 'wave-cin7/payment-to-payment',
}

interface Party {
  ID: string
  Name: string
  Currency: string
  Status: string
  TaxRule: string
  Comments: string
  Addresses: { Line1: string; City: string }[]
  Contacts: { Name: string; Email: string; Phone: string }[]
}

interface Row {
  SKU?: string
  Description?: string
  Quantity: number
  Price: number
  Tax: number
  Total: number
  TaxRule: string
  Account: string
}

interface InvoiceDocument {
  TaskID: string
  InvoiceNumber: string
  Status: string
  Memo: string
  InvoiceDate: string
  InvoiceDueDate: string
  Lines: Row[]
  AdditionalCharges: Row[]
  Total: number
  Paid: number
}

export interface SaleView {
  ID: string
  CustomerID: string
  Status: string
  Note: string
  Terms: string
  CustomerReference: string
  TaxCalculation: string
  CombinedPaymentStatus: string
  CombinedShippingStatus: string
  AdditionalAttributes: Record<string, string>
  Order: { Status: string; Total: number }
  Invoices: InvoiceDocument[]
}

interface Payment {
  ID: string
  InvoiceNumber: string
  Reference: string
  Amount: number
  DatePaid: string
  Account: string
  CurrencyRate: number
}

interface Product {
  SKU: string
  Name: string
  Type: string
  Status: string
  Description: string | null
  RevenueAccount: string | null
  SaleTaxRule: string | null
}

/** What stands in Cin7. */
export interface Books {
  accountId: string
  customers: Party[]
  suppliers: Party[]
  products: Product[]
  sales: SaleView[]
  payments: Payment[]
}

export const booksOf = async ({ world }: Office): Promise<Books> => (await world.dump<{ cin7: Books }>()).cin7

export const theSale = async (office: Office): Promise<SaleView> => only((await booksOf(office)).sales)

export const liveInvoice = ({ Invoices }: SaleView): InvoiceDocument =>
  only(Invoices.filter(({ Status }) => Status !== 'VOIDED'))

export const recordOf = async (office: Office, flow: keyof typeof FLOWS): Promise<RecordView> =>
  only(await recordsOf(office, `flow=${FLOWS[flow]}`))

export const replay = async (office: Office, { id }: RecordView, how: object = {}): Promise<void> => {
  await office.admin.call('POST', `/v1/tenants/${office.tenant}/records/${id}/replay`, how)
  await settle(office.tenant)
}

export const map = (office: Office, kind: string, entries: { code: string | undefined; target: string }[]) =>
  office.admin.call('PUT', `/v1/tenants/${office.tenant}/integrations/${office.integration}/mappings/${kind}`, {
    entries,
  })

/** Every Wave account that takes payments → a Cin7 bank account. */
export const mapBank = (office: Office, target = '713') =>
  map(
    office,
    'bank',
    office.wave.business.accounts
      .filter(({ name }) => /cash|bank/i.test(name))
      .map(({ graphId }) => ({ code: graphId, target })),
  )

/** Wave's webhooks that are on their way arrive, and everything runs that is due. */
export const arrive = async (office: Office): Promise<void> => {
  for (const webhook of await office.world.deliveries()) await deliver(webhook)
  await settle(office.tenant)
}

/** Wave tells of an invoice; edits have no event of their own. */
export const tell = async (office: Office, { bareId }: Invoice): Promise<void> => {
  await office.world.act('wave', 'emit', { event: 'invoice.viewed', invoice: bareId })
  await arrive(office)
}

export const edit = async (office: Office, invoice: Invoice, change: Record<string, unknown>): Promise<void> => {
  await office.world.act('wave', 'edit-invoice', { id: invoice.bareId, ...change })
  await tell(office, invoice)
}

/** Paid in Wave, which tells of it. Answers the payment's id there. */
export const pay = async (
  office: Office,
  { bareId }: Invoice,
  given: Record<string, unknown> = {},
): Promise<string> => {
  const { id } = await office.world.act<{ id: string }>('wave', 'pay-invoice', { id: bareId, ...given })
  await arrive(office)
  return id
}

/** What a person does in Cin7's own screens, by the calls that stand behind them. */
export const inCin7 = async (office: Office, method: string, path: string, body?: unknown): Promise<void> => {
  const { accountId } = await booksOf(office)
  const response = await fetch(`${office.world.baseUrl('cin7')}/ExternalApi/v2${path}`, {
    method,
    headers: {
      'api-auth-accountid': accountId,
      'api-auth-applicationkey': CIN7_KEY,
      'content-type': 'application/json',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  await response.body?.cancel()
}

/** A person steps the invoice back, changes it and authorises it again. */
export const rewriteInvoice = async (office: Office, change: object, charge: object = {}): Promise<void> => {
  const sale = await theSale(office)
  const { TaskID, Memo, InvoiceDate, InvoiceDueDate, AdditionalCharges } = liveInvoice(sale)
  await inCin7(office, 'DELETE', `/sale/invoice?TaskID=${TaskID}&Void=false`)
  await inCin7(office, 'POST', '/sale/invoice', {
    SaleID: sale.ID,
    TaskID,
    Memo,
    InvoiceDate,
    InvoiceDueDate,
    CurrencyConversionRate: 1,
    Status: 'AUTHORISED',
    Lines: [],
    AdditionalCharges: AdditionalCharges.map((row) => ({ ...row, ...charge })),
    ...change,
  })
}
