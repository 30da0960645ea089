import { billVendors } from './bill-vendors'
import { billPayments, bills } from './bills'
import { clients } from './clients'
import { categories, editableCategories, expenses } from './expenses'
import { invoices } from './invoices'
import { payments } from './payments'
import { items, taxes } from './products'
import { type Resource, resource } from './resource'

/** By the path below `/accounting/account/{account_id}`. */
export const RESOURCES: Record<string, Resource> = {
  'invoices/invoices': resource(invoices),
  'payments/payments': resource(payments),
  'users/clients': resource(clients),
  'bills/bills': resource(bills),
  'bill_payments/bill_payments': resource(billPayments),
  'bill_vendors/bill_vendors': resource(billVendors),
  'expenses/expenses': resource(expenses),
  'expenses/categories': resource(categories),
  'items/items': resource(items),
  'taxes/taxes': resource(taxes),
}

/** By their singular, with all that a user can do in the screens. */
export const IN_SCREENS: Record<string, Resource> = {
  ...Object.fromEntries(Object.values(RESOURCES).map((one) => [one.single, one])),
  category: resource(editableCategories),
}
