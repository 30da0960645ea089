import type { IntegrationConfig } from '../store/config'
import type { Alerts } from './alerts'
import type { Health } from './health'
import { type Pruned, Retention, type RetentionTools } from './retention'
import type { Setups } from './setup'

/** Live work that has been due for so long is shown: nothing says so otherwise where no single call fails. */
const LATE_MS = 2 * 3_600_000
const LATE = 'backlog/'

export interface ChoreTools extends RetentionTools {
  alerts: Alerts
  health: Health
  setups: Pick<Setups, 'current'>
  log(event: string, facts: Record<string, unknown>): void
}

/** What is looked after every quarter of an hour, whether or not there is work (edge/poke.ts). */
export class Chores {
  readonly #tools: ChoreTools
  readonly #retention: Retention

  constructor(tools: ChoreTools) {
    this.#tools = tools
    this.#retention = new Retention(tools)
  }

  async run(now: number): Promise<void> {
    const { config } = await this.#tools.setups.current()
    this.#sayWhoIsLate(config.integrations, now)
    const pruned = await this.#retention.run(config.integrations.values(), now)
    if (isAny(pruned)) this.#tools.log('pruned', pruned)
  }

  #sayWhoIsLate(integrations: Map<string, IntegrationConfig>, now: number): void {
    const { alerts } = this.#tools
    for (const cause of alerts.open(LATE)) if (!integrations.has(cause.slice(LATE.length))) alerts.resolve(cause, now)
    for (const { id, state } of integrations.values()) {
      const oldest = state === 'active' ? this.#tools.health.oldestLive(id) : null
      if (oldest !== null && now - oldest > LATE_MS) alerts.raise(lateAlert(id, oldest, now))
      else alerts.resolve(`${LATE}${id}`, now)
    }
  }
}

const isAny = (pruned: Pruned): boolean => Object.values(pruned).some((rows) => rows > 0)

const lateAlert = (integration: string, oldest: number, at: number) =>
  ({
    cause: `${LATE}${integration}`,
    kind: 'backlog',
    integration,
    text: `work has been waiting for its turn since ${new Date(oldest).toISOString()}`,
    remedy:
      'See GET /v1/health and the other alerts: a vendor that allows too few calls, a connection to reconnect, or a poll that finds more than can be carried. Nothing is lost; it goes on by itself.',
    at,
  }) as const
