const names = new Intl.DisplayNames('en', { type: 'currency' })

/** `United States Dollar` for the home currency of most, as recorded; the rest by the common names. */
export const currencyName = (code: string): string | undefined =>
  code === 'USD' ? 'United States Dollar' : /^[A-Z]{3}$/.test(code) ? names.of(code) : undefined
