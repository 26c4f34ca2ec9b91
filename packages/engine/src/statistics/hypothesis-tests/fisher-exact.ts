import {
  type Cells,
  isLowerTail,
  logTableProbability,
  mirrored,
  tailSum,
} from '../distributions/hypergeometric.ts'
import { isExactCount } from './counts.ts'

/** Counts of a 2×2 table by rows: `[[a, b], [c, d]]`. */
export type FourfoldTable = readonly [readonly [number, number], readonly [number, number]]

export interface ExactTest {
  readonly pValue: number
  readonly log10PValue: number
}

/** Tables whose probabilities differ only by rounding count as equally probable. */
const TIE_TOLERANCE = 1e-7

/**
 * Fisher's exact test, two-sided: the probability, given the margins, of all tables that are at most as
 * probable as the observed one. Exact to 1e-12 for tables of up to 1e7, in time that grows with the
 * standard deviation of a cell.
 *
 * @param table whole counts in [0, 1e12]
 * @returns NaN for anything else; p = 1 where a margin is empty, since then no other table exists
 *
 * Source: Fisher 1935, doi:10.2307/2342435; two-sided rule of Irwin 1935, Metron 12:84–94.
 */
export function fisherExact(table: FourfoldTable): ExactTest {
  const [[a, b], [c, d]] = table
  if (![a, b, c, d].every(isExactCount)) {
    return { pValue: Number.NaN, log10PValue: Number.NaN }
  }
  return testOf({ a, b, c, d })
}

export interface OneSidedExactTest {
  /** Against the alternative that the odds ratio is below 1: P(A ≤ a). */
  readonly pValueLess: number
  readonly log10PValueLess: number
  /** Against the alternative that the odds ratio is above 1: P(A ≥ a). */
  readonly pValueGreater: number
  readonly log10PValueGreater: number
}

/**
 * Fisher's exact test, one-sided, on both sides: the probability, given the margins, of the first cell being at most,
 * or at least, what was observed. Accuracy and time as of {@link fisherExact}.
 *
 * @param table whole counts in [0, 1e12]
 * @returns NaN for anything else
 *
 * Source: Fisher 1935, doi:10.2307/2342435.
 */
export function fisherExactOneSided(table: FourfoldTable): OneSidedExactTest {
  const [[a, b], [c, d]] = table
  const cells = { a, b, c, d }
  const isValid = Object.values(cells).every(isExactCount)
  const less = isValid ? logUpTo(cells) : Number.NaN
  const greater = isValid ? logUpTo(mirrored(cells)) : Number.NaN
  return {
    pValueLess: Math.exp(less),
    log10PValueLess: less / Math.LN10,
    pValueGreater: Math.exp(greater),
    log10PValueGreater: greater / Math.LN10,
  }
}

/**
 * Odds ratio of the sample: ad / bc. 0 or Infinity where cells are empty.
 *
 * @param table counts ≥ 0
 * @returns NaN where a row or column is empty, or for what is no count
 */
export function sampleOddsRatio(table: FourfoldTable): number {
  const [[a, b], [c, d]] = table
  return table.flat().every((count) => count >= 0) ? (a * d) / (b * c) : Number.NaN
}

/** Logarithm of P(A ≤ a): a sum away from the mode, or what such a sum on the other side leaves. */
function logUpTo(cells: Cells): number {
  if (isLowerTail(cells)) return Math.min(0, logTableProbability(cells) + Math.log(tailSum(cells)))
  if (cells.b === 0 || cells.c === 0) return 0
  const beyond = mirrored(shifted(cells, 1))
  return Math.log1p(-Math.min(1, Math.exp(logTableProbability(beyond) + Math.log(tailSum(beyond)))))
}

/** Tables with the same margins form a line along a; one tail ends at the observed table. */
function testOf(given: Cells): ExactTest {
  const observed = isLowerTail(given) ? given : mirrored(given)
  const logObserved = logTableProbability(observed)
  const opposite = oppositeTail(observed, logObserved)
  if (isNext(observed, opposite)) return { pValue: 1, log10PValue: 0 }
  const opposed = opposite
    ? Math.exp(logTableProbability(opposite) - logObserved) * tailSum(mirrored(opposite))
    : 0
  const logP = Math.min(0, logObserved + Math.log(tailSum(observed) + opposed))
  return { pValue: Math.exp(logP), log10PValue: logP / Math.LN10 }
}

/** The tails meet, or there is nothing beyond the observed table: they hold every table. */
function isNext({ a, b, c }: Cells, opposite: Cells | undefined): boolean {
  return opposite ? opposite.a === a + 1 : b === 0 || c === 0
}

function shifted({ a, b, c, d }: Cells, by: number): Cells {
  return { a: a + by, b: b - by, c: c - by, d: d + by }
}

/** First table beyond the mode that is as improbable as the observed one; undefined if there is none. */
function oppositeTail(observed: Cells, logObserved: number): Cells | undefined {
  const { a, b, c, d } = observed
  const limit = logObserved + Math.log1p(TIE_TOLERANCE)
  const mode = Math.floor(((a + b + 1) * (a + c + 1)) / (a + b + c + d + 2))
  const last = Math.min(b, c)
  let from = Math.max(1, mode - a)
  if (from > last || (mode > a && logTableProbability(shifted(observed, last)) > limit)) return undefined
  if (mode <= a) return shifted(observed, from)
  for (let to = last; from < to; ) {
    const middle = Math.floor((from + to) / 2)
    if (logTableProbability(shifted(observed, middle)) <= limit) to = middle
    else from = middle + 1
  }
  return shifted(observed, from)
}
