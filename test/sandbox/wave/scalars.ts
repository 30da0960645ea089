import type { GraphQLScalarType, GraphQLSchema } from 'graphql'
import { GraphQLError, isScalarType, Kind } from 'graphql'
import { plain } from './money'

interface Rule {
  parse(value: unknown): string | undefined
  show(value: unknown): string
}

const texts = (parse: (text: string) => string | undefined): Rule => ({
  parse: (value) => (typeof value === 'string' ? parse(value) : undefined),
  show: String,
})

const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$/
const DECIMAL = /^-?\d+(\.\d+)?$/

const realDate = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Forms of sheet 3: a `Decimal` may come as text or number and always leaves as text. */
const RULES: Record<string, Rule> = {
  Date: texts((text) => (DATE.test(text) && realDate(text) ? text : undefined)),
  DateTime: texts((text) =>
    DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : undefined,
  ),
  Decimal: {
    parse(value) {
      if (typeof value === 'number') return Number.isFinite(value) ? plain(value) : undefined
      return typeof value === 'string' && DECIMAL.test(value) ? plain(value) : undefined
    },
    show: (value) => plain(String(value)),
  },
}

/** `buildSchema` leaves scalars open; this closes them. */
export const withScalars = (schema: GraphQLSchema): GraphQLSchema => {
  for (const [name, rule] of Object.entries(RULES)) {
    const type = schema.getType(name)
    if (isScalarType(type)) closeScalar(type, rule)
  }
  return schema
}

const closeScalar = (type: GraphQLScalarType, rule: Rule): void => {
  type.serialize = rule.show
  type.parseValue = (value) => {
    const parsed = rule.parse(value)
    if (parsed === undefined) throw new GraphQLError(`${type.name} cannot represent value: ${JSON.stringify(value)}`)
    return parsed
  }
  type.parseLiteral = (node) => {
    const literal = node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT
    const number = node.kind !== Kind.STRING && literal && type.name !== 'Decimal'
    return type.parseValue(literal && !number ? node.value : undefined)
  }
}
