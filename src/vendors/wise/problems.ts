import { z } from 'zod'
import type { Answer } from '../../core/vendor'

/** One thing that Wise says is wrong. `path` = the field, '' where none is named. */
export interface Problem {
  code: string
  path: string
  words: string
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .catch('')
  .transform((value) => String(value ?? ''))

const problem = (code: string, message: string, path = ''): Problem => ({ code, path, words: message || code })

/** `arguments` are left out: they repeat what was sent, bank details among it. */
const Listed = z
  .object({ code: text, message: text, path: text })
  .transform(({ code, message, path }) => problem(code, message, path))
const Errors = z.lazy(() => z.object({ errors: z.array(Listed) }).transform(({ errors }) => errors))

/** Funding, with 422 and within 2xx. */
const Funding = z.lazy(() =>
  z
    .object({ errorCode: z.string().min(1), errorMessage: text })
    .transform(({ errorCode, errorMessage }) => [problem(errorCode, errorMessage)]),
)

/** Its `path` is that of the call, not of a field. */
const Gateway = z.lazy(() =>
  z.object({ error: text, message: z.string() }).transform(({ error, message }) => [problem(error, message)]),
)

const Auth = z.lazy(() =>
  z
    .object({ error: z.string(), error_description: text })
    .transform(({ error, error_description }) => [problem(error, error_description)]),
)

const InJson: z.ZodType<Problem[]> = z.union([Errors, Funding, Gateway, Auth]).catch([])

/** In any of the forms of sheet 12; empty where in none, and for a page. */
export const problemsOf = ({ json, text: body }: Pick<Answer, 'json' | 'text'>): Problem[] => {
  const plain = typeof json === 'string' ? json : json === undefined ? body.trim() : ''
  if (plain !== '' && !plain.startsWith('<')) return [bare(plain)]
  return InJson.parse(json).filter(({ code, words }) => code !== '' || words !== '')
}

/** Nothing but the code, as funding is documented to refuse. */
const bare = (plain: string): Problem => problem(/^[\w.-]+$/.test(plain) ? plain : '', plain.slice(0, 200))

const Rejected = z.object({ status: z.literal('REJECTED') })

/** A payment that was not made, in a body that a good status may bring (sheet 9). */
export const isRejected = (json: unknown): boolean => Rejected.safeParse(json).success
