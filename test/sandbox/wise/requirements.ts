import { z } from 'zod'
import { type Call, ok, userOf } from './call'
import { isRoute } from './currencies'
import { notFound, refusal } from './errors'
import {
  type Detail,
  needsAddress,
  type RecipientType,
  STATE_COUNTRIES,
  servesCurrency,
  TYPES,
} from './recipient-types'

interface FieldForm {
  key: string
  name: string
  type: 'text' | 'select'
  required: boolean
  refresh?: boolean
  least?: number
  most?: number
  pattern?: string
  words?: { key: string; name: string }[]
}

export const fieldView = ({ key, name, type, required, refresh, least, most, pattern, words }: FieldForm) => ({
  name,
  group: [
    {
      key,
      name,
      type,
      refreshRequirementsOnChange: refresh ?? false,
      required,
      displayFormat: null,
      example: '',
      minLength: least ?? null,
      maxLength: most ?? null,
      validationRegexp: pattern ?? null,
      validationAsync: null,
      valuesAllowed: words ?? null,
    },
  ],
})

const detailForm = ({ key, name, pattern, least, most, words }: Detail): FieldForm =>
  words
    ? { key, name, type: 'select', required: true, words: words.map((word) => ({ key: word, name: word })) }
    : { key, name, type: 'text', required: true, least, most, pattern: pattern.source }

const LEGAL_TYPES = [
  { key: 'PRIVATE', name: 'Person' },
  { key: 'BUSINESS', name: 'Business' },
]

const COUNTRIES = ['AE', 'AU', 'BR', 'CA', 'DE', 'FR', 'GB', 'IN', 'JP', 'NZ', 'PH', 'SG', 'TH', 'TR', 'US']

const text = (key: string, name: string, least: number, most: number): FieldForm => ({
  key,
  name,
  type: 'text',
  required: true,
  least,
  most,
})

const addressForms = (country: string | undefined): FieldForm[] => [
  {
    key: 'address.country',
    name: 'Country',
    type: 'select',
    required: true,
    refresh: true,
    words: COUNTRIES.map((code) => ({ key: code, name: code })),
  },
  text('address.city', 'City', 1, 255),
  text('address.firstLine', 'Recipient address', 1, 255),
  text('address.postCode', 'Post code', 1, 32),
  ...(STATE_COUNTRIES.includes(country ?? '') ? [text('address.state', 'State', 2, 32)] : []),
]

const formOf = (key: string, { title, details }: RecipientType, withAddress: boolean, country: string | undefined) => ({
  type: key,
  title,
  usageInfo: null,
  fields: [
    { key: 'legalType', name: 'Recipient type', type: 'select', required: true, words: LEGAL_TYPES } as const,
    {
      ...text('accountHolderName', 'Full name of the account holder', 2, 140),
      pattern: "^[0-9A-Za-zÀ-ÖØ-öø-ÿ-_()'*,.\\s]{2,140}$",
    },
    ...details.map(detailForm),
    ...(withAddress ? addressForms(country) : []),
  ].map(fieldView),
})

const Partial = z.looseObject({
  details: z.looseObject({ address: z.looseObject({ country: z.string().optional() }).optional() }).optional(),
})

/** Posting the partial body again shows what the country adds (`refreshRequirementsOnChange`, sheet 6). */
const formsFor = ({ query, body }: Call, source: string, target: string) => {
  const country = Partial.safeParse(body).data?.details?.address?.country
  const withAddress = query.get('addressRequired') === 'true' || needsAddress(source, target)
  return Object.entries(TYPES)
    .filter(([, type]) => servesCurrency(type, target))
    .map(([key, type]) => formOf(key, type, withAddress, country))
}

export const quoteRequirements = (call: Call) => {
  const quote = call.book.quotes.get(call.params.quote ?? '')
  if (!quote || quote.user !== userOf(call).id) throw notFound('Quote')
  return ok(formsFor(call, quote.sourceCurrency, quote.targetCurrency))
}

/** The same without a quote: on legacy paths only (sheet 3). */
export const routeRequirements = (call: Call) => {
  const [source, target] = [call.query.get('source') ?? '', call.query.get('target') ?? '']
  if (isRoute(source, target)) return ok(formsFor(call, source, target))
  const route = `${source}-${target}`
  throw refusal(400, { code: 'error.route.not.supported', message: `We don't support ${route}.`, arguments: [route] })
}
