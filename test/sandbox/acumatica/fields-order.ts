import { dates, decimals, flags, instants, type Shape, texts, wholes } from './schema'

const ORDER_DETAIL: Shape = {
  fields: {
    ...texts(`Account AlternateID:50 BranchID CostCode Description InventoryID LineDescription:256 LineType OrderNbr:15
      OrderType OrigPONbr:15 OrigPOType Project ProjectTask ReceiptAction Subaccount Subitem TaxCategory:15 UOM:6
      WarehouseID`),
    ...flags('CalculateDiscountsOnImport Cancelled Completed'),
    ...wholes('LineNbr'),
    ...decimals(`CompleteOn ExtendedCost MaxReceiptPercent MinReceiptPercent OrderQty OrderedQty QtyOnReceipts
      ReceivedAmount UnitCost`),
    ...dates('Promised Requested'),
  },
  linked: {},
  lines: {},
  lineKey: 'LineNbr',
}

const ORDER_TAX_DETAIL: Shape = {
  fields: {
    ...texts('TaxID:60'),
    ...decimals('RetainedTaxAmount RetainedTaxableAmount TaxAmount TaxRate TaxableAmount'),
  },
  linked: {},
  lines: {},
}

export const PURCHASE_ORDER: Shape = {
  fields: {
    ...texts(`BaseCurrencyID Branch CurrencyID:5 CurrencyRateTypeID Description:60 Location OrderNbr:15 Owner Project
      Status Terms:10 Type VendorID VendorRef:40 VendorTaxZone:10`),
    ...flags('Hold IsTaxValid'),
    ...decimals('ControlTotal CurrencyRate CurrencyReciprocalRate LineTotal OrderTotal TaxTotal'),
    ...dates('CurrencyEffectiveDate Date PromisedOn'),
    ...instants('LastModifiedDateTime'),
  },
  linked: { ShippingInstructions: null },
  lines: { Details: ORDER_DETAIL, TaxDetails: ORDER_TAX_DETAIL },
}
