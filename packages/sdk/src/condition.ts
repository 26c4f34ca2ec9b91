/**
 * Audience conditions: who may take part, in terms of attributes known at the moment of the decision.
 *
 * An attribute that is absent, `undefined` or `null` is *missing*; only own properties count. Types are
 * strict: text never equals a number, and a numeric text does not compare with a number.
 *
 * | operator | `value` | satisfied when the attribute is |
 * |---|---|---|
 * | `equals` | text, number, boolean | of the same type and equal |
 * | `in` | array of those | equal to one of them |
 * | `greaterThan`, `greaterOrEqual`, `lessThan`, `lessOrEqual` | number | a number in that order to the value |
 * | `contains` | text | an array with that member, or a text with that part |
 * | `startsWith`, `endsWith` | text | a text that does |
 * | `versionAtLeast`, `versionBelow` | version as text | a version in that order, see `version.ts` |
 * | `exists` | boolean | present (`true`) or missing (`false`) |
 * | `notEquals`, `notIn`, `notContains` | as their positives | in every other case, also when missing |
 *
 * `all` of nothing is satisfied, `any` of nothing is not. There are no regular expressions: conditions and
 * attributes may come from hostile hands, and every operator here takes linear time.
 */
import { conditionProblems } from './condition-problems.ts'
import { compareVersions, parseVersion } from './version.ts'
import type { Attributes, AttributeValue, ComparisonOperator, Condition } from './wire.ts'

export type Predicate = (attributes: Attributes) => boolean

/** Attribute value that is present. */
type Present = Exclude<AttributeValue, null | undefined>
type Test = (actual: Present) => boolean
type Scalar = string | number | boolean

/**
 * Makes the function that answers a condition.
 *
 * @throws TypeError when `conditionProblems` finds any
 * @example compileCondition({ attribute: 'country', operator: 'equals', value: 'DE' })({ country: 'DE' }) // true
 */
export function compileCondition(condition: Condition): Predicate {
  const problems = conditionProblems(condition)
  if (problems.length > 0) throw new TypeError(`Condition is not valid: ${problems.join('; ')}`)
  return compile(condition)
}

function compile(condition: Condition): Predicate {
  if ('all' in condition) return every(condition.all.map(compile))
  if ('any' in condition) return some(condition.any.map(compile))
  if ('not' in condition) return negate(compile(condition.not))
  return compileComparison(condition.attribute, condition.operator, condition.value)
}

function every(predicates: readonly Predicate[]): Predicate {
  return (attributes) => predicates.every((predicate) => predicate(attributes))
}

function some(predicates: readonly Predicate[]): Predicate {
  return (attributes) => predicates.some((predicate) => predicate(attributes))
}

function negate(predicate: Predicate): Predicate {
  return (attributes) => !predicate(attributes)
}

function compileComparison(name: string, operator: ComparisonOperator, value: unknown): Predicate {
  switch (operator) {
    case 'exists':
      return value === true ? whenPresent(name, always) : negate(whenPresent(name, always))
    case 'notEquals':
      return negate(compileComparison(name, 'equals', value))
    case 'notIn':
      return negate(compileComparison(name, 'in', value))
    case 'notContains':
      return negate(compileComparison(name, 'contains', value))
    default:
      return whenPresent(name, TESTS[operator](value as never))
  }
}

function whenPresent(name: string, test: Test): Predicate {
  return (attributes) => {
    if (!Object.hasOwn(attributes, name)) return false
    const actual = attributes[name]
    return actual !== undefined && actual !== null && test(actual)
  }
}

const always: Test = () => true

type PositiveOperator = Exclude<ComparisonOperator, 'exists' | 'notEquals' | 'notIn' | 'notContains'>

const TESTS: { readonly [Operator in PositiveOperator]: (value: never) => Test } = {
  equals: (value: Scalar) => (actual) => actual === value,
  in: memberOf,
  greaterThan: (value: number) => (actual) => typeof actual === 'number' && actual > value,
  greaterOrEqual: (value: number) => (actual) => typeof actual === 'number' && actual >= value,
  lessThan: (value: number) => (actual) => typeof actual === 'number' && actual < value,
  lessOrEqual: (value: number) => (actual) => typeof actual === 'number' && actual <= value,
  contains: (value: string) => (actual) =>
    (typeof actual === 'string' || Array.isArray(actual)) && actual.includes(value),
  startsWith: (value: string) => (actual) => typeof actual === 'string' && actual.startsWith(value),
  endsWith: (value: string) => (actual) => typeof actual === 'string' && actual.endsWith(value),
  versionAtLeast: (value: string) => versionTest(value, (order) => order >= 0),
  versionBelow: (value: string) => versionTest(value, (order) => order < 0),
}

function memberOf(values: readonly Scalar[]): Test {
  const members = new Set<unknown>(values)
  return (actual) => members.has(actual)
}

function versionTest(value: string, accepts: (order: number) => boolean): Test {
  const bound = parseVersion(value)
  return (actual) => {
    const version = parseVersion(actual)
    return version !== undefined && bound !== undefined && accepts(compareVersions(version, bound))
  }
}
