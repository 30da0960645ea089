import { type Decimal, fromJson } from '../../lib/money'

/** A tax on a line: FreshBooks carries its name and percent, no id. */
export interface LineTax {
  name: string
  percent: Decimal
}

/** The code of a tax of this percent, e.g. `HST 13%`. The name alone is a code too: of all percents that it has or had. */
export const taxCode = ({ name, percent }: LineTax): string => `${name} ${fromJson(percent)}%`

/** Taxes of a document's line as its two pairs of fields say; a name alone, or a percent alone, is a tax too. */
export const taxesIn = (...pairs: [name: string, percent: Decimal][]): LineTax[] =>
  pairs.filter(([name, percent]) => name !== '' || percent !== '0').map(([name, percent]) => ({ name, percent }))
