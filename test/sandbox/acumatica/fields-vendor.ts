import { dates, decimals, flags, instants, onlyIn, type Shape, texts, wholes } from './schema'

export const ADDRESS: Shape = {
  fields: {
    ...texts('AddressLine1 AddressLine2 City Country PostalCode State'),
    ...flags('Validated'),
  },
  linked: {},
  lines: {},
}

export const CONTACT: Shape = {
  fields: {
    ...texts(`Attention BusinessAccount CompanyName:255 ContactClass:10 ContactMethod ConvertedBy DisplayName Duplicate
      Email:255 Fax:50 FaxType FirstName:50 FullName Gender Image JobTitle:255 LanguageOrLocale:10 LastName:100
      MaritalStatus MiddleName Owner OwnerEmployeeName ParentAccount Phone1:50 Phone1Type Phone2:50 Phone2Type Phone3:50
      Phone3Type Reason Source SourceCampaign:15 SpouseOrPartnerName:255 Status Title Type WebSite:255 Workgroup
      WorkgroupDescription`),
    ...onlyIn(['24.200.001'], texts('ExtRefNbr:40')),
    ...onlyIn(['22.200.001'], texts('SalesTerritoryID')),
    ...onlyIn(['22.200.001'], flags('OverrideSalesTerritory')),
    ...flags(`Active AddressValidated DoNotCall DoNotEmail DoNotFax DoNotMail DuplicateFound NoMarketing NoMassMail
      OverrideAccountAddress Synchronize`),
    ...wholes('ContactID'),
    ...dates('DateOfBirth'),
    ...instants('LastIncomingActivity LastModifiedDateTime LastOutgoingActivity QualificationDate'),
    NoteID: { kind: 'guid' },
  },
  linked: { Address: ADDRESS },
  lines: { Attributes: null },
}

export const VENDOR: Shape = {
  fields: {
    ...texts(`APAccount APSubaccount AccountRef:50 CashAccount CurrencyID:5 CurrencyRateType:6 F1099Box FOBPoint:15
      LegalName:255 LocationName:60 ParentAccount PaymentBy PaymentMethod:10 ReceiptAction ReceivingBranch ShipVia:15
      ShippingTerms:10 Status TaxCalculationMode TaxRegistrationID:50 TaxZone:10 Terms:10 VendorClass:10 VendorID:30
      VendorName Warehouse`),
    ...flags(`EnableCurrencyOverride EnableRateOverride F1099Vendor FATCA ForeignEntity LandedCostVendor PaySeparately
      PrintOrders RemittanceAddressOverride RemittanceContactOverride SendOrdersbyEmail ShippingAddressOverride
      ShippingContactOverride VendorIsLaborUnion VendorIsTaxAgency`),
    ...wholes('LeadTimedays PaymentLeadTimedays'),
    ...decimals('MaxReceipt MinReceipt ThresholdReceipt'),
    ...instants('CreatedDateTime LastModifiedDateTime'),
  },
  linked: { MainContact: CONTACT, PrimaryContact: CONTACT, RemittanceContact: CONTACT, ShippingContact: CONTACT },
  lines: { Attributes: null, Contacts: null, PaymentInstructions: null },
}
