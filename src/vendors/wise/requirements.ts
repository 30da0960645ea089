import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { get, post } from './client'
import { flag, text } from './shapes'

const number = z.number().nullish()

const Field = z.lazy(() =>
  z.object({
    /** `address.country` stands for `details.address.country`. */
    key: z.string().min(1),
    name: text,
    required: flag,
    /** A value in it may change what else is asked for. */
    refreshRequirementsOnChange: flag,
    minLength: number,
    maxLength: number,
    validationRegexp: z.string().nullish(),
    valuesAllowed: z.array(z.object({ key: z.string(), name: text })).nullish(),
  }),
)
export type Field = z.infer<typeof Field>

const Form = z.lazy(() =>
  z
    .object({ type: z.string(), title: text, fields: z.array(z.object({ group: z.array(Field) })) })
    .transform(({ type, title, fields }) => ({ type, title, fields: fields.flatMap(({ group }) => group) })),
)
/** What Wise wants to know for one way of paying, or of a transfer. */
export type Form = z.infer<typeof Form>

/** Newer forms than without it, which split names (sheet 3). */
const headers = { 'accept-minor-version': '1' }

const ROUTE = '/quotes/{quote}/account-requirements'

/** The ways in which the recipient of a quote can be paid. */
export const readForms = (api: ReadApi, quote: string): Promise<Form[]> =>
  api.read({ ...get('v1', ROUTE, { quote }), headers }, z.array(Form))

/** The same where so much is known already: some answers bring further questions. */
export const refreshForms = (api: ReadApi, quote: string, known: object): Promise<Form[]> =>
  api.read(post('v1', ROUTE, { quote }, known, { headers }), z.array(Form))

/** What Wise wants to know of the transfer itself: how long a reference may be, purpose, source of the money. */
export const readTransferForms = (
  api: ReadApi,
  { recipient, quote, details }: { recipient: string; quote: string; details: Record<string, string> },
): Promise<Form[]> =>
  api.read(
    post('v1', '/transfer-requirements', {}, { targetAccount: Number(recipient), quoteUuid: quote, details }),
    z.array(Form),
  )
