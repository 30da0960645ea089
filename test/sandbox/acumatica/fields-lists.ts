import { decimals, flags, instants, onlyIn, type Shape, texts, wholes } from './schema'

/**
 * Lists that the sheet does not cover: of each entity the fields that somebody could want, as the vendor publishes them for these
 * versions (generated models in the repository that field-map.json comes from, commit 801a50be).
 */
const shape = (fields: Shape['fields'], lines: Shape['lines'] = {}): Shape => ({ fields, linked: {}, lines })

const STAMPS = instants('CreatedDateTime LastModifiedDateTime')

export const WAREHOUSE = shape({
  ...texts('Description InventoryAccount ReceivingLocationID ShippingLocationID WarehouseID'),
  ...flags('Active OverrideInventoryAccountSubaccount'),
  ...onlyIn(['23.200.001', '24.200.001'], instants('LastModifiedDateTime')),
})

export const STOCK_ITEM = shape({
  ...texts(`BaseUOM DefaultWarehouseID Description InventoryAccount InventoryID ItemClass ItemStatus ItemType PostingClass
    PurchaseUOM SalesUOM TaxCategory ValuationMethod`),
  ...flags('IsAKit'),
  ...decimals('AverageCost LastCost'),
  ...instants('LastModified'),
})

export const NON_STOCK_ITEM = shape({
  ...texts(`BaseUnit Description ExpenseAccount InventoryID ItemClass ItemStatus ItemType PostingClass PurchaseUnit
    SalesUnit TaxCategory`),
  ...flags('RequireReceipt RequireShipment'),
  ...decimals('CurrentCost LastCost'),
  ...instants('LastModifiedDateTime'),
})

export const TAX_CATEGORY = shape(
  { ...texts('Description TaxCategoryID'), ...flags('Active ExcludeListedTaxes'), ...STAMPS },
  { Details: null },
)

export const TAX_ZONE = shape({ ...texts('Description TaxZoneID'), ...STAMPS }, { ApplicableTaxes: null })

export const PAYMENT_METHOD = shape(
  {
    ...texts('Description MeansOfPayment PaymentMethodID'),
    ...flags('Active IntegratedProcessing UseInAP UseInAR UseInPR'),
    ...STAMPS,
  },
  { AllowedCashAccounts: null, ProcessingCenters: null },
)

export const CURRENCY = shape({
  ...texts('CurrencyID CurrencySymbol Description'),
  ...flags('Active UseForAccounting'),
  ...wholes('DecimalPrecision'),
  ...STAMPS,
})

const LEDGER_BRANCH = shape({ ...texts('BranchID BranchName CompanyName'), ...flags('Active') })

export const LEDGER = shape(
  {
    ...texts('Currency Description LedgerID Type'),
    ...flags('ConsolidationSource'),
    ...instants('LastModifiedDateTime'),
  },
  { Branches: LEDGER_BRANCH, Companies: null },
)

const PERIOD = shape({
  ...texts('Description FinancialPeriodID PeriodNbr Status'),
  ...flags('AdjustmentPeriod ClosedInAP ClosedInAR ClosedInCA ClosedInFA ClosedInIN'),
  ...wholes('LengthInDays'),
  EndDate: { kind: 'date' },
  StartDate: { kind: 'date' },
})

export const FINANCIAL_PERIOD = shape(
  {
    ...texts('FinancialYear'),
    ...flags('UserDefinedPeriods'),
    ...wholes('NbrOfPeriods'),
    StartDate: { kind: 'date' },
    ...STAMPS,
  },
  { Details: PERIOD },
)
