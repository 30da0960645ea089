import { z } from 'zod'
import type { Difference } from '../../core/failure'
import type { Target, TargetApi, TargetPage, TargetRef } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { sha256 } from '../../lib/bytes'
import { canonical } from '../../lib/json'
import { post, put, remove } from './client'
import { sameWord } from './shapes'
import { changed, gone, isStatus, notCompleted, type Task, theOnly } from './task-conflict'

/** What tells journals and money operations apart. `D` = a document to be, `T` = what Cin7 shows of one. */
export interface TaskKind<D, T extends Task> {
  type: 'journal' | 'money-operation'
  /** For people. */
  label: string
  path: '/journal' | '/moneyOperation'
  draft: z.ZodType<D>
  /** Of POST, PUT and DELETE. */
  answer: z.ZodType<T>
  /** Without status. Carries our marker where `ours` finds it. */
  body(draft: D, marker: string): Promise<object> | object
  read(api: ReadApi, id: string): Promise<T | null>
  /** All that carry our marker and are not voided. */
  ours(api: TargetApi): Promise<T[]>
  /** Before anything is written. */
  refuse?(api: TargetApi, draft: D): Promise<void>
  differences(task: T, draft: D): Difference[]
  number(task: T): string
  /** What the books take from it: an edit in Cin7 shows in it. */
  shown(task: T): unknown
  facts(draft: D): Record<string, string>
  list(api: ReadApi, cursor: string | null): Promise<TargetPage>
  date(task: T): string
  figures(task: T, facts: Record<string, string>): Figures
}

/**
 * Written as a draft, compared with what Cin7 took, then completed. A change is a new document: it is drafted first, the old one is
 * voided, the new one completed; so nothing is taken out of the books before its successor is seen to be right.
 */
export const taskTarget = <D, T extends Task>(kind: TaskKind<D, T>): Target<D> => {
  const { type, label, path } = kind

  const drafted = async (api: TargetApi, draft: D, other: (task: T) => boolean, born: boolean): Promise<T> => {
    const body = { Status: 'DRAFT', ...(await kind.body(draft, api.marker)) }
    return api.step({
      name: type,
      call: () => post(path, body),
      answer: kind.answer,
      find: async () => theOnly(label, (await kind.ours(api)).filter(other)) ?? null,
      ...(born && { born: (task: T) => ref(task, draft) }),
    })
  }

  /** Into a draft of ours that never reached the books. */
  const rewritten = async (api: TargetApi, { TaskID }: T, draft: D): Promise<T> => {
    const body = { TaskID, Status: 'DRAFT', ...(await kind.body(draft, api.marker)) }
    return api.step({
      name: `rewrite-${TaskID.toLowerCase()}`,
      call: () => put(path, body),
      answer: kind.answer,
      find: async () => {
        const now = await kind.read(api, TaskID)
        return now && kind.differences(now, draft).length === 0 ? now : null
      },
    })
  }

  const voided = (api: TargetApi, { TaskID }: T): Promise<unknown> =>
    api.step({
      name: `void-${TaskID.toLowerCase()}`,
      call: () => remove(path, { ID: TaskID, Void: 'true' }),
      answer: z.unknown(),
      find: async () => {
        const now = await kind.read(api, TaskID)
        return now === null || isStatus(now, 'VOIDED') ? { voided: TaskID } : null
      },
    })

  const completed = async (api: TargetApi, task: T, draft: D): Promise<TargetRef> => {
    const { TaskID } = task
    const body = { TaskID, Status: 'COMPLETED', ...(await kind.body(draft, api.marker)) }
    const done = isStatus(task, 'COMPLETED')
      ? task
      : await api.step({
          name: 'complete',
          call: () => put(path, body),
          answer: kind.answer,
          find: async () => {
            const now = await kind.read(api, TaskID)
            return now && isStatus(now, 'COMPLETED') ? now : null
          },
        })
    if (!isStatus(done, 'COMPLETED')) throw notCompleted(label, kind.number(done), done.Status)
    const { id, number, facts } = ref(done, draft)
    return { id, number, facts: { ...facts, shown: await shownOf(done) } }
  }

  const ref = (task: T, draft: D): TargetRef => ({
    id: task.TaskID,
    number: kind.number(task),
    facts: kind.facts(draft),
  })

  const shownOf = async (task: T): Promise<string> => (await sha256(canonical(kind.shown(task)))).slice(0, 12)

  const compared = (api: TargetApi, task: T, draft: D): T => {
    const standing = `${label} ${kind.number(task)} as a draft, nothing of it is booked; void it in Cin7, or correct the cause and replay`
    api.refuseUnless(kind.differences(task, draft), standing)
    return task
  }

  /** What somebody did to it in Cin7 since it was completed; undefined = nothing. */
  const happenedTo = async (task: T, { facts }: TargetRef): Promise<string | undefined> => {
    if (isStatus(task, 'VOIDED')) return 'it was voided'
    const wasCompleted = facts.shown !== undefined
    if (isStatus(task, 'COMPLETED') !== wasCompleted)
      return wasCompleted ? 'it was taken back to a draft' : 'it was completed'
    return wasCompleted && (await shownOf(task)) !== facts.shown
      ? 'accounts, amounts, date or party were changed'
      : undefined
  }

  const refuseIfTouched = async (task: T, target: TargetRef): Promise<void> => {
    const happened = await happenedTo(task, target)
    if (happened) throw changed(label, target, happened)
  }

  return {
    vendor: 'cin7',
    type,
    draft: kind.draft,

    async create(api, draft) {
      await kind.refuse?.(api, draft)
      const task = await drafted(api, draft, () => true, true)
      return completed(api, compared(api, task, draft), draft)
    },

    /** Also finishes what an earlier attempt left: a draft of ours beside the old one is gone on with. */
    async update(api, target, draft) {
      await kind.refuse?.(api, draft)
      const old = await kind.read(api, target.id)
      if (old === null) throw gone(label, target)
      const isOther = ({ TaskID }: T) => !sameWord(TaskID, old.TaskID)
      const begun = theOnly(label, (await kind.ours(api)).filter(isOther))
      // With a successor of ours beside it, it was voided by us.
      if (!(begun && isStatus(old, 'VOIDED'))) await refuseIfTouched(old, target)
      const into = begun ?? (isStatus(old, 'DRAFT') ? old : undefined)
      const task =
        into === undefined
          ? await drafted(api, draft, isOther, false)
          : isStatus(into, 'COMPLETED')
            ? into
            : await rewritten(api, into, draft)
      compared(api, task, draft)
      if (isOther(task) && !isStatus(old, 'VOIDED')) await voided(api, old)
      return completed(api, task, draft)
    },

    /** Voided, so that it stays visible in Cin7. */
    async remove(api, target) {
      const task = await kind.read(api, target.id)
      if (task === null || isStatus(task, 'VOIDED')) return
      await refuseIfTouched(task, target)
      await voided(api, task)
    },

    list: kind.list,

    async booked(api, target) {
      const task = await kind.read(api, target.id)
      if (task === null) return null
      const isBooked = isStatus(task, 'COMPLETED')
      const happened = isBooked && target.facts.shown !== undefined ? await happenedTo(task, target) : undefined
      return {
        number: kind.number(task),
        date: kind.date(task),
        figures: isBooked ? kind.figures(task, target.facts) : null,
        changes: happened ? [happened] : [],
      }
    },
  }
}
