import { z } from '@hono/zod-openapi'
import { PairName } from '../../core/pair'
import { isSchedule } from '../../lib/schedule'
import type { IntegrationConfig } from '../../store/config'

const Schedule = z
  .string()
  .refine(isSchedule, { error: 'a cron expression in UTC, or a number of seconds from 60 to a year' })
  .openapi({ example: '*/15 * * * *' })
const OnFailure = z.enum(['stop', 'continue']).openapi({ description: 'What becomes of the batch of a failed record' })
const Flows = z.record(
  z.string(),
  z.strictObject({ enabled: z.boolean(), schedule: Schedule.optional(), onFailure: OnFailure.optional() }),
)
const StartDate = z.iso
  .date({ error: 'a calendar date, e.g. 2026-01-01' })
  .openapi({ description: 'Nothing dated before is carried by itself', example: '2026-01-01' })
const Settings = z
  .record(z.string(), z.unknown())
  .openapi({ description: 'Checked by the pair, and against the target' })

export const IntegrationView = z
  .object({
    id: z.string(),
    pair: PairName,
    sourceConnection: z.string(),
    targetConnection: z.string(),
    settings: Settings,
    flows: Flows,
    schedule: z.string(),
    startDate: z.string(),
    state: z.enum(['active', 'paused']),
  })
  .openapi('Integration')

export const NewIntegration = z
  .strictObject({
    pair: PairName,
    sourceConnection: z.string(),
    targetConnection: z.string(),
    settings: Settings,
    flows: Flows.default({}).openapi({ description: 'Flows that are not named are on' }),
    schedule: Schedule.optional(),
    startDate: StartDate,
    state: z.enum(['active', 'paused']).default('active').openapi({
      description: 'Paused, nothing is carried until it is resumed: match what stands on both sides first',
    }),
  })
  .openapi({
    example: {
      pair: 'wave-cin7',
      sourceConnection: 'c_01',
      targetConnection: 'c_02',
      settings: {
        accountReceivable: '610',
        revenueAccount: '200',
        taxRule: 'Tax on Sales',
        noTaxRule: 'Tax Exempt',
        paymentTerm: '30 days',
        location: 'Main Warehouse',
        chargeProduct: 'Service',
      },
      flows: {},
      startDate: '2026-01-01',
    },
  })

export const viewOf = ({ tenant: _, ...integration }: IntegrationConfig): z.infer<typeof IntegrationView> => integration

export const IntegrationPatch = z.strictObject({
  settings: Settings.optional(),
  flows: Flows.optional(),
  schedule: Schedule.optional(),
  startDate: StartDate.optional(),
})
