import type { ComparisonOperator, Condition, Json } from '@helios/sdk'

/** What stands between attribute and value. */
const VERBS: Readonly<Record<Exclude<ComparisonOperator, 'exists'>, string>> = {
  equals: 'is',
  notEquals: 'is not',
  in: 'is one of',
  notIn: 'is none of',
  greaterThan: 'is more than',
  greaterOrEqual: 'is at least',
  lessThan: 'is less than',
  lessOrEqual: 'is at most',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
  versionAtLeast: 'is version',
  versionBelow: 'is before version',
}

/**
 * A condition as a person would say it; texts stand in quotation marks, since "18" is not 18.
 *
 * @example conditionInWords({ attribute: 'country', operator: 'in', value: ['DE', 'AT'] })
 * // country is one of “DE”, “AT”
 */
export function conditionInWords(condition: Condition): string {
  if ('not' in condition) return `not (${conditionInWords(condition.not)})`
  if ('all' in condition) return joined(condition.all, 'and', 'everyone')
  if ('any' in condition) return joined(condition.any, 'or', 'nobody')
  return comparisonInWords(condition.attribute, condition.operator, condition.value)
}

/** For choosing an operator. */
export function operatorInWords(operator: ComparisonOperator): string {
  if (operator === 'exists') return 'is known'
  return operator === 'versionAtLeast' ? 'is version … or later' : VERBS[operator]
}

function joined(conditions: readonly Condition[], word: string, ofNothing: string): string {
  const [first, ...others] = conditions
  if (first === undefined) return ofNothing
  if (others.length === 0) return conditionInWords(first)
  return conditions.map(inBrackets).join(` ${word} `)
}

/** Groups of several keep together; comparisons need no brackets. */
function inBrackets(condition: Condition): string {
  const words = conditionInWords(condition)
  const members = 'all' in condition ? condition.all : 'any' in condition ? condition.any : []
  return members.length > 1 ? `(${words})` : words
}

function comparisonInWords(attribute: string, operator: ComparisonOperator, value: Json): string {
  if (operator === 'exists') return `${attribute} is ${value === true ? 'known' : 'not known'}`
  const words = `${attribute} ${VERBS[operator]} ${valueInWords(value)}`
  return operator === 'versionAtLeast' ? `${words} or later` : words
}

function valueInWords(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(valueInWords).join(', ')
  if (typeof value === 'string') return `“${value}”`
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}
