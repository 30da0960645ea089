import { z } from 'zod'

/** One thing that FreshBooks says is wrong; `code` = its errno or word, '' where there is none. */
export interface Problem {
  code: string
  field: string
  words: string
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .catch('')
  .transform((value) => String(value ?? ''))

const OldError = z
  .object({ errno: text, field: text, message: text })
  .transform(({ errno, field, message }) => ({ code: errno, field, words: message }))

/** Accounting, older versions: `errors` is a list, or one object. */
const Old = z.lazy(() =>
  z
    .object({ response: z.object({ errors: z.union([z.array(OldError), OldError.transform((one) => [one])]) }) })
    .transform(({ response }) => response.errors),
)

const ErrorInfo = z.lazy(() =>
  z
    .object({ reason: text, metadata: z.object({ message: text, field: text }) })
    .transform(({ reason, metadata }) => [{ code: reason, field: metadata.field, words: metadata.message || reason }]),
)

const Violations = z.lazy(() =>
  z
    .object({ fieldViolations: z.array(z.object({ field: text, description: text })) })
    .transform(({ fieldViolations }) =>
      fieldViolations.map(({ field, description }) => ({ code: '', field, words: description })),
    ),
)

/** `uri: This field is required.` */
const Line = z.string().transform((words) => [{ code: '', field: /^(\w+): /.exec(words)?.[1] ?? '', words }])

const Detail: z.ZodType<Problem[]> = z.union([ErrorInfo, Violations, Line]).catch([])

/**
 * All others are flat: accounting of newer versions and ledger (details with reason and metadata), events of either age, auth,
 * scope, payments. `code` is a gRPC number and says less than the status.
 */
const Flat = z.lazy(() =>
  z
    .object({
      errno: text,
      error: text,
      error_type: text,
      error_description: text,
      message: text,
      details: z.array(Detail).catch([]),
    })
    .transform(({ details, ...top }) => {
      const code = top.errno || top.error || top.error_type
      const words = top.error_description || top.message || top.error
      const inner = details.flat().filter((problem) => problem.words !== '')
      return inner.length === 0
        ? [{ code, field: '', words }]
        : inner.map((one) => ({ ...one, code: one.code || code }))
    }),
)

/** Ledger: the same within `errors`. */
const Ledger = z.object({ errors: Flat }).transform(({ errors }) => errors)

const said = ({ code, words }: Problem): boolean => code !== '' || words !== ''

/** What an answer of status 400 and above says, in whichever of the forms of sheet section 6; empty where in none. */
export const problemsOf = (json: unknown): Problem[] =>
  (Old.safeParse(json).data ?? Ledger.safeParse(json).data ?? Flat.safeParse(json).data ?? []).filter(said)

/** What a good status may hide: only the old form of accounting was seen within HTTP 200. */
export const hiddenProblemsOf = (json: unknown): Problem[] => (Old.safeParse(json).data ?? []).filter(said)
