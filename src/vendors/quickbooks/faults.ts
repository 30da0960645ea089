import { z } from 'zod'
import type { Answer } from '../../core/vendor'
import { text } from './shapes'

/** One error of an answer. `code` is what counts: the texts are not stable (sheet 4). */
export interface Fault {
  code: string
  message: string
  detail: string
  element: string
}

const code = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ''))

/** Of the service: HTTP 400, and now and then HTTP 200. */
const Service = z.lazy(() =>
  z.object({
    Fault: z.object({
      Error: z.array(z.object({ Message: text, Detail: text, code, element: text })).catch([]),
      type: text,
    }),
  }),
)

/** Of the gateway: HTTP 401 and 403. */
const Gateway = z.lazy(() =>
  z.object({
    fault: z.object({
      error: z.array(z.object({ message: text, detail: text, code, element: text })).catch([]),
      type: text,
    }),
  }),
)

/** All errors of an answer, in any of its forms; undefined where there is none. One that cannot be read is a fault all the same. */
export const faultsOf = ({ json, text: body }: Answer): Fault[] | undefined => {
  const { Fault } = Service.safeParse(json).data ?? {}
  if (Fault) {
    const found = Fault.Error.map(({ Message, Detail, ...rest }) => ({ message: Message, detail: Detail, ...rest }))
    return found.length > 0 ? found : [unread(Fault.type)]
  }
  const { fault } = Gateway.safeParse(json).data ?? {}
  if (fault) return fault.error.length > 0 ? fault.error : [unread(fault.type)]
  return body.trimStart().startsWith('<') && body.includes('<Fault') ? xmlFaults(body) : undefined
}

const unread = (type: string): Fault => ({
  code: '',
  message: type || 'a fault without a reason',
  detail: '',
  element: '',
})

/** XML comes although JSON was asked for, at times [R] (sheet 4). */
const xmlFaults = (body: string): Fault[] => {
  const found = [...body.matchAll(/<Error\b([^>]*)>([\s\S]*?)<\/Error>/g)].map(([, attributes = '', inner = '']) => ({
    code: attribute(attributes, 'code'),
    element: attribute(attributes, 'element'),
    message: tag(inner, 'Message'),
    detail: tag(inner, 'Detail'),
  }))
  return found.length > 0 ? found : [unread('')]
}

const attribute = (attributes: string, name: string): string =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''

const tag = (inner: string, name: string): string =>
  new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(inner)?.[1] ?? ''

const LONGEST = 500

/** QuickBooks' own words, with the id of the call that Intuit's support asks for; '' where it has none. */
export const said = (answer: Answer, faults: Fault[] | undefined): string => {
  const words = (faults ?? []).map(wordsOf).join('; ').slice(0, LONGEST)
  return [words, reference(answer)].filter(Boolean).join(' ')
}

export const reference = ({ headers }: Answer): string => {
  const tid = headers.get('intuit_tid') ?? headers.get('intuit-tid')
  return tid ? `(intuit_tid ${tid})` : ''
}

/** The detail repeats the message as a rule. */
const wordsOf = ({ message, detail, element }: Fault): string => {
  const both = detail.startsWith(message) ? detail : [message, detail].filter(Boolean).join(': ')
  const named = element && !both.includes(element) ? `${both} [${element}]` : both
  return named.replace(/\s+/g, ' ').trim()
}
