import type { ReadApi } from '../../core/vendor'
import { checkForm, type FormProblem } from './form-check'
import { answerTo, type RecipientProfile } from './recipient-shapes'
import { type Form, readForms, refreshForms } from './requirements'

/** Answers bring questions bring answers: so often, then it has to do. */
const MOST_ROUNDS = 4

/** What is wrong with a recipient profile for the route of this quote, field by field. Empty = Wise is expected to take it. */
export const checkRecipient = async (
  api: ReadApi,
  quote: string,
  profile: RecipientProfile,
): Promise<FormProblem[]> => {
  const forms = await readForms(api, quote)
  const form = formOf(forms, profile)
  return form ? problemsIn(await completed(api, quote, profile, form), profile) : [noSuchWay(forms, profile)]
}

/** The form as it is once all that is answered has brought its further questions. */
const completed = async (api: ReadApi, quote: string, profile: RecipientProfile, first: Form): Promise<Form> => {
  const known = { type: profile.type, details: bodyDetails(profile) }
  let form = first
  for (let round = 0; round < MOST_ROUNDS && asksBack(form, profile); round += 1) {
    const fresh = formOf(await refreshForms(api, quote, known), profile)
    if (!fresh || keysOf(fresh) === keysOf(form)) return form
    form = fresh
  }
  return form
}

const problemsIn = (form: Form, profile: RecipientProfile): FormProblem[] => {
  const own = checkName(profile)
  const asked = checkForm(form, (key) => answerTo(profile, key))
  return [...own, ...asked.filter(({ key }) => !own.some((problem) => problem.key === key))]
}

/** One sample of Wise's writes `ABA` (sheet 6). */
const formOf = (forms: Form[], { type }: RecipientProfile): Form | undefined =>
  forms.find((form) => form.type.toLowerCase() === type.toLowerCase())

const keysOf = (form: Form | undefined): string =>
  (form?.fields ?? []).map(({ key, required }) => `${key} ${required}`).join()

const asksBack = ({ fields }: Form, profile: RecipientProfile): boolean =>
  fields.some(({ refreshRequirementsOnChange, key }) => refreshRequirementsOnChange && answerTo(profile, key))

export const bodyDetails = ({ legalType, details }: RecipientProfile) => ({ legalType, ...details })

const noSuchWay = (forms: Form[], { type }: RecipientProfile): FormProblem => ({
  key: 'type',
  message: `Wise does not pay by "${type}" on this route, but by: ${forms.map((form) => form.type).join(', ') || 'nothing'}`,
})

const NAME = /^[0-9A-Za-zÀ-ÖØ-öø-ÿ\-_()'*,. ]{2,140}$/

/** For every type (sheet 6): a person has two names at least, each of more than one letter, and no digits. */
export const checkName = ({ accountHolderName, legalType }: RecipientProfile): FormProblem[] => {
  const name = accountHolderName.trim()
  const told = (message: string) => [{ key: 'accountHolderName', message: `Name of the account holder: ${message}` }]
  if (!NAME.test(name)) return told("takes 2 to 140 of: letters of Western Europe, digits, blanks and -_()'*,.")
  if (legalType === 'BUSINESS') return []
  if (/\d/.test(name)) return told('a person’s name has no digits')
  const names = name.split(/\s+/).filter((part) => part.length > 1)
  return names.length < 2 ? told('needs first and last name, each of more than one letter') : []
}
