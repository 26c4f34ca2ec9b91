import { styleText } from 'node:util'
import type { Row, Verdict } from './row.ts'
import { SECTIONS } from './sections.ts'
import { COLUMNS, cellsOf, countsOf, tablesOf } from './words.ts'

const COLOURS = {
  OK: 'green',
  'NOT OK': 'red',
  'KNOWN LIMIT': 'yellow',
  'NOT JUDGED': 'gray',
} as const satisfies Record<Verdict, string>

/** Tables for people at a terminal. */
export function render(rows: readonly Row[]): string {
  return SECTIONS.flatMap(({ key, title }) => {
    const own = rows.filter(({ section }) => section === key)
    if (own.length === 0) return []
    const tables = [...tablesOf(own)].map(([measure, each]) => tableOf(measure, each))
    return [styleText('bold', `\n${title}`), ...tables]
  }).join('\n')
}

function tableOf(measure: string, rows: readonly Row[]): string {
  const cells = rows.map(cellsOf)
  const widths = COLUMNS.map((column, i) =>
    Math.max(column.length, ...cells.map((row) => (row[i] as string).length)),
  )
  const line = (row: readonly string[]) =>
    row.map((cell, i) => padded(cell, widths[i] as number, i)).join('  ')
  const lines = cells.map((row, i) => styleText(COLOURS[(rows[i] as Row).verdict], line(row)))
  return [`\n${measure}`, line(COLUMNS), ...lines].join('\n')
}

const NUMBERS = new Set([3, 4, 5])

function padded(cell: string, width: number, column: number): string {
  return NUMBERS.has(column) ? cell.padStart(width) : cell.padEnd(width)
}

export function summarise(rows: readonly Row[]): string {
  const counts = countsOf(rows)
  const text = `${rows.length} rows: ${counts.OK} as they must be, ${counts['KNOWN LIMIT']} known limits, ${counts['NOT OK']} not as they must be, ${counts['NOT JUDGED']} not judged`
  return styleText(counts['NOT OK'] > 0 ? 'red' : 'green', text)
}
