import type { Failure } from '../../core/failure'

/** Vendors, bills and expenses need settings that a firm without them does without. */
export const noPurchases = (what: string): Failure => ({
  kind: 'unmapped',
  code: 'unmapped',
  message: `the settings do not say how purchases are booked, which the ${what} needs`,
  remedy:
    'Set purchases: the Cin7 account for payables, the tax rules of purchases, and the service product for costs. Or switch the flow off. Then replay.',
  codes: [{ mapping: 'settings.purchases', code: 'purchases', label: 'how purchases are booked' }],
})
