import { type ChiSquareTest, independence } from '../hypothesis-tests/chi-square-tests.ts'
import { findRoot } from '../special/find-root.ts'
import { noncentralChiSquareCdf } from './noncentral-chi-square.ts'

/** Strength of the association of rows and columns, from 0 (none) to 1 (one determines the other). */
export interface CramersV {
  /** Too large on average in small samples. */
  readonly estimate: number
  /** Corrected for that, at least 0. */
  readonly biasCorrected: number
  /** Interval of the population's V; begins at 0 exactly where the chi-square test does not reject. */
  readonly low: number
  readonly high: number
}

/**
 * Cramér's V of a table of counts: √(χ² / (N·min(r − 1, c − 1))). Rows and columns without any count are left out.
 *
 * The interval holds the V = √(λ / (N·min(r − 1, c − 1))) of all noncentralities λ at which χ² is neither too large
 * nor too small. Smithson adds the degrees of freedom to λ, which makes the interval one of the estimate's expectation;
 * without them it is one of the population's V, and can reach 0.
 *
 * @param table rows of equal length, counts ≥ 0
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha, where counts are many
 * @returns NaN for negative, missing or non-finite counts, and with fewer than two rows or columns left
 *
 * Source: Cramér 1946, Mathematical Methods of Statistics, section 21.9; correction: Bergsma 2013, Journal of the
 * Korean Statistical Society 42:323–328; interval: Smithson 2003, Confidence Intervals (Sage).
 */
export function cramersV(table: readonly (readonly number[])[], alpha: number): CramersV {
  const test = independence(table)
  if (Number.isNaN(test.pValue) || !(alpha > 0 && alpha < 1))
    return { estimate: Number.NaN, biasCorrected: Number.NaN, low: Number.NaN, high: Number.NaN }
  const size = sizeOf(table)
  const scale = size.units * (Math.min(size.rows, size.columns) - 1)
  const atNoncentrality = (noncentrality: number) => Math.min(1, Math.sqrt(noncentrality / scale))
  return {
    estimate: atNoncentrality(test.statistic),
    biasCorrected: biasCorrected(test, size),
    low: atNoncentrality(noncentralityAt(test, 1 - alpha / 2)),
    high: atNoncentrality(noncentralityAt(test, alpha / 2)),
  }
}

interface TableSize {
  readonly units: number
  readonly rows: number
  readonly columns: number
}

function biasCorrected({ statistic, degreesOfFreedom }: ChiSquareTest, { units, rows, columns }: TableSize) {
  const squared = Math.max(0, statistic / units - degreesOfFreedom / (units - 1))
  const shrunk = Math.min(rows - (rows - 1) ** 2 / (units - 1), columns - (columns - 1) ** 2 / (units - 1))
  return shrunk > 1 ? Math.min(1, Math.sqrt(squared / (shrunk - 1))) : 0
}

/** λ with P(X ≤ statistic) = probability, which falls in λ; 0 where it is less already without any. */
function noncentralityAt({ statistic, degreesOfFreedom }: ChiSquareTest, probability: number): number {
  const excess = (noncentrality: number) =>
    noncentralChiSquareCdf(statistic, degreesOfFreedom, noncentrality) - probability
  if (excess(0) <= 0) return 0
  let high = 2 * statistic + 10
  while (excess(high) > 0) high *= 2
  // Of √λ the distribution has about the same width everywhere.
  const root = findRoot((deviation) => excess(deviation * deviation), 0, Math.sqrt(high), 1e-13)
  return root * root
}

function sizeOf(table: readonly (readonly number[])[]): TableSize {
  const columns = (table[0] ?? []).filter((_, j) => table.some((row) => (row[j] as number) > 0))
  const rows = table.filter((row) => row.some((count) => count > 0))
  return {
    units: table.flat().reduce((sum, count) => sum + count, 0),
    rows: rows.length,
    columns: columns.length,
  }
}
