import { env } from 'cloudflare:workers'

const SEED = 20_261_126

/** The same runs each time; `PROPERTY_SEED=<number>` tries others. A failure prints its seed and path. */
export const runs = (numRuns: number) => ({
  seed: env.PROPERTY_SEED ? Number(env.PROPERTY_SEED) : SEED,
  numRuns,
  // A run is a world of its own and takes time; what is left after this is found small enough.
  interruptAfterTimeLimit: 90_000,
  markInterruptAsFailure: false,
})

export const TIMEOUT = 120_000
