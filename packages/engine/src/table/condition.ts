import { type Column, isMissing, sumAt } from './cell.ts'
import type { CsvRow } from './csv-row.ts'
import { anyDecimal } from './decimal.ts'
import type { Header } from './header.ts'
import type { ComparisonOperator, TableCondition } from './table-question.ts'

export type RowTest = (row: CsvRow) => boolean

/** A condition as a test of rows. Throws HEL_FILE_INVALID where a column is unknown. */
export function bindCondition(condition: TableCondition, header: Header): RowTest {
  const columns = condition.columns.map((name) => ({ name, place: header.find(name) }))
  const number = anyDecimal(condition.value)
  if (Number.isNaN(number)) return textTest(columns[0] as Column, condition)
  if (columns.length === 1 && isEquality(condition.operator))
    return looseTest(columns[0] as Column, number, condition)
  return (row) => {
    const value = sumAt(row, columns, 'numbers and words')
    return !Number.isNaN(value) && holds(compareNumbers(value, number), condition.operator)
  }
}

/** `country = 7` must not refuse a table because another country is called DE. */
function looseTest({ place }: Column, number: number, { operator, value }: TableCondition): RowTest {
  return (row) => {
    const text = row.text(place)
    if (isMissing(text)) return false
    const found = anyDecimal(text)
    const equal = Number.isNaN(found) ? text === value : found === number
    return equal === (operator === '=')
  }
}

function textTest(column: Column, { operator, value }: TableCondition): RowTest {
  const isWord = /^(?:true|false|yes|no)$/i.test(value)
  const wanted = isWord ? value.toLowerCase() : value
  return (row) => {
    const text = row.text(column.place)
    if (text === '') return false
    const found = isWord ? text.toLowerCase() : text
    return holds(found < wanted ? -1 : found > wanted ? 1 : 0, operator)
  }
}

function isEquality(operator: ComparisonOperator): boolean {
  return operator === '=' || operator === '!='
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function holds(order: number, operator: ComparisonOperator): boolean {
  switch (operator) {
    case '=':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}
