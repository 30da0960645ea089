import type { Lookups } from '../../core/flow'
import { paymentTypeCode, paymentTypes } from '../../vendors/freshbooks/payment-types'
import type { Missing } from './missing'

/** FreshBooks does not say which account money went to or came from, only how it was paid. */
interface Way {
  mapping: 'payment' | 'bill-payment'
  setting: 'paymentAccount' | 'billPaymentAccount'
  /** Of all types that are not mapped. */
  otherwise: string | undefined
}

export const accountByType = (type: string, way: Way, { mapped }: Lookups, missing: Missing): string => {
  const code = paymentTypeCode(type)
  const found = (code !== '' && mapped(way.mapping, code)) || way.otherwise
  const isKnown = paymentTypes.some((known) => known.code === code)
  const label = type === '' ? 'payments of no type' : `payments by ${type}`
  return isKnown
    ? missing.or(found, way.mapping, code, label)
    : missing.or(found, `settings.${way.setting}`, code || 'none', label)
}
