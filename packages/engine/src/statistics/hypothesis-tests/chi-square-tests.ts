import { chiSquareTails } from '../distributions/chi-square.ts'

export interface ChiSquareTest {
  readonly statistic: number
  readonly degreesOfFreedom: number
  /** NaN when fewer than two cells, rows or columns are left to compare. */
  readonly pValue: number
  readonly log10PValue: number
}

/**
 * Pearson's chi-square test of observed counts against expected ones: Σ (O − E)² / E.
 *
 * Cells that expect nothing are left out, also of the degrees of freedom (a variant without weight must
 * not make the test weaker); a count observed in such a cell is impossible, so p = 0.
 *
 * @param observed counts ≥ 0
 * @param expected counts ≥ 0 in the same order, with the same sum
 * @returns NaN for negative, missing or non-finite counts, and with fewer than two cells
 *
 * Source: Pearson 1900, doi:10.1080/14786440009463897. As a check of sample ratios: Fabijan et al. 2019,
 * doi:10.1145/3292500.3330722.
 */
export function goodnessOfFit(observed: readonly number[], expected: readonly number[]): ChiSquareTest {
  const lengthsDiffer = observed.length !== expected.length
  if (lengthsDiffer || ![...observed, ...expected].every(isCount)) return testOf(Number.NaN, Number.NaN)
  const cells = observed.map((count, i) => ({ count, expectation: expected[i] as number }))
  const possible = cells.filter(({ expectation }) => expectation > 0)
  const degreesOfFreedom = Math.max(0, possible.length - 1)
  if (cells.some(({ count, expectation }) => expectation === 0 && count > 0))
    return impossible(degreesOfFreedom)
  return testOf(
    sum(possible.map(({ count, expectation }) => contribution(count, expectation))),
    degreesOfFreedom,
  )
}

/**
 * Pearson's chi-square test that the rows and columns of a table of counts are independent, without
 * continuity correction. Rows and columns without any count are left out.
 *
 * @param table rows of equal length, counts ≥ 0
 * @returns NaN for negative, missing or non-finite counts, and with fewer than two rows or columns left
 *
 * Source: Pearson 1900; degrees of freedom (r − 1)(c − 1) after Fisher 1922, doi:10.2307/2340521.
 */
export function independence(table: readonly (readonly number[])[]): ChiSquareTest {
  const width = table[0]?.length ?? 0
  if (table.some((row) => row.length !== width || !row.every(isCount))) return testOf(Number.NaN, Number.NaN)
  const rows = table.map(sum)
  const columns = Array.from({ length: width }, (_, j) => sum(table.map((row) => row[j] as number)))
  const total = sum(rows)
  let statistic = 0
  for (const [i, row] of table.entries()) {
    for (const [j, count] of row.entries()) {
      const expectation = (rows[i] as number) * ((columns[j] as number) / total)
      if (expectation > 0) statistic += contribution(count, expectation)
    }
  }
  const degreesOfFreedom = Math.max(0, nonZero(rows) - 1) * Math.max(0, nonZero(columns) - 1)
  return testOf(statistic, degreesOfFreedom)
}

function contribution(count: number, expectation: number): number {
  const difference = count - expectation
  return (difference / expectation) * difference
}

function testOf(statistic: number, degreesOfFreedom: number): ChiSquareTest {
  const { upper, logUpper } = chiSquareTails(statistic, degreesOfFreedom)
  return { statistic, degreesOfFreedom, pValue: upper, log10PValue: logUpper / Math.LN10 }
}

function impossible(degreesOfFreedom: number): ChiSquareTest {
  return {
    statistic: Number.POSITIVE_INFINITY,
    degreesOfFreedom,
    pValue: 0,
    log10PValue: Number.NEGATIVE_INFINITY,
  }
}

function isCount(value: number): boolean {
  return value >= 0 && value < Number.POSITIVE_INFINITY
}

function nonZero(values: readonly number[]): number {
  return values.filter((value) => value > 0).length
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
