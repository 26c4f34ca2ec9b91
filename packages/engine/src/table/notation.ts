import { HeliosError } from '../errors.ts'
import { anyDecimal } from './decimal.ts'
import {
  COMPARISONS,
  type ColumnSum,
  type ComparisonOperator,
  type TableCondition,
  type TableCovariate,
  type TableMetric,
  type TableMetricKind,
} from './table-question.ts'

const KINDS: readonly TableMetricKind[] = ['mean', 'proportion', 'count', 'ratio', 'quantile']
const METRIC = /^\s*(?<name>[^=]*?)\s*=\s*(?<kind>\w+)\s*\((?<inside>.*)\)\s*$/s
const METRIC_NAME = /^[\p{L}\p{N}][\p{L}\p{N}_. -]{0,63}$/u
const TERM = /\s*(?:`(?<quoted>[^`]+)`|(?<plain>[^\s`+/=<>!(),]+))\s*/y
const QUOTED_VALUE = /^(?:'(?<single>[^']*)'|"(?<double>[^"]*)")$/

/**
 * Reads `NAME=kind(EXPR)`, such as `visits=mean(web + app)`, ``ctr=ratio(clicks / `page views`)`` or
 * `slow=quantile(milliseconds, 0.9)`.
 *
 * EXPR is a column or a sum of columns; a name that has spaces or symbols stands in backticks.
 * Throws HEL_USAGE.
 */
export function parseMetric(text: string): TableMetric {
  const parts = METRIC.exec(text)?.groups
  if (!parts) refuse(`"${text}" is not a metric; write NAME=kind(COLUMN), for example visits=mean(visits)`)
  const { name = '', inside = '' } = parts
  if (!METRIC_NAME.test(name)) refuse(`"${name}" cannot name a metric; use letters, digits, _ . -`)
  const kind = KINDS.find((known) => known === parts['kind'])
  if (!kind) refuse(`metric ${name} has kind "${parts['kind']}"; known kinds are ${KINDS.join(', ')}`)
  const { sum: value, rest } = parseSum(inside, text)
  if (kind === 'quantile') return { name, kind, value, denominator: [], level: levelFrom(rest, name) }
  if (kind !== 'ratio') {
    if (rest !== '')
      refuse(`"${rest}" in ${text} is not understood; ${kind} takes a column or a sum of columns`)
    return { name, kind, value, denominator: [] }
  }
  if (!rest.startsWith('/'))
    refuse(`metric ${name} needs a numerator and a denominator: ratio(COLUMN / COLUMN)`)
  const denominator = parseSum(rest.slice(1), text)
  if (denominator.rest !== '') refuse(`"${denominator.rest}" in ${text} is not understood`)
  return { name, kind, value, denominator: denominator.sum }
}

function levelFrom(rest: string, name: string): number {
  const level = rest.startsWith(',') ? anyDecimal(rest.slice(1).trim()) : Number.NaN
  if (!(level > 0 && level < 1))
    refuse(`metric ${name} needs a level between 0 and 1 after a comma: quantile(COLUMN, 0.9)`)
  return level
}

/** Reads a column or a sum of columns, such as `recency` or `` `visits before` + calls ``. Throws HEL_USAGE. */
export function parseCovariate(text: string): TableCovariate {
  const { sum: value, rest } = parseSum(text, text)
  if (rest !== '')
    refuse(`"${rest}" in "${text}" is not understood; a covariate is a column or a sum of columns`)
  return { name: text.trim(), value }
}

/** Reads `EXPR OP VALUE`, such as `country = DE` or `yes+no = 1`. Throws HEL_USAGE. */
export function parseCondition(text: string): TableCondition {
  const { sum: columns, rest } = parseSum(text, text)
  const operator = COMPARISONS.find((candidate) => rest.startsWith(candidate))
  if (!operator) refuse(`"${text}" is not a condition; write COLUMN OP VALUE with OP one of = != < <= > >=`)
  const given = rest.slice(operator.length).trim()
  const quoted = QUOTED_VALUE.exec(given)?.groups
  const value = quoted ? (quoted['single'] ?? quoted['double'] ?? '') : given
  if (value === '') refuse(`"${text}" compares with nothing; write a value after ${operator}`)
  requireComparable(columns, operator, value, text)
  return { columns, operator, value, text }
}

function requireComparable(
  columns: ColumnSum,
  operator: ComparisonOperator,
  value: string,
  text: string,
): void {
  if (!Number.isNaN(anyDecimal(value))) return
  if (columns.length > 1) refuse(`"${text}" compares a sum with "${value}", which is not a number`)
  const isOrder = operator !== '=' && operator !== '!='
  if (isOrder && !/^\d{4}-\d{2}/.test(value)) {
    refuse(`"${text}" asks for an order, but "${value}" is neither a number nor a date such as 2026-01-31`)
  }
}

/** Column names joined by `+` from the beginning of a text, and what follows them. */
function parseSum(text: string, whole: string): { readonly sum: ColumnSum; readonly rest: string } {
  const sum: string[] = []
  let place = 0
  for (;;) {
    TERM.lastIndex = place
    const term = TERM.exec(text)
    if (!term) refuse(`a column is missing in "${whole}" (a name with spaces or symbols stands in backticks)`)
    sum.push((term.groups?.['quoted'] ?? term.groups?.['plain']) as string)
    place = TERM.lastIndex
    if (text[place] !== '+') return { sum, rest: text.slice(place).trim() }
    place++
  }
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_USAGE', { problem })
}
