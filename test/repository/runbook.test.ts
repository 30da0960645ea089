import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { AlertKind } from '../../src/core/audit'

const read = (name: string) => readFileSync(resolve(import.meta.dirname, '../..', name), 'utf8')
const readme = read('README.md')

it('the runbook says of every alert what to do', () => {
  const table = readme.slice(readme.indexOf('| alert | what to do |'), readme.indexOf('**Health.**'))
  expect(AlertKind.options.filter((kind) => !table.includes(`\`${kind}\``))).toEqual([])
})

it('the runbook makes every queue that is bound', () => {
  const queues = [...read('wrangler.toml').matchAll(/^queue = "([\w-]+)"/gm)].map(([, name = '']) => name)
  const [made = ''] = /^for q in .*$/m.exec(readme) ?? []
  const production = queues.filter((name) => !name.endsWith('-staging'))
  expect(new Set(production).size).toBe(6)
  expect(production.filter((name) => !made.split(/[ ;]/).includes(name))).toEqual([])
  expect(queues.filter((name) => !production.includes(name.replace(/-staging$/, '')))).toEqual([])
})
