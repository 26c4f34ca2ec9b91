import { normalLog10TwoSidedP, normalTwoSidedP } from '../distributions/normal.ts'
import { exactMannWhitney } from './mann-whitney-exact.ts'
import { areRankable, forEachRankedValue, tieSum } from './ranks.ts'

export interface MannWhitneyTest {
  /** Pairs in which the treatment's value is larger, ties counting half. */
  readonly treatmentStatistic: number
  readonly controlStatistic: number
  /** P(treatment > control) + P(equal) / 2, estimated: treatmentStatistic per pair. */
  readonly probabilityOfSuperiority: number
  /** Normal approximation with the variance corrected for ties, without continuity correction. */
  readonly statistic: number
  readonly pValue: number
  readonly log10PValue: number
  /** The same with a continuity correction of ½. */
  readonly pValueCorrected: number
  readonly log10PValueCorrected: number
  /** Exact; NaN where values are tied, and for more than ten thousand pairs. */
  readonly pValueExact: number
}

/**
 * Mann and Whitney's U test (Wilcoxon's rank sum test), two-sided: are values of one variant larger than those of the
 * other more often than not, if the distributions are otherwise the same? O(n log n).
 *
 * It is no test of means or medians: with different spread it may reject although neither tends to be larger. Then
 * Brunner and Munzel's test asks the same question without that assumption.
 *
 * @param control, treatment at least one value each, without NaN
 * @returns NaN outside the domain, and for the p-values where all values are equal
 *
 * Source: Mann & Whitney 1947, doi:10.1214/aoms/1177730491; ties: Lehmann 1975, Nonparametrics, eq. 1.35.
 */
export function mannWhitneyTest(control: ArrayLike<number>, treatment: ArrayLike<number>): MannWhitneyTest {
  const [m, n] = [control.length, treatment.length]
  const pairs = areRankable(control, treatment) && m > 0 && n > 0 ? m * n : Number.NaN
  const { larger, ties } = Number.isNaN(pairs) ? { larger: Number.NaN, ties: 0 } : compare(control, treatment)
  const units = m + n
  const variance = (pairs / 12) * (units + 1 - ties / units / (units - 1))
  const distance = larger - pairs / 2
  const statistic = variance > 0 ? distance / Math.sqrt(variance) : Number.NaN
  const corrected = Math.max(0, Math.abs(distance) - 0.5) / Math.sqrt(variance)
  const isKnown = !Number.isNaN(statistic)
  return {
    treatmentStatistic: larger,
    controlStatistic: pairs - larger,
    probabilityOfSuperiority: larger / pairs,
    statistic,
    pValue: isKnown ? normalTwoSidedP(statistic) : Number.NaN,
    log10PValue: isKnown ? normalLog10TwoSidedP(statistic) : Number.NaN,
    pValueCorrected: isKnown ? normalTwoSidedP(corrected) : Number.NaN,
    log10PValueCorrected: isKnown ? normalLog10TwoSidedP(corrected) : Number.NaN,
    pValueExact: ties === 0 ? exactMannWhitney(Math.min(larger, pairs - larger), m, n) : Number.NaN,
  }
}

function compare(control: ArrayLike<number>, treatment: ArrayLike<number>) {
  let larger = 0
  let ties = 0
  forEachRankedValue([control, treatment], ({ counts, below }) => {
    larger += (counts[1] as number) * ((below[0] as number) + (counts[0] as number) / 2)
    ties += tieSum(counts)
  })
  return { larger, ties }
}
