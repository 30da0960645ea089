import type { VendorResponse } from '../vendor'

/** The vendor says no; thrown from wherever it is noticed. */
export class Refusal extends Error {
  readonly response: VendorResponse

  constructor(response: VendorResponse) {
    super(`${response.status} ${JSON.stringify(response.body)}`)
    this.response = response
  }
}

const TRACE = '   at PX.Api.ContractBased.EntityService.Run()'

export const exception = (
  exceptionType: string,
  exceptionMessage: string,
  status = 500,
  message = 'An error has occurred.',
): VendorResponse => ({ status, body: { message, exceptionMessage, exceptionType, stackTrace: TRACE } })

const CONTRACT = 'PX.Api.ContractBased'

/** [R] A missing record is 500, not 404 (sheet 1.5). */
export const notFound = (): Refusal =>
  new Refusal(exception(`${CONTRACT}.NoEntitySatisfiesTheConditionException`, 'No entity satisfies the condition.'))

/** Business rules that fail while saving, as recorded for duplicate vendor references (sheet 9). */
export const outcomeHasErrors = (title: string, verb: 'Inserting' | 'Updating' | 'Deleting'): Refusal =>
  new Refusal(
    exception(
      `${CONTRACT}.OutcomeEntityHasErrorsException`,
      `PX.Data.PXException: Error: ${verb}  '${title}' record raised at least one error. Please review the errors.`,
    ),
  )

/** Texts are made up: only the status of a failing filter is known (sheet 5). */
export const badQuery = (text: string): Refusal => new Refusal(exception('PX.Data.PXException', text))

export const notOptimizable = (field: string): Refusal =>
  new Refusal(
    exception(
      `${CONTRACT}.CannotOptimizeException`,
      `Optimization cannot be performed.The following fields cause the error:\r\n${field}: View ${field} has BQL delegate`,
    ),
  )

/** The exception's name is not known. */
export const busy = (title: string): Refusal =>
  new Refusal(
    exception('PX.Data.PXException', `The previous operation on the ${title} form has not been completed yet.`),
  )

export const setupMissing = (form: string): Refusal =>
  new Refusal(
    exception(
      'PX.Data.PXSetupNotEnteredException',
      `The required configuration data is not entered on the ${form} Preferences form.`,
    ),
  )

export const malformed = (field: string, text: string): Refusal =>
  new Refusal({ status: 400, body: { message: 'The request is invalid.', modelState: { [field]: [text] } } })

export const emptyBody = (): Refusal => malformed('', 'The request body should not be empty.')

export const unauthorised: VendorResponse = { status: 401, body: null }

export const noRights = (): Refusal =>
  new Refusal({ status: 403, body: { message: 'You have insufficient rights to access the object.' } })

export const unpublished = (): Refusal =>
  new Refusal({ status: 404, body: { message: 'The requested resource was not found.' } })

export const preconditionFailed = (): Refusal => new Refusal({ status: 412, body: null })
