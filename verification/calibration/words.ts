import type { Row } from './row.ts'

/** 0.0312 as 3.12 %; a ratio as 1.34. */
export function valueInWords({ quantity, value }: Pick<Row, 'quantity' | 'value'>): string {
  if (Number.isNaN(value)) return 'none'
  if (value === Number.POSITIVE_INFINITY) return 'not reached'
  if (quantity === 'ratio') return value.toFixed(2)
  return `${(100 * value).toFixed(2)} %`
}

export function errorInWords({ quantity, standardError, value }: Row): string {
  if (standardError === 0) return Number.isFinite(value) ? 'exact' : '–'
  return quantity === 'ratio' ? standardError.toFixed(2) : `${(100 * standardError).toFixed(2)} %`
}

/** How many experiments, and how many of them gave no answer. */
export function experimentsInWords({ experiments, unanswered }: Row): string {
  const count = experiments === 0 ? 'all outcomes' : experiments.toLocaleString('en')
  return unanswered < 0.0005 ? count : `${count} (${(100 * unanswered).toFixed(1)} % without answer)`
}

export function verdictInWords({ verdict }: Row): string {
  return verdict === 'NOT JUDGED' ? '–' : verdict
}

export const COLUMNS = [
  'method',
  'population',
  'units per variant',
  'experiments',
  'measured',
  'standard error',
  'allowed',
  'verdict',
] as const

export function cellsOf(row: Row): string[] {
  return [
    row.method,
    row.population,
    row.sample,
    experimentsInWords(row),
    valueInWords(row),
    errorInWords(row),
    row.band.name,
    verdictInWords(row),
  ]
}

/** Rows of one measure, in the order in which measures first come. */
export function tablesOf(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, ({ measure }) => measure)
}

export function countsOf(rows: readonly Row[]): Record<Row['verdict'], number> {
  const counts = { OK: 0, 'NOT OK': 0, 'KNOWN LIMIT': 0, 'NOT JUDGED': 0 }
  for (const { verdict } of rows) counts[verdict]++
  return counts
}
