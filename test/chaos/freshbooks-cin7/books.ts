import { z } from 'zod'
import type { FreshbooksCin7 } from './office'

const Money = z.object({ amount: z.string(), code: z.string() })

const FreshbooksBooks = z.object({
  clients: z.array(z.object({ id: z.number(), organization: z.string(), currency_code: z.string() })),
  bill_vendors: z.array(z.object({ vendorid: z.number(), vendor_name: z.string(), currency_code: z.string() })),
  invoices: z.array(z.object({ id: z.number(), invoice_number: z.string(), amount: Money })),
  payments: z.array(z.object({ id: z.number(), invoiceid: z.number(), amount: Money })),
  bills: z.array(
    z.object({
      id: z.number(),
      bill_number: z.string(),
      total_amount: Money,
      bill_payments: z.array(z.object({ id: z.number(), amount: Money })),
    }),
  ),
  expenses: z.array(z.object({ id: z.number(), amount: Money })),
  journal_entries: z.array(
    z.object({
      id: z.number(),
      legs: z.array(
        z.object({ sub_accountid: z.number(), debit: z.string().nullable(), credit: z.string().nullable() }),
      ),
    }),
  ),
  accounts: z.array(z.object({ journalId: z.number(), parent: z.string().nullable(), name: z.string() })),
})

const Document = z.object({ Status: z.string(), Total: z.number() })
export type Document = z.infer<typeof Document>

const Party = z.object({ Name: z.string(), Currency: z.string(), Comments: z.string().nullish() })
export type Party = z.infer<typeof Party>

const Paid = z.object({ Reference: z.string(), Amount: z.number() })
export type Paid = z.infer<typeof Paid>

const Cin7Books = z.object({
  customers: z.array(Party),
  suppliers: z.array(Party),
  sales: z.array(
    z.object({
      ID: z.string(),
      ExternalID: z.string().nullable(),
      CustomerReference: z.string(),
      CustomerCurrency: z.string(),
      Status: z.string(),
      Order: z.object({ Status: z.string() }),
      Invoices: z.array(Document),
    }),
  ),
  payments: z.array(Paid),
  purchases: z.array(
    z.object({
      Status: z.string(),
      Note: z.string().nullish(),
      Invoice: z.array(Document.extend({ InvoiceNumber: z.string().nullish() })),
    }),
  ),
  purchasePayments: z.array(Paid),
  journals: z.array(
    z.object({
      Status: z.string(),
      Notes: z.string(),
      Lines: z.array(z.object({ Debit: z.string(), Credit: z.string(), Amount: z.number() })),
    }),
  ),
  moneyTasks: z.array(
    z.object({
      Status: z.string(),
      Reference: z.string(),
      Lines: z.array(z.object({ Total: z.number(), Tax: z.number() })),
    }),
  ),
})

const Dump = z.object({ freshbooks: z.object({ accounts: z.tuple([FreshbooksBooks]) }), cin7: Cin7Books })

/** What both vendors hold, as their simulators have it themselves. */
export interface Books {
  freshbooks: z.infer<typeof FreshbooksBooks>
  /** Without what is voided. */
  cin7: z.infer<typeof Cin7Books>
}

const stands = ({ Status }: { Status: string }): boolean => !['VOIDED', 'NOT AVAILABLE'].includes(Status)

export const booksOf = async ({ world }: FreshbooksCin7): Promise<Books> => {
  const { freshbooks, cin7 } = Dump.parse(await world.dump())
  return {
    freshbooks: freshbooks.accounts[0],
    cin7: {
      ...cin7,
      sales: cin7.sales.filter(stands).map((sale) => ({ ...sale, Invoices: sale.Invoices.filter(stands) })),
      purchases: cin7.purchases
        .filter(stands)
        .map((purchase) => ({ ...purchase, Invoice: purchase.Invoice.filter(stands) })),
      journals: cin7.journals.filter(stands),
      moneyTasks: cin7.moneyTasks.filter(stands),
    },
  }
}
