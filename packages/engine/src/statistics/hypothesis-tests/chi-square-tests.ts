import { chiSquareTails } from '../distributions/chi-square.ts'
import { productError } from '../special/exact-product.ts'
import { deviance } from '../special/log-gamma.ts'

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
 * Pearson's chi-square test of counts against weights: are units shared out as they should be?
 *
 * As {@link goodnessOfFit}, and exact where weights such as 0.9 and 0.1 sum to 1 only nearly: the expectation
 * N·wᵢ / W is never rounded before it is subtracted.
 *
 * @param observed counts ≥ 0
 * @param weights ≥ 0 in the same order, on any scale
 * @returns NaN for negative, missing or non-finite numbers, and with fewer than two cells of weight
 *
 * Source: Fabijan et al. 2019, doi:10.1145/3292500.3330722.
 */
export function sampleRatioTest(observed: readonly number[], weights: readonly number[]): ChiSquareTest {
  const lengthsDiffer = observed.length !== weights.length
  if (lengthsDiffer || ![...observed, ...weights].every(isCount)) return testOf(Number.NaN, Number.NaN)
  const possible = observed.flatMap((count, i) => {
    const weight = weights[i] as number
    return weight > 0 ? [{ count, weight }] : []
  })
  const degreesOfFreedom = Math.max(0, possible.length - 1)
  if (observed.some((count, i) => weights[i] === 0 && count > 0)) return impossible(degreesOfFreedom)
  const units = sum(possible.map(({ count }) => count))
  const total = exactSum(possible.map(({ weight }) => weight))
  const terms = possible.map(({ count, weight }) => {
    // O·W − N·w, with W unrounded
    const rounded = count * total.value - units * weight
    const difference =
      rounded + (productError(count, total.value) - productError(units, weight) + count * total.error)
    return (difference / total.value / units) * (difference / weight)
  })
  return testOf(sum(terms), degreesOfFreedom)
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
  return tableTest(table, ({ expectation, difference }) => (difference / expectation) * difference)
}

/**
 * The same with Yates' continuity correction, |O − E| − ½ but not below 0, where the table is fourfold; for larger
 * tables, which have none, it is {@link independence}.
 *
 * Source: Yates 1934, doi:10.2307/2983604.
 */
export function independenceCorrected(table: readonly (readonly number[])[]): ChiSquareTest {
  const { degreesOfFreedom } = independence(table)
  const correction = degreesOfFreedom === 1 ? 0.5 : 0
  return tableTest(table, ({ expectation, difference }) => {
    const distance = Math.max(0, Math.abs(difference) - correction)
    return (distance / expectation) * distance
  })
}

/**
 * Likelihood ratio test that rows and columns are independent: G = 2 Σ O log(O / E). Domain as
 * {@link independence}, with which it agrees where counts are many.
 *
 * Summed as deviances O log(O / E) − (O − E), which are not negative; the differences cancel over the table.
 *
 * Source: Wilks 1938, doi:10.1214/aoms/1177732360.
 */
export function likelihoodRatioTest(table: readonly (readonly number[])[]): ChiSquareTest {
  return tableTest(
    table,
    ({ count, expectation, difference }) => 2 * deviance(count, expectation, difference),
  )
}

/**
 * Smallest count that independence makes expect, over rows and columns with any count. Below 5 the chi-square
 * distribution is a poor approximation (Cochran 1954, doi:10.2307/3001616).
 *
 * @returns NaN for negative, missing or non-finite counts, and without any
 */
export function smallestExpectation(table: readonly (readonly number[])[]): number {
  const cells = cellsOf(table)?.cells ?? []
  return cells.length > 0 ? Math.min(...cells.map(({ expectation }) => expectation)) : Number.NaN
}

interface Cell {
  readonly count: number
  readonly expectation: number
  /** count − expectation, without rounding the expectation first. */
  readonly difference: number
}

function tableTest(table: readonly (readonly number[])[], term: (cell: Cell) => number): ChiSquareTest {
  const found = cellsOf(table)
  return found ? testOf(sum(found.cells.map(term)), found.degreesOfFreedom) : testOf(Number.NaN, Number.NaN)
}

/** Cells of rows and columns with any count; undefined for what is no table of counts. */
function cellsOf(table: readonly (readonly number[])[]) {
  const width = table[0]?.length ?? 0
  if (table.some((row) => row.length !== width || !row.every(isCount))) return undefined
  const rows = table.map(sum)
  const columns = Array.from({ length: width }, (_, j) => sum(table.map((row) => row[j] as number)))
  const total = sum(rows)
  const cells = table.flatMap((row, i) =>
    row.flatMap((count, j) => cellOf(count, rows[i] as number, columns[j] as number, total)),
  )
  const degreesOfFreedom = Math.max(0, nonZero(rows) - 1) * Math.max(0, nonZero(columns) - 1)
  return { cells, degreesOfFreedom }
}

function cellOf(count: number, row: number, column: number, total: number): Cell[] {
  const expectation = row * (column / total)
  if (!(expectation > 0)) return []
  const errors = productError(count, total) - productError(row, column)
  return [{ count, expectation, difference: (count * total - row * column + errors) / total }]
}

/** A sum and what rounding took from it. */
function exactSum(values: readonly number[]): { readonly value: number; readonly error: number } {
  let value = 0
  let error = 0
  for (const next of values) {
    const sum = value + next
    const part = sum - value
    error += value - (sum - part) + (next - part)
    value = sum
  }
  return { value, error }
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
