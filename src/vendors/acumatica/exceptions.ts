import { z } from 'zod'
import type { Answer } from '../../core/vendor'

/** An exception in Acumatica's envelope (sheet 9). The stack trace is nobody's business. */
export interface Exception {
  /** Last part of the class name: `NoEntitySatisfiesTheConditionException`; '' where it is not told. */
  type: string
  words: string
}

const text = z.string().catch('')

const Envelope = z.object({ message: text, exceptionMessage: text, exceptionType: text, messageDetail: text })

const Body = z.union([Envelope.extend({ innerException: Envelope.nullish().catch(null) }), Envelope])

/** Acumatica's class in front of its own words says nothing to a bookkeeper. */
const plain = (words: string): string => words.replace(/^([\w.]+Exception: )?(Error: )?/, '')

/** Undefined where the answer is not in this form. */
export const exceptionOf = ({ json }: Answer): Exception | undefined => {
  const envelope = Body.safeParse(json).data
  if (!envelope || (envelope.exceptionMessage || envelope.exceptionType || envelope.message) === '') return undefined
  const inner = 'innerException' in envelope ? envelope.innerException : null
  const told = [envelope.exceptionMessage, inner?.exceptionMessage ?? '', envelope.messageDetail].map(plain)
  const words = [...new Set(told.filter(Boolean))].join('; ') || envelope.message
  return { type: envelope.exceptionType.split('.').at(-1) ?? '', words: tidy(words) }
}

/** Keys are padded with spaces in texts as well: `'TES2323T  ' cannot be found` (sheet 4). */
export const tidy = (words: string): string =>
  words
    .replace(/\s+/g, ' ')
    .replace(/(\S) '( |$)/g, "$1'$2")
    .trim()
    .slice(0, 500)

const ModelState = z.lazy(() => z.object({ modelState: z.record(z.string(), z.array(z.string())) }))

/** What was wrong with the form of a request. */
export const modelErrors = ({ json }: Answer): string =>
  Object.entries(ModelState.safeParse(json).data?.modelState ?? {})
    .map(([name, words]) => [name, words.join(' ')].filter(Boolean).join(': '))
    .join('; ')
