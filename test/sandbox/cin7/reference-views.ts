import type { Account, AttributeSet, Location, TaxRule } from './model'

export const accountView = (account: Account) => ({
  ...account,
  DisplayName: `${account.Code}: ${account.Name}`,
  OldCode: null,
})

/** Component numbers are text, and their GUIDs upper-case (sheet 5). */
export const taxView = (rule: TaxRule) => ({
  ...rule,
  Components: [
    {
      ID: rule.ID.toUpperCase(),
      Name: 'Tax',
      Percent: rule.TaxPercent.toFixed(10),
      AccountCode: rule.Account,
      Compound: '0',
      ComponentOrder: '1',
    },
  ],
})

export const locationView = (location: Location) => ({
  ...location,
  Bins: null,
  FixedAssetsLocation: false,
  ParentID: null,
  ParentName: null,
  ReferenceCount: 0,
  AddressLine1: '',
  AddressLine2: '',
  AddressCitySuburb: '',
  AddressStateProvince: '',
  AddressZipPostCode: '',
  AddressCountry: '',
  PickZones: null,
  IsShopfloor: false,
  IsCoMan: false,
  IsStaging: false,
})

/** Ten numbered slots beside the list of those in use (the vendor's blueprint). */
export const attributeSetView = ({ ID, Name, Attributes }: AttributeSet) => ({
  ID,
  Name,
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, n) => Attributes[n]).flatMap((attribute, n) => [
      [`Attribute${n + 1}Name`, attribute?.Name ?? ''],
      [`Attribute${n + 1}Type`, attribute?.Type ?? 'Not used'],
      [`Attribute${n + 1}Values`, attribute?.Values ?? ''],
    ]),
  ),
  Attributes,
})
