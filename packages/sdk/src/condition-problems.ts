/** What is wrong with a condition that somebody sent. */
import { DEEPEST_CONDITION, LARGEST_CONDITION } from './condition.ts'
import { parseVersion } from './version.ts'
import { COMPARISON_OPERATORS, type ComparisonOperator } from './wire.ts'

interface Place {
  readonly node: unknown
  readonly path: string
  readonly depth: number
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Names every problem of a condition that came as JSON; none means that `compileCondition` takes it. The
 * walk is a loop and stops at the limits above, so neither depth, size nor a cycle can exhaust it.
 *
 * @example conditionProblems({ attribute: 'age', operator: 'lessThan', value: '18' })
 * // ['condition: lessThan needs a finite number']
 */
export function conditionProblems(condition: unknown): string[] {
  const problems: string[] = []
  const open: Place[] = [{ node: condition, path: 'condition', depth: 0 }]
  let nodes = 1
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const problem = nodeProblem(place)
    if (problem !== undefined) problems.push(`${place.path}: ${problem}`)
    const width = problem === undefined ? childCount(place.node as Fields) : 0
    nodes += width
    if (nodes > LARGEST_CONDITION) return [...problems, `condition: more than ${LARGEST_CONDITION} nodes`]
    // Last in, first out: reversed, so that problems come in the order of the text.
    for (let i = width - 1; i >= 0; i--) open.push(child(place, i))
  }
  return problems
}

function nodeProblem({ node, depth }: Place): string | undefined {
  if (!isPlainObject(node)) return 'must be an object'
  if (depth > DEEPEST_CONDITION) return `nested more than ${DEEPEST_CONDITION} levels deep`
  const group = groupOf(node)
  if (group === undefined) return comparisonProblem(node)
  if (Object.keys(node).length > 1) return `'${group}' must stand alone`
  if (group !== 'not' && !Array.isArray(node[group])) return `'${group}' needs an array of conditions`
  return undefined
}

type Group = 'all' | 'any' | 'not'

function groupOf(node: Fields): Group | undefined {
  return (['all', 'any', 'not'] as const).find((group) => Object.hasOwn(node, group))
}

function childCount(node: Fields): number {
  const group = groupOf(node)
  if (group === undefined) return 0
  return group === 'not' ? 1 : (node[group] as readonly unknown[]).length
}

function child({ node, path, depth }: Place, index: number): Place {
  const fields = node as Fields
  const group = groupOf(fields) as Group
  if (group === 'not') return { node: fields.not, path: `${path}.not`, depth: depth + 1 }
  const children = fields[group] as readonly unknown[]
  return { node: children[index], path: `${path}.${group}[${index}]`, depth: depth + 1 }
}

const COMPARISON_FIELDS = ['attribute', 'operator', 'value']

function comparisonProblem(node: Fields): string | undefined {
  if (!COMPARISON_FIELDS.every((field) => Object.hasOwn(node, field)) || Object.keys(node).length !== 3) {
    return `must have either 'all', 'any' or 'not', or exactly 'attribute', 'operator' and 'value'`
  }
  if (typeof node.attribute !== 'string' || node.attribute === '')
    return `'attribute' must be a text, not empty`
  if (!isOperator(node.operator)) return `'operator' must be one of ${COMPARISON_OPERATORS.join(', ')}`
  const [needed, accepts] = VALUES[node.operator]
  return accepts(node.value) ? undefined : `${node.operator} needs ${needed}`
}

function isOperator(operator: unknown): operator is ComparisonOperator {
  return (COMPARISON_OPERATORS as readonly unknown[]).includes(operator)
}

type ValueRule = readonly [needed: string, accepts: (value: unknown) => boolean]

const SCALAR: ValueRule = ['a text, a finite number or a boolean', isScalar]
const LIST: ValueRule = [
  'an array of texts, finite numbers or booleans',
  (value) => Array.isArray(value) && value.every(isScalar),
]
const NUMBER: ValueRule = ['a finite number', Number.isFinite]
const TEXT: ValueRule = ['a text', (value) => typeof value === 'string']
const VERSION: ValueRule = ["a version such as '2.1.0'", (value) => parseVersion(value) !== undefined]

const VALUES: Readonly<Record<ComparisonOperator, ValueRule>> = {
  equals: SCALAR,
  notEquals: SCALAR,
  in: LIST,
  notIn: LIST,
  greaterThan: NUMBER,
  greaterOrEqual: NUMBER,
  lessThan: NUMBER,
  lessOrEqual: NUMBER,
  contains: TEXT,
  notContains: TEXT,
  startsWith: TEXT,
  endsWith: TEXT,
  exists: ['a boolean', (value) => typeof value === 'boolean'],
  versionAtLeast: VERSION,
  versionBelow: VERSION,
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

function isPlainObject(node: unknown): node is Fields {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}
