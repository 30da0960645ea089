import { z } from 'zod'

/** Versions of the endpoint `Default` that are spoken here; all are of contract version 4 (sheet 2). */
export const VERSIONS = ['22.200.001', '23.200.001', '24.200.001'] as const

/** Without the slash at its end, which would stand twice in every address. */
const bare = (url: string): string => {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** Tokens are asked for there, which is never done without TLS: refused when it is entered, not when somebody has consented. */
const isSafe = (url: string): boolean => URL.parse(url)?.protocol === 'https:'

const word = z.string().trim().min(1)

/** Of a connection. `baseUrl` (development) stands for all of `tenantUrl`, the name of the site included. */
export const Settings = z.lazy(() =>
  z.object({
    baseUrl: z.url().optional(),
    /** The instance, with the name of its site where it has one: `https://my.acumatica.com/Prod`. */
    tenantUrl: z
      .url()
      .refine((url) => !/\.aspx|\/(entity|identity)(\/|$)|[?#]/i.test(url), {
        error: 'the address of the instance alone, e.g. https://my.acumatica.com/Prod',
      })
      .refine(isSafe, { error: 'https only; in development, http is for the setting baseUrl' })
      .transform(bare),
    endpointVersion: z
      .enum(VERSIONS, { error: `one of ${VERSIONS.join(', ')}; from 26.200.001 on it is another contract (version 5)` })
      .default('24.200.001'),
    /** Login name of the tenant (company); may be left out, because the client id names it. */
    tenant: word.optional(),
    /** Name of the branch that documents are made in, where they say nothing else. */
    branch: word.optional(),
    /** What the licence of the instance leaves for the connector. */
    callsPerMinute: z.number().int().min(1).max(2000).default(40),
  }),
)
export type Settings = z.infer<typeof Settings>

export const settingsOf = ({ settings }: { settings: unknown }): Settings => Settings.parse(settings)

/** An instance by host and site, whichever case it is written in: `my.acumatica.com/prod`. */
export const instanceOf = ({ tenantUrl }: Settings): string => tenantUrl.replace(/^https?:\/\//, '').toLowerCase()
