/** A stamp with `Z` and two or three fraction digits, as answers mix them (sheet 1, 15.20). */
export const stamp = (at: number): string => new Date(at).toISOString().replace(/0Z$/, 'Z')

/** Seven digits, as `DateCreated` of payments has them. */
export const longStamp = (at: number): string => new Date(at).toISOString().replace('Z', '4677Z')

export const today = (now: number): string => `${new Date(now).toISOString().slice(0, 10)}T00:00:00`

/** Milliseconds of a filter value; a missing zone means UTC (sheet 1). */
export const instant = (value: string): number =>
  Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(value) || value.length <= 10 ? value : `${value}Z`)

/** dd/MM/yyyy, as payment events write dates (sheet 11). */
export const slashed = (document: string): string => document.slice(0, 10).split('-').reverse().join('/')
