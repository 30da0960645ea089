import { z } from 'zod'

/** What a write would bring about, before anything is sent: what a person approves. No secret is in it. */
export interface Offer {
  /** Whatever must not change after it was approved; shown as it is. */
  terms: Record<string, string>
  /** What it would cost now; null = it moves no money. */
  cost: Cost | null
  /** What else is good to know and may change by itself: a rate, when it ends. */
  price: Record<string, string>
}

/** Decimal text. */
export interface Cost {
  amount: string
  currency: string
}

/** What a bookkeeper has allowed, of money in one currency. Decimal text. */
export interface Limit {
  currency: string
  perTransfer: string
  /** Of a day on the calendar of the business. */
  perDay: string
  /** Up to so much nobody else has to approve. */
  alone?: string | undefined
}

/** Whatever is not named in them is not allowed. */
export interface Guards {
  limits: Limit[]
  /** Part of the settings that somebody else has to approve before anything is paid by them. */
  settings: unknown
}

/** Who asks, or approves: by which key, and who had made that. */
export const Who = z.object({ key: z.string(), principal: z.string(), madeBy: z.string() })
export type Who = z.infer<typeof Who>

const said = (name: string): string => name.trim().toLowerCase()

/** Another person, by a key that the asker has not made. */
export const isAnother = (approver: Who, asker: Who): boolean =>
  approver.key !== asker.key &&
  said(approver.principal) !== said(asker.principal) &&
  said(approver.madeBy) !== said(asker.principal)

/** What waits for approval, or was approved. `hash` = what an approval has to name. */
export const Approval = z.object({
  subject: z.string(),
  hash: z.string(),
  terms: z.record(z.string(), z.string()),
  /** It is not to cost more than that; null = it moves no money. */
  highest: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  price: z.record(z.string(), z.string()),
  askedBy: z.array(z.string()),
  approvedBy: z.string().nullable(),
})
export type Approval = z.infer<typeof Approval>

/** What somebody has asked to be paid, and how it stands. Amounts are decimal text. */
export const Payout = z.object({
  invoiceId: z.string(),
  number: z.string(),
  state: z.string(),
  reason: z.string(),
  text: z.string(),
  transfer: z.string(),
  askedBy: z.array(z.string()),
  asked: z.record(z.string(), z.string()),
  /** As it was priced last, and once it is paid, as it was made. */
  price: z.record(z.string(), z.string()),
})
export type Payout = z.infer<typeof Payout>
