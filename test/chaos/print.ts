import type { Result } from './count'
import type { Fault } from './matrix'

type Stream = NodeJS.WriteStream

const line = (stream: Stream, text: string): void => {
  stream.write(`${text}\n`)
}

const HEADS = ['sent', 'posted', 'review', 'duplicated', 'lost', 'struck', 'seconds'] as const

const row = (flow: string, fault: string, cells: readonly string[]): string =>
  `${fault.padEnd(21)}${flow.padEnd(35)}${cells.map((cell, at) => cell.padStart((HEADS[at]?.length ?? 6) + 2)).join('')}`

interface Head {
  seed: number
  records: number
  scale: number
  columns: Fault[]
}

export const printHead = (stream: Stream, { seed, records, scale, columns }: Head): void => {
  line(stream, `chaos: seed ${seed}, ${records} records a cell, ${scale} times as fast as real time`)
  for (const { name, about } of columns) line(stream, `  ${name.padEnd(21)}${about}`)
  const accepted = columns.filter((fault) => fault.accepted).map(({ name }) => name)
  if (accepted.length > 0)
    line(
      stream,
      `  Local queues live in memory and go with the process, so ${accepted.join(' and ')} count from what the tenant has accepted.`,
    )
  line(stream, '')
  line(stream, row('flow', 'fault', HEADS))
}

export const printCell = (stream: Stream, result: Result): void => {
  const { flow, fault, sent, posted, review, duplicated, lost, struck, seconds, ok, notes } = result
  const figures = [sent, posted, review, duplicated, lost, struck].map(String)
  line(stream, `${row(flow, fault, [...figures, seconds.toFixed(1)])}${ok ? '' : '  ✘'}`)
  for (const note of notes) line(stream, `    ${note}`)
}

export const printSummary = (stream: Stream, results: Result[], seconds: number, seed: number): void => {
  const sum = (of: (result: Result) => number) => results.reduce((total, result) => total + of(result), 0)
  const wrong = results.filter(({ ok }) => !ok)
  line(stream, '')
  line(
    stream,
    `${results.length} cells, ${sum(({ sent }) => sent)} sent, ${sum(({ posted }) => posted)} posted, ${sum(({ review }) => review)} in review, ${sum(({ duplicated }) => duplicated)} duplicated, ${sum(({ lost }) => lost)} lost, in ${Math.round(seconds)} s`,
  )
  for (const { fault, flow, sent } of wrong)
    line(stream, `to see it again: npm run chaos -- --seed ${seed} --records ${sent} --fault ${fault} --flow ${flow}`)
}

export const toJson = (ok: boolean, results: Result[]): string =>
  JSON.stringify({
    ok,
    cells: results.map(({ flow, fault, sent, posted, review, duplicated, lost }) => ({
      flow,
      fault,
      sent,
      posted,
      review,
      duplicated,
      lost,
    })),
  })
