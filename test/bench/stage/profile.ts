import type { Miniflare } from 'miniflare'
import { z } from 'zod'

const Node = z.object({
  id: z.number(),
  callFrame: z.object({ functionName: z.string(), lineNumber: z.number() }),
  children: z.array(z.number()).default([]),
})
const Profile = z.object({
  nodes: z.array(Node),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
})
type Profile = z.infer<typeof Profile>

const Answer = z.object({ id: z.number().optional(), result: z.unknown().optional() })

const EVERY_US = 500
const HOTTEST = 40

/** Says where the processor time of the worker of that name went meanwhile. */
export const withProfile = async <T>(miniflare: Miniflare, name: string, work: () => Promise<T>): Promise<T> => {
  const { ask, close } = await inspect(miniflare, name)
  await ask('Profiler.enable')
  await ask('Profiler.setSamplingInterval', { interval: EVERY_US })
  await ask('Profiler.start')
  const done = await work()
  const { profile } = z.object({ profile: Profile }).parse(await ask('Profiler.stop'))
  close()
  for (const line of linesOf(profile)) process.stderr.write(`${line}\n`)
  return done
}

/** Bytes that the worker of that name still holds after everything that can go has gone. */
export const liveHeap = async (miniflare: Miniflare, name: string): Promise<number> => {
  const { ask, close } = await inspect(miniflare, name)
  await ask('HeapProfiler.collectGarbage')
  const { usedSize } = z.object({ usedSize: z.number() }).parse(await ask('Runtime.getHeapUsage'))
  close()
  return usedSize
}

const inspect = async (miniflare: Miniflare, name: string) => {
  const socket = new WebSocket(`${await miniflare.getInspectorURL()}core:user:${name}`)
  await new Promise((opened) => socket.addEventListener('open', opened, { once: true }))
  return { ask: asking(socket), close: () => socket.close() }
}

const asking = (socket: WebSocket) => {
  let last = 0
  return (method: string, params: object = {}): Promise<unknown> => {
    last += 1
    const id = last
    const answered = new Promise((done) => {
      const hear = ({ data }: MessageEvent) => {
        const answer = Answer.parse(JSON.parse(String(data)))
        if (answer.id !== id) return
        socket.removeEventListener('message', hear)
        done(answer.result)
      }
      socket.addEventListener('message', hear)
    })
    socket.send(JSON.stringify({ id, method, params }))
    return answered
  }
}

/** By function: its own time, and that of all it calls; milliseconds. */
const linesOf = ({ nodes, samples, timeDeltas }: Profile): string[] => {
  const own = new Map<number, number>()
  for (const [at, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[at] ?? 0) / 1_000)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const times = new Map<string, { self: number; total: number }>()
  const timeOf = (name: string) => times.get(name) ?? { self: 0, total: 0 }
  const walk = (id: number, above: string[]): number => {
    const node = byId.get(id)
    if (!node) return 0
    const { functionName, lineNumber } = node.callFrame
    const name = `${functionName || 'anonymous'}:${lineNumber + 1}`
    const self = own.get(id) ?? 0
    const total = self + node.children.reduce((sum, child) => sum + walk(child, [...above, name]), 0)
    const known = timeOf(name)
    // A function that calls itself is counted once.
    times.set(name, { self: known.self + self, total: known.total + (above.includes(name) ? 0 : total) })
    return total
  }
  const all = nodes[0] ? walk(nodes[0].id, []) : 0
  const line = ([name, { self, total }]: [string, { self: number; total: number }]) =>
    `${self.toFixed(0).padStart(7)} ms self ${total.toFixed(0).padStart(7)} ms in all  ${name}`
  const hottest = (by: 'self' | 'total') =>
    [...times]
      .toSorted(([, a], [, b]) => b[by] - a[by])
      .slice(0, HOTTEST)
      .map(line)
  return [
    `${all.toFixed(0)} ms sampled; function:line of the bundle`,
    'by own time:',
    ...hottest('self'),
    'by time with all that is called:',
    ...hottest('total'),
  ]
}
