import type { Field, Form } from './requirements'

/** One answer to a form that Wise would refuse; `key` as the form has it. */
export interface FormProblem {
  key: string
  message: string
}

/** `answerTo` looks up an answer by the key of a field; undefined = none. All problems at once, in the order of the form. */
export const checkForm = ({ fields }: Form, answerTo: (key: string) => string | undefined): FormProblem[] =>
  fields.flatMap((field) => {
    const message = problemOf(field, answerTo(field.key)?.trim() ?? '')
    return message === undefined ? [] : [{ key: field.key, message: `${field.name || field.key}: ${message}` }]
  })

const problemOf = (field: Field, value: string): string | undefined => {
  if (value === '') return field.required ? 'is missing' : undefined
  const { minLength, maxLength, valuesAllowed } = field
  if (minLength != null && value.length < minLength) return `needs at least ${minLength} characters`
  if (maxLength != null && value.length > maxLength) return `takes at most ${maxLength} characters`
  if (valuesAllowed && valuesAllowed.length > 0 && !valuesAllowed.some(({ key }) => key === value))
    return `must be one of: ${valuesAllowed
      .map(({ key }) => key)
      .slice(0, 30)
      .join(', ')}`
  return matches(field, value) ? undefined : 'is not in the form that Wise wants'
}

/** The whole value, anchored or not. An expression that JavaScript cannot read is left to Wise. */
export const matches = ({ validationRegexp }: Pick<Field, 'validationRegexp'>, value: string): boolean => {
  if (!validationRegexp) return true
  try {
    return new RegExp(`^(?:${validationRegexp})$`).test(value)
  } catch {
    return true
  }
}

/** As much of a reference as the route takes; '' where nothing of it fits. */
export const fitReference = (forms: Form[], wanted: string): string => {
  const field = forms.flatMap(({ fields }) => fields).find(({ key }) => key === 'reference')
  if (!field) return wanted
  const cut = (value: string): string => value.slice(0, field.maxLength ?? value.length).trim()
  const plain = wanted.replace(/[^A-Za-z0-9 -]/g, ' ').replace(/ +/g, ' ')
  return [cut(wanted), cut(plain), cut(plain.replace(/[ -]/g, ''))].find((value) => matches(field, value)) ?? ''
}
