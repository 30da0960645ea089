import Big from 'big.js'
import { type Call, ok } from './call'
import { gatewayRefusal } from './errors'
import type { Book, Decimal } from './model'
import { rateStamp } from './stamps'

/** Units for one US dollar: made up, fixed, as sandbox rates are not live (sheet 5). */
const PER_DOLLAR: Record<string, string> = {
  USD: '1',
  EUR: '0.9215',
  GBP: '0.7885',
  AED: '3.6725',
  AUD: '1.5432',
  BRL: '5.7325',
  CAD: '1.4086',
  CHF: '0.8874',
  CNY: '7.2105',
  HKD: '7.7832',
  HUF: '377.4',
  IDR: '15820',
  INR: '84.115',
  JPY: '149.85',
  KRW: '1391.4',
  MXN: '20.115',
  NZD: '1.7011',
  PHP: '58.47',
  PLN: '4.0115',
  SEK: '10.671',
  SGD: '1.3381',
  THB: '34.62',
  TRY: '34.31',
  ZAR: '18.074',
}

/** Money goes there but does not come from there. */
const TARGET_ONLY = ['CNY', 'IDR', 'INR', 'KRW', 'MXN', 'PHP', 'THB', 'TRY']

const ISO = new Set(Intl.supportedValuesOf('currency'))

export const isCurrency = (code: unknown): code is string => typeof code === 'string' && ISO.has(code)

export const isRoute = (source: string, target: string): boolean =>
  source in PER_DOLLAR && target in PER_DOLLAR && !TARGET_ONLY.includes(source)

const SIGNIFICANT = 6

/** Set by hand (act `set-rate`, seed `rates`), else out of the table, with six significant digits. */
export const rateOf = (book: Book, source: string, target: string): Decimal => {
  const set = book.rates.get(`${source}-${target}`)
  if (set !== undefined) return set
  return new Big(PER_DOLLAR[target] ?? '1')
    .div(PER_DOLLAR[source] ?? '1')
    .prec(SIGNIFICANT)
    .toFixed()
}

/** `GET /v1/rates`: indicative, at this moment only; history is not here. */
export const listRates = ({ book, query }: Call) => {
  const wanted = [query.get('source'), query.get('target')]
  if (wanted.some((code) => code !== null && !(code in PER_DOLLAR))) throw gatewayRefusal(400, 'Invalid currency')
  const codes = Object.keys(PER_DOLLAR)
  const [sources, targets] = wanted.map((code) => (code === null ? codes : [code]))
  const time = rateStamp(book.world.now())
  const rows = (sources ?? []).flatMap((source) =>
    (targets ?? [])
      .filter((target) => target !== source || wanted[1] === target)
      .map((target) => ({ rate: Number(rateOf(book, source, target)), source, target, time })),
  )
  return ok(rows)
}
