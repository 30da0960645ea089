import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { convertV4MiniflareOptions, type LegacyWorkerOptions, Miniflare } from 'miniflare'
import { liveHeap, withProfile } from './profile'

/** One worker in a runtime, and so a process, of its own. */
export interface Runtime {
  origin: string
  miniflare: Miniflare
  /** Of the runtime itself, bytes. */
  residentMemory(): number
  /** Of the worker's own heap, bytes; only where it is `inspected`. */
  liveHeap(): Promise<number>
  /** What `--profile` asks about: where the processor time of this work goes is said at its end. */
  profiled<T>(work: () => Promise<T>): Promise<T>
  stop(): Promise<void>
}

export type Worker = Omit<LegacyWorkerOptions, 'modules' | 'script' | 'name'>

interface Module {
  type: 'ESModule'
  path: string
  contents: string
}

const isProfiled = (name: string): boolean => process.env.BENCH_PROFILE === name

/** A second worker in the same runtime. */
export interface Beside {
  name: string
  code: string
  options: Worker
}

const modulesOf = (name: string, contents: string): Module[] => [{ type: 'ESModule', path: `${name}.mjs`, contents }]

export const startRuntime = async (
  name: string,
  code: string,
  worker: Worker,
  { inspected = isProfiled(name), beside = [] }: { inspected?: boolean; beside?: Beside[] } = {},
): Promise<Runtime> => {
  const before = new Set(runtimes())
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      ...(inspected && { inspectorPort: 0 }),
      workers: [
        { ...worker, name, modules: modulesOf(name, code) },
        ...beside.map((one) => ({ ...one.options, name: one.name, modules: modulesOf(one.name, one.code) })),
      ],
      // The connector says a line for each attempt; nobody who reads figures wants thousands.
      handleStructuredLogs: ({ level, message }) => void (level === 'error' && process.stderr.write(`${message}\n`)),
    }),
  )
  const origin = (await miniflare.ready).origin
  const own = runtimes().filter((pid) => !before.has(pid))
  return {
    origin,
    miniflare,
    residentMemory: () => own.reduce((sum, pid) => sum + memoryOf(pid), 0),
    liveHeap: () => liveHeap(miniflare, name),
    profiled: (work) => (isProfiled(name) ? withProfile(miniflare, name, work) : work()),
    stop: () => miniflare.dispose(),
  }
}

/** Children of this process. */
const runtimes = (): number[] => {
  try {
    const said = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    return said
      .split('\n')
      .filter((line) => line.includes('workerd'))
      .map((line) => Number.parseInt(line, 10))
  } catch {
    return []
  }
}

const memoryOf = (pid: number): number => {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return 0
  }
}
