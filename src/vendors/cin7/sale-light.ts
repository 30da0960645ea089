import type { TargetApi } from '../../core/flow'
import { changeLight, changeNote } from './sale-calls'
import { type Sale, theSale } from './sale-shapes'
import { noteFor, type Work } from './sale-stages'
import { sameWord, WithId } from './shapes'
import { stampIn } from './stamp'

/** Terms, reference, note and attributes: what books nothing, on a sale that is booked, paid or shipped already. */
export const changeWhatBooksNothing = async (work: Work, sale: Sale): Promise<void> => {
  if (holds(work, sale)) return
  const { api, draft, id } = work
  const note = noteFor(work, sale)
  await api.step({
    name: 'light',
    call: () => changeLight(id, draft, note),
    answer: WithId,
    find: async () => {
      const now = await theSale(api, id)
      return holds(work, now) ? { ID: now.ID } : null
    },
  })
}

/** Where a person wrote the note, reference and terms have to say it. */
const holds = ({ head, draft }: Work, { Note, CustomerReference, Terms }: Sale): boolean => {
  const stamp = stampIn(Note)
  return stamp === undefined
    ? Note !== '' && CustomerReference === draft.reference && sameWord(Terms, draft.terms)
    : stamp === head
}

const FLAG = 'DELETED IN THE SOURCE. Decide what becomes of this sale.'

/** The sale stands as it is, and its note says in the first line what happened. */
export const flagDeleted = async (api: TargetApi, sale: Sale): Promise<void> => {
  if (sale.Note.startsWith(FLAG)) return
  await api.step({
    name: 'flag',
    call: () => changeNote(sale.ID, [FLAG, sale.Note].filter(Boolean).join('\n')),
    answer: WithId,
    find: async () => {
      const { ID, Note } = await theSale(api, sale.ID)
      return Note.startsWith(FLAG) ? { ID } : null
    },
  })
}
