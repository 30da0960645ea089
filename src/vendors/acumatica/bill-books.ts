import { z } from 'zod'
import type { Adopted, CandidatePage, TargetPage, TargetRef } from '../../core/flow'
import type { Booked, Figures, TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { add, type Decimal, negate, same } from '../../lib/money'
import type { BillType } from './bill-draft'
import { type BillRow, readBill } from './bill-record'
import { linesTotal, totalOf } from './bill-stages'
import { textLiteral } from './filters'
import { nextSkip, pageAt } from './lists'
import { stampIn } from './marks'
import { date, decimal, id, sameWord, stamp, text } from './shapes'

const Row = z.object({
  id,
  ReferenceNbr: text,
  Vendor: text,
  VendorRef: text,
  Date: date,
  CurrencyID: text,
  Amount: decimal,
  Status: text,
  LastModifiedDateTime: stamp,
})
type Row = z.infer<typeof Row>

/** What is on hold, refused or voided counts for nobody; what is balanced is entered, if not posted yet. */
const NOT_BOOKED = ['On Hold', 'Rejected', 'Voided', 'Scheduled']

const isBooked = ({ Status }: { Status: string }): boolean => !NOT_BOOKED.some((one) => sameWord(one, Status))

const page = async (api: ReadApi, type: BillType, cursor: string | null) => {
  const skip = Number(cursor ?? 0)
  const query = {
    $select: Object.keys(Row.shape).slice(1).join(','),
    $filter: `Type eq ${textLiteral(type)}`,
  }
  const rows = await pageAt(api, 'Bill', Row, query, skip)
  const next = nextSkip(skip, rows)
  return { rows, next: String(next ?? 0), done: next === null }
}

/** Debit adjustments take away from what is owed. */
const signed = (type: string, amount: Decimal): Decimal => (sameWord(type, 'Debit Adj.') ? negate(amount) : amount)

export const billPage = async (api: ReadApi, type: BillType, cursor: string | null): Promise<TargetPage> => {
  const { rows, ...rest } = await page(api, type, cursor)
  return { rows: rows.map((row) => rowOf(type, row)), ...rest }
}

const rowOf = (type: BillType, row: Row): TargetRow => ({
  id: row.id,
  number: row.ReferenceNbr,
  date: row.Date,
  stamp: row.LastModifiedDateTime,
  booked: isBooked(row),
  currency: row.CurrencyID,
  total: signed(type, row.Amount),
  customer: { id: row.Vendor, name: row.Vendor },
})

export const billCandidates = async (api: ReadApi, type: BillType, cursor: string | null): Promise<CandidatePage> => {
  const { rows, ...rest } = await page(api, type, cursor)
  const found = rows
    .filter(isBooked)
    .map((row) => ({ id: row.id, number: row.ReferenceNbr, terms: termsOf(row, row.Amount) }))
  return { rows: found, ...rest }
}

const termsOf = (row: Pick<Row, 'VendorRef' | 'Date' | 'CurrencyID' | 'Vendor'>, total: Decimal) => ({
  kind: 'dated' as const,
  number: row.VendorRef,
  date: row.Date,
  total,
  currency: row.CurrencyID,
  party: row.Vendor,
})

/** Facts without a content of ours: it is never changed by us, only compared. */
export const adoptBill = async (api: ReadApi, type: BillType, bill: string): Promise<Adopted | null> => {
  const row = await readBill(api, bill)
  if (!row || !sameWord(row.Type, type) || !isBooked(row)) return null
  const facts = { type, total: totalOf(row), vendor: row.Vendor, status: row.Status }
  return { target: { id: row.id, number: row.ReferenceNbr, facts }, terms: termsOf(row, totalOf(row)) }
}

/** Payments are everyday life and no change. */
export const bookedBill = async (api: ReadApi, { id: bill, facts }: TargetRef): Promise<Booked | null> => {
  const row = await readBill(api, bill)
  if (!row) return null
  return {
    number: row.ReferenceNbr,
    date: row.Date,
    figures: isBooked(row) ? figuresOf(row) : null,
    changes: changesOf(row, facts),
  }
}

const changesOf = (row: BillRow, facts: TargetRef['facts']): string[] => {
  const said: [boolean, string][] = [
    [facts.total !== undefined && !same(facts.total, totalOf(row)), `its total is ${totalOf(row)}`],
    [facts.vendor !== undefined && !sameWord(facts.vendor, row.Vendor), `its vendor is ${row.Vendor}`],
    [facts.content !== undefined && stampIn(row.Description)?.content !== facts.content, 'its description was edited'],
  ]
  return said.flatMap(([happened, words]) => (happened ? [words] : []))
}

const figuresOf = (row: BillRow): Figures => {
  const accounts: Record<string, Decimal> = {}
  for (const { Account, Amount } of row.Details)
    accounts[Account] = add(accounts[Account] ?? '0', signed(row.Type, Amount))
  return {
    currency: row.CurrencyID,
    total: signed(row.Type, add(linesTotal(row), row.TaxTotal)),
    tax: signed(row.Type, row.TaxTotal),
    customer: { id: row.Vendor, name: row.Vendor },
    accounts,
  }
}
