/** Text as a value of a filter: an apostrophe is doubled (sheet 5). */
export const textLiteral = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** An instant, always with its offset: what one without means is not known (sheet 5). `at` in ms since 1970. */
export const stampLiteral = (at: number): string =>
  `datetimeoffset'${new Date(at).toISOString().replace('Z', '+00:00')}'`

export const both = (...conditions: string[]): string => conditions.join(' and ')
