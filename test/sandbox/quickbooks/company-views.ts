import type { Realm } from './model'
import { pacific } from './stamps'

const head = ({ createdAt, changedAt }: Realm) => ({
  domain: 'QBO',
  sparse: false,
  Id: '1',
  SyncToken: '0',
  MetaData: { CreateTime: pacific(createdAt), LastUpdatedTime: pacific(changedAt) },
})

export const companyInfo = (realm: Realm) => ({
  CompanyName: realm.companyName,
  LegalName: realm.companyName,
  Country: realm.country,
  FiscalYearStartMonth: 'January',
  DefaultTimeZone: 'America/Los_Angeles',
  SupportedLanguages: 'en',
  NameValue: [
    { Name: 'OfferingSku', Value: realm.plan === 'plus' ? 'QuickBooks Online Plus' : 'QuickBooks Online Essentials' },
  ],
  ...head(realm),
})

/** Sheet 13. The warning about duplicate bill numbers is not among them: the API does not show it. */
export const preferences = (realm: Realm) => ({
  AccountingInfoPrefs: {
    ClassTrackingPerTxn: realm.classTracking === 'transaction',
    ClassTrackingPerTxnLine: realm.classTracking === 'line',
    TrackDepartments: realm.trackDepartments,
    ...(realm.bookCloseDate === null ? {} : { BookCloseDate: realm.bookCloseDate }),
  },
  CurrencyPrefs: { MultiCurrencyEnabled: realm.multicurrency, HomeCurrency: { value: realm.homeCurrency } },
  SalesFormsPrefs: { CustomTxnNumbers: realm.customTxnNumbers },
  TaxPrefs: { UsingSalesTax: realm.country !== 'US' },
  VendorAndPurchasesPrefs: { TrackingByCustomer: true, BillableExpenseTracking: true },
  ...head(realm),
})
