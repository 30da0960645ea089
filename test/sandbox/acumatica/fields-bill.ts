import { dates, decimals, flags, instants, onlyIn, type Shape, texts, wholes } from './schema'

const BILL_DETAIL: Shape = {
  fields: {
    ...texts(`Account Branch CostCode Description InventoryID POOrderNbr:15 POOrderType POReceiptNbr:15 POReceiptType
      Project ProjectTask Subaccount TaxCategory:15 TransactionDescription:256 UOM:6`),
    ...onlyIn(['24.200.001'], texts('LCNbr:15 LCType')),
    ...onlyIn(['24.200.001'], wholes('LCLineNbr')),
    ...flags('CalculateDiscountsOnImport NonBillable'),
    ...wholes('POLine POReceiptLine'),
    ...decimals('Amount ExtendedCost Qty UnitCost'),
  },
  linked: {},
  lines: {},
}

const BILL_TAX_DETAIL: Shape = {
  fields: { ...texts('TaxID:60'), ...decimals('TaxAmount TaxRate TaxableAmount') },
  linked: {},
  lines: {},
}

export const BILL: Shape = {
  fields: {
    ...texts(`BranchID CashAccount CurrencyID:5 Description:512 LocationID PostPeriod:6 Project ReferenceNbr:15 Status
      Terms:10 Type Vendor VendorRef:40`),
    ...flags('ApprovedForPayment Hold'),
    ...onlyIn(['23.200.001', '24.200.001'], flags('IsTaxValid')),
    ...decimals('Amount Balance TaxTotal'),
    ...dates('Date DueDate'),
    ...instants('LastModifiedDateTime'),
  },
  linked: {},
  lines: { Details: BILL_DETAIL, TaxDetails: BILL_TAX_DETAIL, Applications: null },
}
