import { z } from 'zod'
import type { Account, ReadApi } from '../../core/vendor'
import { isCalendarDate } from '../../lib/dates'
import { get, read } from './client'
import { SCOPE } from './oauth'
import { flag, text } from './shapes'

const CompanyInfo = z.lazy(() =>
  z.object({
    CompanyName: text,
    LegalName: text,
    DefaultTimeZone: text,
    NameValue: z.array(z.object({ Name: text, Value: text })).nullish(),
  }),
)
type CompanyInfo = z.infer<typeof CompanyInfo>

const Preferences = z.lazy(() =>
  z.object({
    AccountingInfoPrefs: z
      .object({ BookCloseDate: text, TrackDepartments: flag, ClassTrackingPerTxn: flag, ClassTrackingPerTxnLine: flag })
      .prefault({}),
    CurrencyPrefs: z
      .object({ MultiCurrencyEnabled: flag, HomeCurrency: z.object({ value: z.string() }).nullish() })
      .prefault({}),
  }),
)
export type Preferences = z.infer<typeof Preferences>

/** Switches of the company; reads are metered, so not before each document (sheet 13). */
export const preferences = async (api: ReadApi): Promise<Preferences> =>
  (await api.read(get(api, '/preferences'), z.object({ Preferences }))).Preferences

const companyInfo = async (api: ReadApi): Promise<CompanyInfo> =>
  (await api.read(read(api, 'companyinfo', api.account), z.object({ CompanyInfo }))).CompanyInfo

/** The realm id is what webhooks carry; the object's own `Id` is another number. A consent reaches exactly one company. */
export const account = async (api: ReadApi): Promise<Account> => {
  const { CompanyName, LegalName, DefaultTimeZone } = await companyInfo(api)
  const { AccountingInfoPrefs, CurrencyPrefs } = await preferences(api)
  const closed = AccountingInfoPrefs.BookCloseDate.slice(0, 10)
  return {
    id: api.account,
    name: CompanyName || LegalName || api.account,
    baseCurrency: CurrencyPrefs.HomeCurrency?.value ?? null,
    timeZone: DefaultTimeZone || null,
    lockDate: isCalendarDate(closed) ? closed : null,
  }
}

/** Purchase orders, classes and departments are part of Plus and Advanced (sheet 12); the plan's name is as seen in recorded answers. */
const SMALL_PLAN = /simple ?start|easy ?start|essentials|self.?employed|solopreneur|ledger/i

export const warnings = async (api: ReadApi, _credentials: unknown, scope: string): Promise<string[]> => {
  const info = await companyInfo(api)
  const all = [scopeMissing(scope), planTooSmall(info), ...switchedOff(await preferences(api))]
  return all.filter((warning) => warning !== undefined)
}

/** Intuit's token answers carry no scope; one that does and lacks ours says something. */
const scopeMissing = (scope: string): string | undefined =>
  scope === '' || scope.split(/[ ,]+/).includes(SCOPE)
    ? undefined
    : `Intuit did not grant the scope ${SCOPE}: connect QuickBooks again and allow access to the company’s accounting data.`

const planTooSmall = ({ NameValue }: CompanyInfo): string | undefined => {
  const plan = NameValue?.find(({ Name }) => Name === 'OfferingSku')?.Value ?? ''
  return SMALL_PLAN.test(plan)
    ? `The plan of this company (${plan}) has no purchase orders, classes or departments: upgrade to QuickBooks Online Plus or Advanced, or leave the purchase order flow off.`
    : undefined
}

const switchedOff = ({ AccountingInfoPrefs, CurrencyPrefs }: Preferences): (string | undefined)[] => {
  const { TrackDepartments, ClassTrackingPerTxn, ClassTrackingPerTxnLine } = AccountingInfoPrefs
  const home = CurrencyPrefs.HomeCurrency?.value ?? 'the home currency'
  return [
    TrackDepartments
      ? undefined
      : 'Departments (locations) are switched off: bills carry none. To use them, switch on location tracking in QuickBooks (Account and settings, Advanced, Categories).',
    ClassTrackingPerTxnLine ? undefined : classesOff(ClassTrackingPerTxn),
    CurrencyPrefs.MultiCurrencyEnabled
      ? undefined
      : `Multicurrency is switched off: only documents in ${home} can be posted. It can be switched on in QuickBooks (Account and settings, Advanced, Currency), for good.`,
  ]
}

/** A department is of the whole bill; only a class is of a line (sheet 11). */
const classesOff = (perBill: boolean): string =>
  perBill
    ? 'Classes are set to one per transaction: lines of a bill cannot have different ones. To split a bill by line, set them to one per row in QuickBooks (Account and settings, Advanced, Categories).'
    : 'Classes are switched off: lines of bills carry none. To use them, switch on class tracking, one to each row, in QuickBooks (Account and settings, Advanced, Categories).'
