import {
  COMPARISON_OPERATORS,
  type ComparisonOperator,
  type Condition,
  conditionProblems,
  type Json,
} from '@helios/sdk'

/** An audience as somebody builds it: everyone, rows that are joined, or a tree written as JSON. */
export interface AudienceDraft {
  readonly mode: 'everyone' | 'rows' | 'json'
  readonly joiner: 'all' | 'any'
  readonly rows: readonly ConditionRow[]
  readonly json: string
}

/** One comparison while it is typed. */
export interface ConditionRow {
  readonly id: number
  readonly attribute: string
  readonly operator: ComparisonOperator
  readonly type: ScalarType
  /** One text; several for the operators that take a list. */
  readonly values: readonly string[]
}

export type ScalarType = 'text' | 'number' | 'boolean'

export interface AudienceProblem {
  /** Row and part of it, where a row is wrong. */
  readonly row?: number
  readonly part?: 'attribute' | 'value'
  readonly message: string
}

export type AudienceReading =
  | { readonly status: 'ok'; readonly condition: Condition | undefined }
  | { readonly status: 'invalid'; readonly problems: readonly AudienceProblem[] }

export const EVERYONE: AudienceDraft = { mode: 'everyone', joiner: 'all', rows: [], json: '' }

export const EMPTY_ROW: Omit<ConditionRow, 'id'> = {
  attribute: '',
  operator: 'equals',
  type: 'text',
  values: [''],
}

/** Id of the control that puts a problem with the audience as a whole right. */
export const AUDIENCE_ID = 'audience'

/** Id of the control of one part of a row. */
export function conditionFieldId(row: number, part: 'attribute' | 'value'): string {
  return `${AUDIENCE_ID}-${row}-${part}`
}

/** What a value must be for an operator: `any` lets the row choose. */
export function valueKindOf(operator: ComparisonOperator): 'any' | 'list' | 'number' | 'text' | 'presence' {
  if (operator === 'exists') return 'presence'
  if (operator === 'in' || operator === 'notIn') return 'list'
  if (operator === 'equals' || operator === 'notEquals') return 'any'
  return /than|equal$/i.test(operator) ? 'number' : 'text'
}

/** The condition that a draft stands for, or everything that is wrong with it. */
export function readAudience(draft: AudienceDraft): AudienceReading {
  if (draft.mode === 'everyone') return { status: 'ok', condition: undefined }
  return draft.mode === 'json' ? readJson(draft.json) : readRows(draft)
}

function readJson(text: string): AudienceReading {
  let condition: unknown
  try {
    condition = JSON.parse(text)
  } catch {
    return invalid([{ message: text.trim() === '' ? 'Write a condition.' : 'This is not JSON yet.' }])
  }
  const problems = conditionProblems(condition)
  return problems.length === 0
    ? { status: 'ok', condition: condition as Condition }
    : invalid(problems.map((message) => ({ message })))
}

function readRows({ joiner, rows }: AudienceDraft): AudienceReading {
  const problems = rows.flatMap(problemsOfRow)
  if (rows.length === 0) problems.push({ message: 'Add a condition, or choose everyone.' })
  if (problems.length > 0) return invalid(problems)
  const comparisons = rows.map(comparisonOf)
  const [only] = comparisons
  const condition = comparisons.length === 1 && only ? only : group(joiner, comparisons)
  return { status: 'ok', condition }
}

function group(joiner: AudienceDraft['joiner'], conditions: readonly Condition[]): Condition {
  return joiner === 'all' ? { all: conditions } : { any: conditions }
}

function invalid(problems: readonly AudienceProblem[]): AudienceReading {
  return { status: 'invalid', problems }
}

function problemsOfRow(row: ConditionRow): AudienceProblem[] {
  const problems: AudienceProblem[] = []
  if (row.attribute.trim() === '') {
    problems.push({ row: row.id, part: 'attribute', message: 'Name an attribute.' })
  }
  const message = problemOfValues(row)
  if (message !== undefined) problems.push({ row: row.id, part: 'value', message })
  return problems
}

function problemOfValues(row: ConditionRow): string | undefined {
  const kind = valueKindOf(row.operator)
  if (kind === 'presence') return undefined
  if (row.values.every((value) => value.trim() === '')) return 'Say a value.'
  const isNumeric = kind === 'number' || (kind !== 'text' && row.type === 'number')
  if (isNumeric && !row.values.every(isNumeral)) return 'This must be a number.'
  const [problem] = conditionProblems(comparisonOf({ ...row, attribute: row.attribute.trim() || 'x' }))
  return problem?.replace(/^condition: /, '')
}

function isNumeral(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}

function comparisonOf(row: ConditionRow): Condition {
  return { attribute: row.attribute.trim(), operator: row.operator, value: jsonOf(row) }
}

function jsonOf({ operator, type, values }: ConditionRow): Json {
  const [first = ''] = values
  switch (valueKindOf(operator)) {
    case 'presence':
      return first !== 'false'
    case 'list':
      return values.map((value) => scalarOf(value, type))
    case 'number':
      return Number(first)
    case 'any':
      return scalarOf(first, type)
    default:
      return first
  }
}

function scalarOf(text: string, type: ScalarType): Json {
  if (type === 'boolean') return text === 'true'
  return type === 'number' ? Number(text) : text
}

/** The draft of an audience that exists: rows where rows can say it, else JSON. */
export function audienceDraftOf(condition: Condition | undefined): AudienceDraft {
  if (condition === undefined) return EVERYONE
  const json = JSON.stringify(condition, null, 2)
  const flat = rowsOf(condition)
  return flat === undefined ? { ...EVERYONE, mode: 'json', json } : { ...flat, mode: 'rows', json }
}

/** Rows that say the same, where the tree is one group of comparisons or a single one. */
export function rowsOf(condition: Condition): Pick<AudienceDraft, 'joiner' | 'rows'> | undefined {
  if ('not' in condition) return undefined
  const joiner = 'any' in condition ? 'any' : 'all'
  const members = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [condition]
  const rows = members.map(rowOf)
  const known = rows.filter((row) => row !== undefined)
  return known.length === rows.length && rows.length > 0 ? { joiner, rows: known } : undefined
}

function rowOf(condition: Condition, id: number): ConditionRow | undefined {
  if (!('attribute' in condition)) return undefined
  const { attribute, operator, value } = condition
  const values = Array.isArray(value) ? value : [value]
  const types = new Set(values.map(typeOf))
  const [type = 'text'] = types
  if (types.size > 1 || !COMPARISON_OPERATORS.includes(operator)) return undefined
  return { id, attribute, operator, type, values: values.map(String) }
}

function typeOf(value: Json): ScalarType {
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text'
}

/** The same audience in another mode; undefined where that mode cannot say it. */
export function audienceInMode(draft: AudienceDraft, mode: AudienceDraft['mode']): AudienceDraft | undefined {
  if (mode === draft.mode || mode === 'everyone') return { ...draft, mode }
  const reading = readAudience(draft)
  if (mode === 'json') {
    const isSayable = reading.status === 'ok' && reading.condition !== undefined
    return { ...draft, mode, json: isSayable ? JSON.stringify(reading.condition, null, 2) : draft.json }
  }
  if (draft.mode === 'everyone' || draft.json.trim() === '')
    return { ...draft, mode, rows: atLeastOne(draft.rows) }
  const flat = reading.status === 'ok' && reading.condition ? rowsOf(reading.condition) : undefined
  return flat === undefined ? undefined : { ...draft, ...flat, mode }
}

function atLeastOne(rows: readonly ConditionRow[]): readonly ConditionRow[] {
  return rows.length > 0 ? rows : [{ ...EMPTY_ROW, id: 0 }]
}
