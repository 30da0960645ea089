import { flags, instants, type Shape, texts, wholes } from './schema'

export const ACCOUNT: Shape = {
  fields: {
    ...texts(`AccountCD:10 AccountClass:20 AccountGroup ConsolidationAccount:30 CurrencyID:5 Description:60 PostOption
      RevaluationRateType:6 TaxCategory:15 Type`),
    ...flags('Active CashAccount RequireUnits Secured UseDefaultSubaccount'),
    ...wholes('AccountID ChartOfAccountsOrder'),
    ...instants('CreatedDateTime LastModifiedDateTime'),
  },
  linked: {},
  lines: {},
}

export const VENDOR_CLASS: Shape = {
  fields: { ...texts('ClassID:10 Description:60'), ...instants('CreatedDateTime LastModifiedDateTime') },
  linked: {},
  lines: { Attributes: null },
}

export const SUBACCOUNT: Shape = {
  fields: { ...texts('Description:255 SubaccountCD:30'), ...flags('Active Secured'), ...wholes('SubaccountID') },
  linked: {},
  lines: {},
}
