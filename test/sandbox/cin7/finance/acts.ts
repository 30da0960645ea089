import { z } from 'zod'
import { type Act, act } from '../acting'
import { journalView, postJournal, removeJournal } from './journals'
import { moneyTaskView, operationView } from './money-views'
import { postOperation, removeOperation } from './operations'

const Changes = z.record(z.string(), z.unknown())
const OfTask = z.object({ taskId: z.string() })

/** Inputs are listed in index.ts. */
export const FINANCE_ACTS: Record<string, Act> = {
  'create-journal': act(Changes, (books, body) => journalView(postJournal(books, body))),
  'void-journal': act(OfTask, (books, { taskId }) => journalView(removeJournal(books, taskId, true))),
  'undo-journal': act(OfTask, (books, { taskId }) => journalView(removeJournal(books, taskId, false))),
  'create-money-operation': act(Changes, (books, body) => moneyTaskView(books, postOperation(books, body))),
  'void-money-operation': act(OfTask, (books, { taskId }) =>
    operationView(books, removeOperation(books, taskId, true)),
  ),
}
