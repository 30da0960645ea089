import type { Env } from '../../../src/env'

/** One database for all of the Worker and its objects, so one switch: they share this isolate. */
const trouble = { until: 0, refused: 0 }

export const letD1Refuse = (ms: number): void => {
  trouble.until = Date.now() + ms
}

export const refusals = (): number => trouble.refused

const shakenEnvs = new WeakMap<Env, Env>()

/** The same environment with a database that refuses while told so. One for each environment: others keep notes by it. */
export const shaken = (env: Env): Env => {
  const known = shakenEnvs.get(env)
  if (known) return known
  const made = { ...env, DB: shakyDatabase(env.DB) }
  shakenEnvs.set(env, made)
  return made
}

const LOST = 'D1_ERROR: Network connection lost.'

/** Every second time it had happened all the same: a failed write may have been made (platform sheet 4). */
const attempt = async (run: () => unknown): Promise<unknown> => {
  if (Date.now() >= trouble.until) return run()
  trouble.refused += 1
  if (trouble.refused % 2 === 0) await run()
  throw new Error(LOST)
}

type Intercept = (name: string, run: (args: unknown[]) => unknown, args: unknown[]) => unknown

const intercepted = <T extends object>(real: T, intercept: Intercept): T =>
  new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => intercept(String(name), (given) => Reflect.apply(value, target, given), args)
    },
  })

/** `batch` wants the real statements back. */
const realStatements = new WeakMap<object, unknown>()

const shakyStatement = (real: unknown): unknown => {
  if (typeof real !== 'object' || real === null) return real
  const shaky = intercepted(real, (name, run, args) =>
    name === 'bind' ? shakyStatement(run(args)) : attempt(() => run(args)),
  )
  realStatements.set(shaky, real)
  return shaky
}

const realOf = (statement: unknown): unknown =>
  typeof statement === 'object' && statement !== null ? (realStatements.get(statement) ?? statement) : statement

const shakyDatabase = (real: D1Database): D1Database =>
  intercepted(real, (name, run, args) => {
    if (name === 'prepare') return shakyStatement(run(args))
    const [first, ...rest] = args
    return attempt(() => run([Array.isArray(first) ? first.map(realOf) : first, ...rest]))
  })
