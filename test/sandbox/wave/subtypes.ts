type AccountTypeName = 'ASSET' | 'EQUITY' | 'EXPENSE' | 'INCOME' | 'LIABILITY'

const NAMES: Record<AccountTypeName, { name: string; normalBalanceType: 'DEBIT' | 'CREDIT' }> = {
  ASSET: { name: 'Assets', normalBalanceType: 'DEBIT' },
  LIABILITY: { name: 'Liabilities & Credit Cards', normalBalanceType: 'CREDIT' },
  EQUITY: { name: 'Equity', normalBalanceType: 'CREDIT' },
  INCOME: { name: 'Income', normalBalanceType: 'CREDIT' },
  EXPENSE: { name: 'Expenses', normalBalanceType: 'DEBIT' },
}

/** Subtype to type, seen live or by its name (sheet 5, "Account types"). */
const TYPES: Record<string, AccountTypeName> = {
  CASH_AND_BANK: 'ASSET',
  COST_OF_GOODS_SOLD: 'EXPENSE',
  CREDIT_CARD: 'LIABILITY',
  CUSTOMER_PREPAYMENTS_AND_CREDITS: 'LIABILITY',
  DEPRECIATION_AND_AMORTIZATION: 'ASSET',
  DISCOUNTS: 'INCOME',
  DUE_FOR_PAYROLL: 'LIABILITY',
  DUE_TO_YOU_AND_OTHER_OWNERS: 'LIABILITY',
  EXPENSE: 'EXPENSE',
  GAIN_ON_FOREIGN_EXCHANGE: 'INCOME',
  INCOME: 'INCOME',
  INVENTORY: 'ASSET',
  LOANS: 'LIABILITY',
  LOSS_ON_FOREIGN_EXCHANGE: 'EXPENSE',
  MONEY_IN_TRANSIT: 'ASSET',
  NON_RETAINED_EARNINGS: 'EQUITY',
  OTHER_CURRENT_ASSETS: 'ASSET',
  OTHER_CURRENT_LIABILITY: 'LIABILITY',
  OTHER_INCOME: 'INCOME',
  OTHER_LONG_TERM_ASSETS: 'ASSET',
  OTHER_LONG_TERM_LIABILITY: 'LIABILITY',
  PAYABLE: 'LIABILITY',
  PAYABLE_BILLS: 'LIABILITY',
  PAYABLE_OTHER: 'LIABILITY',
  PAYMENT_PROCESSING_FEES: 'EXPENSE',
  PAYROLL_EXPENSES: 'EXPENSE',
  PROPERTY_PLANT_EQUIPMENT: 'ASSET',
  RECEIVABLE: 'ASSET',
  RECEIVABLE_INVOICES: 'ASSET',
  RECEIVABLE_OTHER: 'ASSET',
  RETAINED_EARNINGS: 'EQUITY',
  SALES_TAX: 'LIABILITY',
  SYSTEM_CUSTOMER_CREDITS: 'LIABILITY',
  TRANSFERS: 'ASSET',
  UNCATEGORIZED_EXPENSE: 'EXPENSE',
  UNCATEGORIZED_INCOME: 'INCOME',
  UNKNOWN_ACCOUNT: 'ASSET',
  VENDOR_PREPAYMENTS_AND_CREDITS: 'ASSET',
}

export const INCOME_SUBTYPES = ['INCOME', 'DISCOUNTS', 'OTHER_INCOME']
export const EXPENSE_SUBTYPES = ['EXPENSE', 'COST_OF_GOODS_SOLD', 'PAYMENT_PROCESSING_FEES', 'PAYROLL_EXPENSES']

export const isSubtype = (value: string): boolean => value in TYPES

export const typeOf = (subtype: string): AccountTypeName => TYPES[subtype] ?? 'ASSET'

export const typeView = (value: AccountTypeName) => ({ ...NAMES[value], value })

export const subtypeView = (value: string) => ({ name: readable(value), value, type: typeView(typeOf(value)) })

export const typeViews = () => [
  typeView('ASSET'),
  typeView('LIABILITY'),
  typeView('EQUITY'),
  typeView('INCOME'),
  typeView('EXPENSE'),
]

export const subtypeViews = () => Object.keys(TYPES).map(subtypeView)

/** Which side an INCREASE of such an account is on; two subtypes are turned round (sheet 5, "Sides"). */
export const increaseSide = (subtype: string): 'debit' | 'credit' => {
  const normal = NAMES[typeOf(subtype)].normalBalanceType === 'DEBIT' ? 'debit' : 'credit'
  const turned = subtype === 'DISCOUNTS' || subtype === 'DEPRECIATION_AND_AMORTIZATION'
  return turned ? opposite(normal) : normal
}

export const opposite = (side: 'debit' | 'credit'): 'debit' | 'credit' => (side === 'debit' ? 'credit' : 'debit')

const readable = (value: string): string => {
  const words = value.toLowerCase().replaceAll('_', ' ').replaceAll(' and ', ' & ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
