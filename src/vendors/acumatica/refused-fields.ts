import type { Failure } from '../../core/failure'
import { type FieldError, told } from './field-errors'

/** What a 422 means for a record: the field that is named decides. `words` = of the envelope, where no field is named. */
export const refusedFields = (errors: FieldError[], words: string): Failure => {
  const message = (told(errors) || words || 'refused without a reason').slice(0, 500)
  if (errors.some(isPeriod))
    return {
      kind: 'closed_period',
      code: 'acumatica_closed_period',
      message,
      remedy:
        'The financial period of this date is closed in Acumatica or does not exist. Open it there (Manage Financial Periods), or date the document in another one; then replay.',
    }
  if (errors.some(isTakenReference)) return referenceTaken(message)
  const [first] = errors
  return {
    kind: 'rejected',
    code: errors.some(isUnknown) ? 'acumatica_reference_unknown' : 'acumatica_rejected',
    message,
    remedy: errors.some(isUnknown)
      ? `Acumatica does not know, or no longer uses, what stands in ${first?.path}. Refresh the lists (POST …/references/refresh) and correct the mapping or the settings; then replay.`
      : 'Acumatica refused it, see its words. Correct it there, in the source or in the mapping; then replay.',
  }
}

const isPeriod = ({ path, words }: FieldError): boolean =>
  /(^|\.)(Date|PostPeriod)$/.test(path) && /period/i.test(words)

const isTakenReference = ({ path, words }: FieldError): boolean =>
  path === 'VendorRef' && /duplicate|already|exist|unique/i.test(words)

const isUnknown = ({ path, words }: FieldError): boolean =>
  path !== '' && /cannot be found|was not found|not found|inactive/i.test(words)

/** AP preferences can ask for unique vendor references (sheet 10). */
const referenceTaken = (message: string): Failure => ({
  kind: 'conflict',
  code: 'acumatica_vendor_ref_taken',
  message,
  remedy:
    'A document of this vendor has this vendor reference already. If it is the same one, link the two; otherwise change the number in the source. Then replay.',
  facts: { acumatica: message },
})
