import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { TargetRef } from '../../core/flow'
import { sameWord, text } from './shapes'

/** What Cin7 books in one document: a journal or a money operation. A draft counts nowhere; a completed one cannot be changed. */
export const Task = z.object({ TaskID: z.string().min(1), Status: text })
export type Task = z.infer<typeof Task>

export const isStatus = ({ Status }: Task, word: 'DRAFT' | 'COMPLETED' | 'VOIDED'): boolean => sameWord(Status, word)

/** Undefined where there is none. */
export const theOnly = <T extends Task>(label: string, tasks: T[]): T | undefined => {
  if (tasks.length <= 1) return tasks[0]
  throw new Failed({
    kind: 'conflict',
    code: `cin7_${code(label)}_twice`,
    message: `${tasks.length} ${label}s in Cin7 carry the mark of this record`,
    remedy: 'Void the one that is not right in Cin7, then replay.',
    facts: { tasks: tasks.map(({ TaskID }) => TaskID).join(', ') },
  })
}

const code = (label: string): string => label.replaceAll(' ', '_')

export const gone = (label: string, { number }: TargetRef): Failed =>
  rejected(
    `cin7_${code(label)}_gone`,
    `Cin7 no longer shows the ${label} ${number}`,
    `Look in Cin7 what became of it, and link the record with the right ${label}.`,
  )

export const changed = (label: string, { number }: TargetRef, happened: string): Failed =>
  new Failed({
    kind: 'conflict',
    code: `cin7_${code(label)}_changed`,
    message: `the source changed, and so did the ${label} ${number} in Cin7: ${happened}`,
    remedy: `Nothing was changed. Make the ${label} right in Cin7 by hand, then resolve this record.`,
    facts: { cin7: number, happened },
  })

export const notCompleted = (label: string, number: string, status: string): Failed =>
  new Failed({
    kind: 'malformed',
    code: 'cin7_not_completed',
    message: `Cin7 accepted the call, yet the ${label} ${number} is ${status || 'without a status'}`,
    remedy: `Look at the ${label} in Cin7, then replay. It stands there as it is, and counts only once it is completed.`,
  })
