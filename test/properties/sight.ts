import { type Office, recordsOf } from '../support/office'
import { cin7Of, type Invoice, type Sale } from '../support/wave-cin7'

interface WaveInvoice {
  id: string
  customer: string
  currency: string
  total: string
  modifiedAt: string
}

export interface WaveBooks {
  invoices: WaveInvoice[]
  customers: { id: string; name: string }[]
}

export const waveOf = async ({ world }: Office): Promise<WaveBooks> => (await world.dump<{ wave: WaveBooks }>()).wave

const carries = (sale: Sale, { graphId }: Invoice): boolean => sale.ExternalID?.includes(`:${graphId}:`) ?? false

/** The sales that carry the mark of an invoice and are not voided. */
export const salesOf = async (office: Office, invoice: Invoice): Promise<Sale[]> =>
  (await cin7Of(office)).sales.filter((sale) => sale.Status !== 'VOIDED' && carries(sale, invoice))

export const liveInvoices = ({ Invoices }: Sale) => Invoices.filter(({ Status }) => Status !== 'VOIDED')

export const bookedAccount = async (office: Office, { invoice }: { invoice: Invoice }): Promise<string> => {
  const [sale] = await salesOf(office, invoice)
  return (sale && liveInvoices(sale)[0]?.AdditionalCharges[0]?.Account) ?? ''
}

/** What Wave shows now is what was carried. */
export const isCurrent = async (office: Office, { invoice }: { invoice: Invoice }): Promise<boolean> => {
  const record = (await recordsOf(office)).find(({ sourceId }) => sourceId === invoice.graphId)
  const shown = (await waveOf(office)).invoices.find(({ id }) => id === invoice.bareId)
  return record?.state === 'done' && versionOf(record) === shown?.modifiedAt
}

const versionOf = (record: object): unknown => ('version' in record ? record.version : undefined)
