import { rejected } from '../core/failure'
import type { Holding } from '../core/pair'
import type { HookCheck, Tested, Trial } from '../core/tenant'
import type { Account, Reference, Vendor } from '../core/vendor'
import type { Env } from '../env'
import { now } from '../lib/clock'
import { openDb } from '../store/config'
import { Gate } from './gate'
import { checkHooks, type HookTools, removeHooks } from './hooks'
import { type Line, Session } from './session'
import { pairOf, type Setups } from './setup'

/** Questions to the vendors that are about no record: who is there, what can be mapped, what is held, who tells us. */
export class Visits {
  readonly #env: Env
  readonly #setups: Setups
  /** A handshake comes in the middle of a check, and asks for another: at the same time that would register the rest twice. */
  readonly #hookGate = new Gate(1)

  constructor(env: Env, setups: Setups) {
    this.#env = env
    this.#setups = setups
  }

  async reach(connection: string, trial: Trial = {}): Promise<Tested> {
    const line = await this.#line(connection, trial)
    const started = now()
    const session = new Session(line)
    const account = await line.vendor.account(session, line.credentials)
    const ms = now() - started
    const warnings = (await line.vendor.warnings?.(session, line.credentials, trial.scope ?? '')) ?? []
    return { account, ms, warnings }
  }

  async companies(connection: string, trial: Trial): Promise<Account[]> {
    const line = await this.#line(connection, trial)
    const session = new Session(line)
    if (line.vendor.accounts && line.account === '') return line.vendor.accounts(session, line.credentials)
    return [await line.vendor.account(session, line.credentials)]
  }

  async identity(connection: string, trial: Trial): Promise<string> {
    const line = await this.#line(connection, trial)
    return (await line.vendor.oauth?.identity?.(new Session(line))) ?? ''
  }

  async references(connection: string, kind: string): Promise<Reference[]> {
    const line = await this.#line(connection)
    const list = line.vendor.references[kind]
    if (!list) throw noList(line.vendor, kind)
    return list(new Session(line))
  }

  async holdings(integration: string): Promise<Holding[]> {
    const setup = await this.#setups.current()
    const known = setup.config.integrations.get(integration)
    const read = known && pairOf(known).holdings
    if (!read) return []
    const { sourceConnection, targetConnection, settings } = known
    const [source, target] = await Promise.all(
      [sourceConnection, targetConnection].map((side) => this.#setups.line(setup, side)),
    )
    return source && target ? read(new Session(source), new Session(target), settings) : []
  }

  async hooks(connection: string): Promise<HookCheck> {
    const tools = await this.#hookTools(connection)
    return tools ? this.#hookGate.pass(() => checkHooks(tools, connection)) : { active: 0, problems: [] }
  }

  async unhook(connection: string): Promise<null> {
    const tools = await this.#hookTools(connection)
    if (tools) await this.#hookGate.pass(() => removeHooks(tools, connection))
    return null
  }

  async #line(connection: string, trial?: Trial): Promise<Line> {
    return this.#setups.line(await this.#setups.current(), connection, trial)
  }

  async #hookTools(connection: string): Promise<HookTools | undefined> {
    const setup = await this.#setups.current()
    const line = await this.#setups.line(setup, connection)
    const registry = line.vendor.webhook?.registry
    if (!registry) return undefined
    const app = registry.appEvents && this.#setups.appLine(setup, line)
    const session = new Session(line, undefined, app && new Session(app))
    return { db: openDb(this.#env.DB), key: setup.key, session, registry }
  }
}

const noList = ({ name, references }: Vendor, kind: string) =>
  rejected('no_such_list', `${name} has no list ${kind}`, `Ask for one of: ${Object.keys(references).join(', ')}.`)
