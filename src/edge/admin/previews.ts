import { createRoute, z } from '@hono/zod-openapi'
import type { Failure, FailureKind } from '../../core/failure'
import { Previewed, type PreviewQuery } from '../../core/preview'
import { ALL_TIME } from '../../core/reconciliation'
import { isCalendarDate } from '../../lib/dates'
import { add } from '../../lib/money'
import { invalid, type ProblemError, problem } from '../../lib/problem'
import { tenantOf } from '../tenants'
import { answers, bodyOf, InIntegration, makeApi } from './api'
import { needs, withinTenant } from './auth'
import { note } from './change'
import { theIntegration } from './integration-checks'

/** Each costs the calls of a read or two, of the same allowance that live work has. */
const MOST = 10

const Day = z.string().refine(isCalendarDate, { error: 'a business date, e.g. 2026-03-31' })
const how = {
  flow: z.string(),
  remap: z.boolean().default(false).openapi({ description: 'As a replay that applies changed mappings' }),
  history: z.boolean().default(false).openapi({ description: 'As a backfill: also from before the start date' }),
}
const Asked = z
  .union([
    z.strictObject({ ...how, sourceId: z.string().min(1).max(300) }),
    z.strictObject({
      ...how,
      from: Day.default(ALL_TIME.from).openapi({ description: 'Business date, included' }),
      to: Day.default(ALL_TIME.to),
      cursor: z.string().max(5_000).optional(),
      limit: z.number().int().min(1).max(MOST).default(5),
    }),
  ])
  .openapi({
    description: 'One record, or those of a window, a few per call',
    example: { flow: 'wave-cin7/invoice-to-sale', from: '2026-01-01', to: '2026-03-31' },
  })

const Effect = z.object({ currency: z.string(), account: z.string(), amount: z.string() })
const Answer = Previewed.extend({
  effect: z.array(Effect).openapi({
    description: 'Of the new documents on this page, before tax, by the target’s account; the tax stands beside them',
  }),
}).openapi('Preview', {
  example: {
    items: [
      {
        sourceId: 'QnVzaW5lc3M6…',
        number: '1042',
        date: '2026-03-02',
        outcome: 'writes',
        reason: '',
        code: '',
        text: '',
        remedy: '',
        assumes: [{ flow: 'wave-cin7/customer-to-customer', sourceId: 'QnVzaW5lc3M6…', variant: 'USD' }],
        mapped: [{ mapping: 'account', code: 'QWNjb3VudDox', target: '200' }],
        writes: [
          {
            op: 'create',
            variant: 'sale',
            target: '',
            draft: { date: '2026-03-02', total: '84' },
            requests: [
              { step: 'header', method: 'POST', path: '/sale', query: {}, body: { Location: 'Main Warehouse' } },
            ],
            complete: false,
          },
        ],
        effect: [
          {
            variant: 'sale',
            figures: {
              currency: 'USD',
              total: '84',
              tax: '4',
              customer: { id: '⟨id of wave-cin7/customer-to-customer QnVzaW5lc3M6…⟩', name: 'Acme' },
              accounts: { '200': '80' },
            },
          },
        ],
      },
    ],
    next: null,
    effect: [
      { currency: 'USD', account: '200', amount: '80' },
      { currency: 'USD', account: 'tax', amount: '4' },
    ],
  },
})

/** A dry run: the same way as any record, with its writes noted instead of sent. */
export const previews = makeApi()

previews.openapi(
  createRoute({
    method: 'post',
    path: '/tenants/{tenant}/integrations/{integration}/preview',
    summary: 'What would be written: requests, mapping decisions, effect per account; nothing is, anywhere',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...bodyOf(Asked) },
    responses: answers(Answer, 'What would come of each record; works while the integration is paused'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { id, flows } = await theIntegration(c, tenant, integration)
    const query: PreviewQuery = c.req.valid('json')
    if (!Object.hasOwn(flows, query.flow)) throw invalid([{ path: 'flow', message: 'not a flow of this integration' }])
    const answered = await tenantOf(c.env, tenant).preview(id, query)
    if (!answered.ok) throw refused(answered.failure)
    const previewed = Previewed.parse(JSON.parse(answered.value))
    const shown = previewed.items.map(({ sourceId }) => sourceId)
    await note(c, { tenant, name: 'integration.preview', integration, details: { ...query, shown } })
    return c.json({ ...previewed, effect: sumsOf(previewed) }, 200)
  },
)

/** The list could not be read; a record that could not is an item that says so. */
const refused = ({ kind, code, message, remedy }: Failure): ProblemError =>
  code === 'not_a_cursor'
    ? invalid([{ path: 'cursor', message }])
    : problem(UNREACHABLE.includes(kind) ? 503 : 409, code, `${message}. ${remedy}`)

const UNREACHABLE: FailureKind[] = ['throttled', 'transient', 'unauthorised']

/** A change counts only by what differs, which is not known here: only what is new is added up. */
const sumsOf = ({ items }: Previewed): z.infer<typeof Effect>[] => {
  const sums = new Map<string, z.infer<typeof Effect>>()
  const put = (currency: string, account: string, amount: string) => {
    const key = `${currency} ${account}`
    sums.set(key, { currency, account, amount: add(sums.get(key)?.amount ?? '0', amount) })
  }
  for (const { writes, effect } of items)
    for (const { variant, figures } of effect) {
      if (writes.find((write) => write.variant === variant)?.op !== 'create') continue
      for (const [account, amount] of Object.entries(figures.accounts)) put(figures.currency, account, amount)
      put(figures.currency, 'tax', figures.tax)
    }
  return [...sums.values()].sort((a, b) => (`${a.currency} ${a.account}` < `${b.currency} ${b.account}` ? -1 : 1))
}
