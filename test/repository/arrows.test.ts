import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../../src')

/** Design section 5: which folder may import which. `self` is always allowed, except between pairs and between vendors. */
const MAY: Record<string, string[]> = {
  index: ['edge', 'tenant', 'grant', 'env'],
  registry: ['pairs', 'vendors', 'core'],
  env: ['core', 'lib'],
  edge: ['registry', 'store', 'core', 'lib', 'env'],
  tenant: ['registry', 'sync', 'store', 'core', 'lib', 'env'],
  grant: ['registry', 'sync', 'store', 'core', 'lib', 'env'],
  pairs: ['vendors', 'core', 'lib'],
  vendors: ['core', 'lib'],
  sync: ['core', 'lib'],
  store: ['core', 'lib'],
  core: [],
  lib: [],
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.d.ts'),
)

const areaOf = (file: string): string => (file.split('/')[0] ?? '').replace(/\.ts$/, '')

/** `pairs/wave-cin7`, `vendors/wave`: rooms that do not look into each other. */
const roomOf = (file: string): string => file.split('/').slice(0, 2).join('/')

const importsOf = (file: string): string[] => {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')
}

describe('imports follow the arrows of the design', () => {
  it.each(files)('%s', (file) => {
    for (const target of importsOf(file)) {
      if (!target.startsWith('.')) {
        if (areaOf(file) === 'core') expect(target, 'core imports zod only').toBe('zod')
        continue
      }
      const reached = relative(SRC, resolve(SRC, dirname(file), target))
      const [from, to] = [areaOf(file), areaOf(reached)]
      if (from === to) {
        if (from === 'pairs' || from === 'vendors') expect(roomOf(reached)).toBe(roomOf(file))
        continue
      }
      expect(MAY[from] ?? [], `${from} may not import ${to} (${target})`).toContain(to)
    }
  })
})

describe('the repository', () => {
  it('has nothing at the top that the design does not list', () => {
    const top = readdirSync(resolve(SRC, '..')).filter(
      (name) => !['node_modules', '.git', '.wrangler', 'dist'].includes(name),
    )
    expect(top.sort()).toEqual(
      [
        '.ci',
        '.gitignore',
        'LICENSE',
        'README.md',
        'biome.json',
        'migrations',
        'package-lock.json',
        'package.json',
        'src',
        'test',
        'tsconfig.json',
        'vitest.config.ts',
        'wrangler.toml',
      ].sort(),
    )
  })
})
