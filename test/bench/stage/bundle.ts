import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { unstable_readConfig } from 'wrangler'

export const ROOT = resolve(import.meta.dirname, '../../..')

/** One module, as it is deployed. */
export const bundle = async (entry: string, options: { minify?: boolean } = {}): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    keepNames: unstable_readConfig({ config: join(ROOT, 'wrangler.toml'), env: '' }).keep_names ?? true,
    logLevel: 'error',
    ...options,
  })
  const [file] = outputFiles
  if (!file) throw new Error(`${entry} made no bundle`)
  return file.text
}
