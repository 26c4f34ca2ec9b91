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
import { compareVersions, parseVersion } from './version.ts'
import type { Attributes, AttributeValue, ComparisonOperator, Condition, Json } from './wire.ts'

export type Predicate = (attributes: Attributes) => boolean

/** Levels of `all`, `any` and `not` above a comparison. */
export const DEEPEST_CONDITION = 16
/** Groups and comparisons in one condition. */
export const LARGEST_CONDITION = 1000

/** Attribute value that is present. */
type Present = Exclude<AttributeValue, null | undefined>
type Test = (actual: Present) => boolean

/**
 * Makes the function that answers a condition; that one never throws.
 *
 * Whoever writes conditions asks `conditionProblems` first. Here only what cannot be answered is refused, in
 * few words, for every definition that comes from a server was checked there.
 *
 * @throws TypeError when the condition is too large, an operator is unknown, or does not take the value
 * @example compileCondition({ attribute: 'country', operator: 'equals', value: 'DE' })({ country: 'DE' }) // true
 */
export function compileCondition(condition: Condition): Predicate {
  let nodes = 0

  function compile(node: Condition, depth: number): Predicate {
    nodes += 1
    if (nodes > LARGEST_CONDITION || depth > DEEPEST_CONDITION) throw new TypeError('A condition too large')
    const inside = (inner: Condition): Predicate => compile(inner, depth + 1)
    if ('all' in node) return every(node.all.map(inside))
    if ('any' in node) return some(node.any.map(inside))
    if ('not' in node) return negate(inside(node.not))
    return compileComparison(node.attribute, node.operator, node.value)
  }

  return compile(condition, 0)
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

function compileComparison(name: string, operator: ComparisonOperator, value: Json): Predicate {
  switch (operator) {
    case 'exists':
      return value === true ? whenPresent(name, () => true) : negate(compileComparison(name, operator, true))
    case 'notEquals':
      return negate(compileComparison(name, 'equals', value))
    case 'notIn':
      return negate(compileComparison(name, 'in', value))
    case 'notContains':
      return negate(compileComparison(name, 'contains', value))
    default:
      return whenPresent(name, Object.hasOwn(TESTS, operator) && TESTS[operator](value))
  }
}

function whenPresent(name: string, test: Test | false): Predicate {
  if (typeof name !== 'string' || !test) throw new TypeError('Not a comparison')
  return (attributes) => {
    if (!Object.hasOwn(attributes, name)) return false
    const actual = attributes[name]
    return actual !== undefined && actual !== null && test(actual)
  }
}

/** From a value to the test; false when the operator does not take it. */
type Operator = (value: Json) => Test | false
type PositiveOperator = Exclude<ComparisonOperator, 'exists' | 'notEquals' | 'notIn' | 'notContains'>

const TESTS: Readonly<Record<PositiveOperator, Operator>> = {
  equals: (value) => (actual) => actual === value,
  in: (values) => Array.isArray(values) && memberOf(values),
  greaterThan: ofNumber((value) => (actual) => typeof actual === 'number' && actual > value),
  greaterOrEqual: ofNumber((value) => (actual) => typeof actual === 'number' && actual >= value),
  lessThan: ofNumber((value) => (actual) => typeof actual === 'number' && actual < value),
  lessOrEqual: ofNumber((value) => (actual) => typeof actual === 'number' && actual <= value),
  contains: ofText(
    (value) => (actual) => (typeof actual === 'string' || Array.isArray(actual)) && actual.includes(value),
  ),
  startsWith: ofText((value) => (actual) => typeof actual === 'string' && actual.startsWith(value)),
  endsWith: ofText((value) => (actual) => typeof actual === 'string' && actual.endsWith(value)),
  versionAtLeast: (value) => versionTest(value, (order) => order >= 0),
  versionBelow: (value) => versionTest(value, (order) => order < 0),
}

function ofNumber(testOf: (value: number) => Test): Operator {
  return (value) => typeof value === 'number' && testOf(value)
}

function ofText(testOf: (value: string) => Test): Operator {
  return (value) => typeof value === 'string' && testOf(value)
}

function memberOf(values: readonly unknown[]): Test {
  const members = new Set(values)
  return (actual) => members.has(actual)
}

function versionTest(value: Json, accepts: (order: number) => boolean): Test | false {
  const bound = parseVersion(value)
  return (
    bound !== undefined &&
    ((actual) => {
      const version = parseVersion(actual)
      return version !== undefined && accepts(compareVersions(version, bound))
    })
  )
}
