import type { Call } from '../../../src/core/vendor'
import type { SaleDraft } from '../../../src/vendors/cin7/sales'

type Doc = Record<string, unknown>
type Body = Record<string, unknown> & { Lines?: Priced[]; AdditionalCharges?: Priced[] }
interface Priced {
  Quantity: number
  Price: number
  Tax: number
}

const cents = (value: number): number => Math.round(value * 100) / 100

/** What Cin7 shows of the rows: its own arithmetic. `off` = a cent that it sees differently. */
const document = (body: Body, off: number, inclusive = false): Doc => {
  const rows = (all: Priced[] | undefined) =>
    (all ?? []).map((row) => ({ ...row, Total: cents(row.Quantity * row.Price) }))
  const [Lines, AdditionalCharges] = [rows(body.Lines), rows(body.AdditionalCharges)]
  const all = [...Lines, ...AdditionalCharges]
  const sum = cents(all.reduce((sum, row) => sum + row.Total, 0))
  const Tax = cents(all.reduce((sum, row) => sum + row.Tax, 0) + off)
  const TotalBeforeTax = inclusive ? cents(sum - Tax) : sum
  return { ...body, Lines, AdditionalCharges, TotalBeforeTax, Tax, Total: cents(TotalBeforeTax + Tax) }
}

const paymentsOf = ({ Payments }: Doc): Doc[] => (Array.isArray(Payments) ? Payments : [])

const hidden = ({ TotalBeforeTax, Tax, Total, ...shown }: Doc): Doc => shown

/** One sale in memory, with no more sense than the order of its stages needs. Tests set its fields as a person in Cin7 would. */
export class OneSale {
  sale: Doc = {}
  order: Doc = { Status: 'NOT AVAILABLE' }
  invoices: Doc[] = []
  externalId: string | null = null
  currency = 'USD'
  offByOrder = 0
  offByInvoice = 0
  inclusive = false

  handle = (call: Call): unknown => {
    const body: Body = Object(call.body)
    const route = `${call.method} ${call.path.replace('/ExternalApi/v2', '')}`
    switch (route) {
      case 'GET /sale':
        return this.shown()
      case 'GET /saleList':
        return {
          Total: 1,
          Page: 1,
          SaleList: this.externalId ? [{ SaleID: 'sale-1', ExternalID: this.externalId }] : [],
        }
      case 'POST /sale':
      case 'PUT /sale':
        if (typeof body.ExternalID === 'string') this.externalId = body.ExternalID
        this.put(body)
        return this.shown()
      case 'POST /sale/order':
        if (this.order.Status === 'AUTHORISED') throw new Error('the order is authorised already')
        this.order = document(body, this.offByOrder, this.inclusive)
        return { ...this.order, SaleOrderNumber: 'SO-1' }
      case 'POST /sale/invoice':
        return this.invoice(body)
      case 'DELETE /sale/invoice':
        return this.change(call.query?.TaskID, { Status: 'VOIDED', Lines: [], AdditionalCharges: [] })
      case 'DELETE /sale':
        if (call.query?.Void === 'true') return this.void()
        if (this.invoices.some(({ Status }) => Status !== 'VOIDED')) throw new Error('it has an invoice')
        this.order = { ...this.order, Status: 'DRAFT' }
        return this.shown()
      case 'GET /sale/payment':
        return this.invoices.flatMap(paymentsOf)
      case 'DELETE /sale/payment':
        return this.deletePayment(call.query?.ID)
      default:
        throw new Error(route)
    }
  }

  /** What is left out stays. */
  private put({ CustomerID, CustomerReference, Terms, Note, TaxInclusive, AdditionalAttributes }: Body): void {
    const given = { CustomerID, CustomerReference, Terms, Note, AdditionalAttributes }
    if (TaxInclusive !== undefined) this.inclusive = TaxInclusive === true
    const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    this.sale = { Status: 'ESTIMATED', ...this.sale, ...set, ID: 'sale-1' }
  }

  private void(): unknown {
    if (this.invoices.some(({ Payments }) => Array.isArray(Payments) && Payments.length > 0))
      throw new Error('it has payments')
    this.sale = { ...this.sale, Status: 'VOIDED' }
    return this.shown()
  }

  private deletePayment(id: string | undefined): unknown {
    this.invoices = this.invoices.map((one) => {
      const Payments = paymentsOf(one).filter(({ ID }) => ID !== id)
      return Payments.length > 0 ? { ...one, Payments } : { ...one, Payments, Paid: 0, Status: 'AUTHORISED' }
    })
    return { Success: true }
  }

  private invoice(body: Body): unknown {
    if (this.order.Status !== 'AUTHORISED') throw new Error('the order is not authorised')
    const fresh = document(body, this.offByInvoice, this.inclusive)
    if (body.TaskID !== '00000000-0000-0000-0000-000000000000') return this.change(String(body.TaskID), fresh)
    if (this.invoices.some(({ Status }) => Status !== 'VOIDED')) throw new Error('a simple sale has one invoice')
    const number = this.invoices.length + 1
    this.invoices.push({ ...fresh, TaskID: `TASK-${number}`, InvoiceNumber: `INV-${number}`, Payments: [], Paid: 0 })
    return this.answer()
  }

  private change(task: string | undefined, fields: Doc): unknown {
    this.invoices = this.invoices.map((one) => (one.TaskID === task ? { ...one, ...fields, TaskID: task } : one))
    return this.answer()
  }

  private answer(): unknown {
    return { SaleID: 'sale-1', Invoices: this.invoices.map(hidden) }
  }

  /** As in the vendor's sample, the order's own totals leave out the charges. */
  private shown(): unknown {
    return {
      CombinedPickingStatus: 'NOT AVAILABLE',
      FulFilmentStatus: null,
      CustomerCurrency: this.currency,
      TaxCalculation: this.inclusive ? 'Inclusive' : 'Exclusive',
      ...this.sale,
      ExternalID: this.externalId,
      Order: { ...this.order, SaleOrderNumber: 'SO-1', Total: 0 },
      Invoices: this.invoices,
    }
  }
}

/** One charge of 40.00 with 8.00 tax. */
export const aSale = (change: Partial<SaleDraft> = {}): SaleDraft => ({
  customerId: 'customer-1',
  currency: 'USD',
  location: 'Main Warehouse',
  taxRule: 'Tax on Sales',
  taxInclusive: false,
  terms: '30 days',
  date: '2026-03-02',
  dueDate: '2026-04-01',
  rate: '1',
  reference: '15',
  memo: 'Wave invoice 15',
  attributes: {},
  fulfil: false,
  lines: [],
  charges: [
    {
      description: 'Wave line',
      quantity: '2',
      price: '20',
      tax: '8',
      taxRule: 'Tax on Sales',
      account: '200',
      comment: 'Spreadsheet changes',
      total: '40',
    },
  ],
  beforeTax: '40',
  tax: '8',
  total: '48',
  ...change,
})

/** The same sale over 60.00 and 12.00 tax. */
export const dearer = (): SaleDraft => {
  const [charge] = aSale().charges
  if (!charge) throw new Error('no charge')
  return aSale({
    charges: [{ ...charge, quantity: '3', tax: '12', total: '60' }],
    beforeTax: '60',
    tax: '12',
    total: '72',
  })
}
