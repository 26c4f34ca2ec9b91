import { chiSquareTails } from '../distributions/chi-square.ts'
import type { ChiSquareTest } from './chi-square-tests.ts'
import { areRankable, forEachRankedValue, tieSum } from './ranks.ts'

/**
 * Kruskal and Wallis' rank test that no group tends to larger values than another, corrected for ties; for two
 * groups it is Mann and Whitney's test, squared. O(n log n) for few groups.
 *
 * @param groups at least two, each with at least one value, without NaN
 * @returns NaN outside the domain, and for statistic and p-value where all values are equal
 *
 * Source: Kruskal & Wallis 1952, doi:10.1080/01621459.1952.10483441.
 */
export function kruskalWallisTest(groups: readonly ArrayLike<number>[]): ChiSquareTest {
  const isValid = groups.length >= 2 && groups.every(({ length }) => length > 0) && areRankable(...groups)
  const degreesOfFreedom = groups.length - 1
  const statistic = isValid ? statisticOf(groups) : Number.NaN
  const { upper, logUpper } = chiSquareTails(statistic, degreesOfFreedom)
  return { statistic, degreesOfFreedom, pValue: upper, log10PValue: logUpper / Math.LN10 }
}

/** From ranks less their mean, so that nothing large cancels. */
function statisticOf(groups: readonly ArrayLike<number>[]): number {
  const units = groups.reduce((total, { length }) => total + length, 0)
  const rankSums = groups.map(() => 0)
  let ties = 0
  forEachRankedValue(groups, ({ counts, below }) => {
    let equal = 0
    let smaller = 0
    for (const [k, count] of counts.entries()) {
      equal += count
      smaller += below[k] as number
    }
    const centredRank = smaller + equal / 2 - units / 2
    for (const [k, count] of counts.entries()) rankSums[k] = (rankSums[k] as number) + count * centredRank
    ties += tieSum(counts)
  })
  const squares = groups.reduce((total, { length }, k) => total + (rankSums[k] as number) ** 2 / length, 0)
  const variance = (units * (units + 1) - ties / (units - 1)) / 12
  return variance > 0 ? squares / variance : Number.NaN
}
