import type { WorldContext } from '../vendor'
import { release, reverse, setStatus } from './bill-state'
import { type Books, openBooks } from './books'
import type { Kept, Operation } from './model'
import { approveOrder, closeBilled } from './order-state'
import { isClosed } from './periods'
import { openRegistry } from './registry'
import { textOf } from './rows'

/** What each action needs, and what it does when it ends. */
interface Effect {
  needs(books: Books, row: Kept): string | undefined
  run(books: Books, row: Kept): void
}

const inStatus = (row: Kept, ...wanted: string[]): string | undefined =>
  wanted.includes(textOf(row, 'Status')) ? undefined : `The document status is '${textOf(row, 'Status')}'.`

const releaseBill: Effect = {
  needs: (books, row) =>
    inStatus(row, 'Balanced') ?? (isClosed(books, row) ? 'The financial period is closed.' : undefined),
  run: (books, row) => closeBilled(books, release(books, row)),
}

const reverseBill: Effect = {
  needs: (_, row) => inStatus(row, 'Open', 'Closed'),
  run: (books, row) => void reverse(books, row),
}

const approveBill: Effect = {
  needs: (_, row) => inStatus(row, 'Pending Approval'),
  run: (books, row) => void setStatus(books, row, 'Balanced'),
}

const rejectBill: Effect = {
  needs: (_, row) => inStatus(row, 'Pending Approval'),
  run: (books, row) => void setStatus(books, row, 'Rejected'),
}

const approveOrders: Effect = {
  needs: (_, row) => inStatus(row, 'Pending Approval'),
  run: (books, row) => void approveOrder(books, row),
}

/** Named actions of the endpoint and, by name, actions of the form; those that the connector could use. */
export const EFFECTS: Record<Operation['entity'], Readonly<Record<string, Effect>>> = {
  Bill: { ReleaseBill: releaseBill, ReverseBill: reverseBill, Approve: approveBill, Reject: rejectBill },
  PurchaseOrder: { Approve: approveOrders },
}

/** Ends the operations whose time has come; what they do happens only then. */
export const settleOperations = (world: WorldContext): void => {
  for (const operation of openRegistry(world).operations.all())
    if (operation.outcome === 'running' && operation.endsAt <= world.now()) finish(world, operation)
}

/** The record may have changed meanwhile: then the operation fails. */
export const finish = (world: WorldContext, operation: Operation): Operation => {
  const books = openBooks(world, operation.tenant)
  const effect = EFFECTS[operation.entity][operation.action]
  const row = books.of(operation.entity).get(operation.recordId)
  const isDone = effect !== undefined && row !== undefined && effect.needs(books, row) === undefined
  if (isDone) effect.run(books, row)
  const ended: Operation = { ...operation, outcome: isDone ? 'done' : 'failed' }
  return openRegistry(world).operations.put(operation.id, ended)
}

/** While an operation runs on a form, other calls on that form in the same session fail (sheet 7). */
export const runningOn = (world: WorldContext, session: string, entity: string): Operation | undefined =>
  openRegistry(world)
    .operations.all()
    .find((one) => one.outcome === 'running' && one.session === session && one.entity === entity)
