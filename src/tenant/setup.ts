import { z } from 'zod'
import { Failed, type Failure } from '../core/failure'
import type { AnyFlow } from '../core/flow'
import type { Pair } from '../core/pair'
import type { Metered, Trial } from '../core/tenant'
import type { Limit, Vendor } from '../core/vendor'
import { appKey, checkEnv, type Env } from '../env'
import { now } from '../lib/clock'
import { type DataKey, unseal, unwrapKey } from '../lib/seal'
import { pairs, vendors } from '../registry'
import { type ConnectionConfig, type IntegrationConfig, openDb, readConfig, type TenantConfig } from '../store/config'
import { Breaker } from './breaker'
import { Gate } from './gate'
import { Latch } from './latch'
import { Limiter, type Saved } from './limiter'
import { Counted, Meter, ofToday } from './meter'
import type { Line } from './session'
import { GrantTokens } from './tokens'

const AT_ONCE = 5

const SavedLimits = z.object({ stamps: z.array(z.number()), blockedUntil: z.number(), counted: Counted.optional() })

/** What others want to hear of. */
export interface Hooks {
  onBreaker: Line['onBreaker']
  onRefused: Line['onRefused']
  /** A newer configuration was read; these integrations are in it. */
  onConfig(integrations: string[]): void
}

/** What all calls of one connection share. */
type Flow = Pick<Line, 'limiter' | 'meter' | 'gate' | 'breaker' | 'latch'> & { limits: Limit[] }

/** Those of a customer's licence can be changed in the settings. */
const sameLimits = (a: Limit[], b: Limit[]): boolean => JSON.stringify(a) === JSON.stringify(b)

const WithGrant = z.object({ grant: z.string() })

/** What one version of the configuration means: the data key open, vendors and pairs found. */
export interface Setup {
  config: TenantConfig
  key: DataKey
  /** By connection, as they were asked for. */
  lines: Map<string, Line>
}

/** Keeps the setup of the newest version this object knows of, and the lines to its vendors. */
export class Setups {
  readonly #env: Env
  readonly #storage: DurableObjectStorage
  readonly #tenant: string
  readonly #hooks: Hooks
  readonly #trunk = new Gate(AT_ONCE)
  readonly #gates = new Map<string, Flow>()
  readonly #tokens = new Map<string, GrantTokens>()
  #current: Setup | null = null

  constructor(env: Env, storage: DurableObjectStorage, tenant: string, hooks: Hooks) {
    this.#hooks = hooks
    this.#env = env
    this.#storage = storage
    this.#tenant = tenant
  }

  /** Reads D1 only where a newer version was announced (tenant.configure) or nothing was read yet. */
  async current(): Promise<Setup> {
    const version = this.#storage.kv.get<number>('config/version') ?? 0
    if (this.#current && this.#current.config.version >= version) return this.#current
    const config = await readConfig(openDb(this.#env.DB), this.#tenant)
    if (!config) {
      this.#hooks.onConfig([])
      throw new Error(`no tenant ${this.#tenant}`)
    }
    const key = await unwrapKey(checkEnv(this.#env).keyring, this.#tenant, config.dataKey)
    this.#current = { config, key, lines: new Map() }
    for (const { latch } of this.#gates.values()) latch.open()
    this.#hooks.onConfig([...config.integrations.keys()])
    return this.#current
  }

  /** Made once for each connection of a setup; a trial has its own. */
  async line(setup: Setup, connection: string, trial?: Trial): Promise<Line> {
    if (trial) return this.#open(setup, connection, trial)
    const known = setup.lines.get(connection)
    if (known) return known
    const line = await this.#open(setup, connection)
    setup.lines.set(connection, line)
    return line
  }

  async #open({ config, key }: Setup, connection: string, trial?: Trial): Promise<Line> {
    const found = config.connections.get(connection)
    const vendor = found && vendors[found.vendor]
    if (!found || !vendor) throw new Failed(noConnection(connection))
    if (!trial && found.state === 'confirm') throw new Failed(notConfirmed(found))
    const stored = trial?.sealed ?? found.credentials
    if (stored === null) throw new Failed(this.#missing(found, vendor))
    const text = await unseal(key, `connection/${found.id}/credentials`, stored)
    const credentials: unknown = JSON.parse(text)
    const { onBreaker, onRefused } = this.#hooks
    const flow = this.#flow(found, vendor)
    return {
      vendor,
      baseUrl: this.#baseUrl(found, vendor),
      account: trial?.account ?? found.account?.id ?? '',
      settings: found.settings,
      credentials: vendor.credentials.parse(credentials),
      connection: found.id,
      ...flow,
      // A trial is let through, and its refusal says nothing about the credentials that are stored.
      latch: trial?.sealed ? new Latch() : flow.latch,
      onBreaker,
      onRefused: trial?.sealed ? () => {} : onRefused,
      trunk: this.#trunk,
      tokens: this.#tokensOf(credentials),
    }
  }

  /** The same line as the app, for what is not of one company; undefined where it was not connected by consent, or the app has no key. */
  appLine({ config }: Setup, line: Line): Line | undefined {
    const grant = WithGrant.safeParse(line.credentials).data?.grant
    const environment = config.connections.get(line.connection)?.environment ?? 'production'
    const account = appKey(this.#env, line.vendor.name, environment)
    if (grant === undefined || account === undefined) return undefined
    const tokens = new GrantTokens(() => ({ token: () => this.#grant(grant).appToken() }))
    // Its refusal says nothing about the consent.
    return { ...line, account, tokens, latch: new Latch(), onRefused: () => {} }
  }

  #missing({ id }: ConnectionConfig, vendor: Vendor): Failure {
    const failure = noCredentials(vendor)
    this.#hooks.onRefused(id, failure)
    return failure
  }

  #tokensOf(credentials: unknown): GrantTokens | null {
    const grant = WithGrant.safeParse(credentials).data?.grant
    if (grant === undefined) return null
    const known = this.#tokens.get(grant)
    if (known) return known
    const made = new GrantTokens(() => this.#grant(grant))
    this.#tokens.set(grant, made)
    return made
  }

  #grant(name: string) {
    return this.#env.GRANT.get(this.#env.GRANT.idFromName(name))
  }

  #baseUrl(connection: ConnectionConfig, vendor: Vendor): string {
    const custom = z.string().optional().parse(connection.settings.baseUrl)
    if (custom && checkEnv(this.#env).customBaseUrls) return custom
    return vendor.baseUrl(connection)
  }

  #flow({ id: connection, settings }: ConnectionConfig, vendor: Vendor): Flow {
    const limits = vendor.limitsOf?.(settings) ?? vendor.limits
    const known = this.#gates.get(connection)
    if (known && sameLimits(known.limits, limits)) return known
    const [row] = this.#storage.sql
      .exec<{ state: string }>('select state from limits where connection = ?', connection)
      .toArray()
    const saved = row ? SavedLimits.parse(JSON.parse(row.state)) : undefined
    const meter = known?.meter ?? new Meter(saved?.counted, now())
    const save = (limits: Saved) => {
      const state = JSON.stringify({ ...limits, counted: meter.today(now()) })
      this.#storage.sql.exec('insert or replace into limits values (?, ?)', connection, state)
    }
    const made = {
      ...(known ?? { gate: new Gate(vendor.concurrency), breaker: new Breaker(), latch: new Latch() }),
      limiter: new Limiter(limits, saved, now(), save),
      meter,
      limits,
    }
    this.#gates.set(connection, made)
    return made
  }

  /** Calls of today of each connection that has made any, also before a restart. */
  metered(at: number): Metered[] {
    return this.#storage.sql
      .exec<{ connection: string; state: string }>('select connection, state from limits')
      .toArray()
      .flatMap(({ connection, state }) => {
        const saved = SavedLimits.parse(JSON.parse(state)).counted
        const counted = this.#gates.get(connection)?.meter.today(at) ?? (saved && ofToday(saved, at))
        return counted ? [{ connection, ...counted }] : []
      })
  }

  /** Whether a failure of this flow leaves the rest of its batch alone. */
  goesOn(integration: string, flow: string): boolean {
    return this.#current?.config.integrations.get(integration)?.flows[flow]?.onFailure === 'continue'
  }

  isOn(integration: string, flow: string): boolean {
    return this.#current?.config.integrations.get(integration)?.flows[flow]?.enabled ?? false
  }

  /** How long the connection has to wait before `calls` more may leave. */
  waitFor(config: TenantConfig, connection: string, calls: number): number {
    const found = config.connections.get(connection)
    const vendor = found && vendors[found.vendor]
    if (!vendor) return 0
    const { limiter, breaker, latch } = this.#flow(found, vendor)
    return Math.max(limiter.waitFor(now(), calls), breaker.waitFor(now()), latch.waitFor(now()))
  }
}

/** The connections that a flow reads from and writes to: a flow of a pair may go the other way than the pair is named. */
export const sidesOf = (
  {
    pair,
    sourceConnection,
    targetConnection,
  }: Pick<IntegrationConfig, 'pair' | 'sourceConnection' | 'targetConnection'>,
  flow: AnyFlow,
): { source: string; target: string } =>
  flow.source.vendor === pairs[pair]?.source
    ? { source: sourceConnection, target: targetConnection }
    : { source: targetConnection, target: sourceConnection }

export const pairOf = (integration: IntegrationConfig): Pair => {
  const pair = pairs[integration.pair]
  if (!pair) throw new Error(`no pair ${integration.pair}`)
  return pair
}

const noConnection = (connection: string) =>
  ({
    kind: 'rejected',
    code: 'no_connection',
    message: `there is no connection ${connection}`,
    remedy: 'The integration points at a connection that was deleted: set another one.',
  }) as const

const notConfirmed = ({ id, account }: ConnectionConfig) =>
  ({
    kind: 'unauthorised',
    code: 'not_confirmed',
    message: `nobody has confirmed yet that ${account?.name ?? 'the company'} is the right one`,
    remedy: `Look at the company of connection ${id} and confirm it (POST …/connections/${id}/confirm). Waiting records go on by themselves.`,
  }) as const

const noCredentials = (vendor: Vendor) =>
  ({
    kind: 'unauthorised',
    code: `${vendor.name}_no_credentials`,
    message: `no ${vendor.name} credentials are stored`,
    remedy: 'Store them (PUT …/credentials). Waiting records go on by themselves.',
  }) as const
