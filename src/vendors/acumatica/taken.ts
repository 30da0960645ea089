import { Failed } from '../../core/failure'
import { sameWord } from './shapes'

/** `[field, sent, shown]` */
export type Sent = [field: string, sent: string, shown: string]

/** 200 does not prove that every value was saved (sheet 1): what matters is compared with what the answer shows. '' = not sent. */
export const refuseNotTaken = (what: string, fields: Sent[]): void => {
  const lost = fields.filter(([, sent, shown]) => sent !== '' && !sameWord(sent, shown))
  if (lost.length === 0) return
  const words = lost.map(([field, sent, shown]) => `${field} "${sent}" (shows "${shown}")`).join(', ')
  throw new Failed({
    kind: 'rejected',
    code: 'acumatica_not_taken',
    message: `Acumatica saved ${what} without ${words}`,
    remedy: `Look at ${what} in Acumatica: a default, a rule or missing rights keep these values out. Correct that there or in the settings; then replay.`,
  })
}
