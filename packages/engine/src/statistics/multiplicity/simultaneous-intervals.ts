import { studentTSf } from '../distributions/student-t.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { type EstimateWithError, isJudgeable } from '../hypothesis-tests/equivalence.ts'
import { tMargin } from '../hypothesis-tests/t-inference.ts'
import type { Interval } from '../intervals/mover.ts'
import { holm } from './multiple-comparisons.ts'

const NO_INTERVAL: Interval = { low: Number.NaN, high: Number.NaN }

/**
 * Alpha for each of m intervals, so that all together hold with confidence 1 − alpha whatever their dependence:
 * alpha / m.
 *
 * Source: Dunn 1961, doi:10.1080/01621459.1961.10482090.
 */
export function bonferroniAlpha(alpha: number, intervals: number): number {
  return intervals >= 1 ? alpha / intervals : Number.NaN
}

/**
 * The same for estimates that are normal, of any correlation: 1 − (1 − alpha)^(1/m).
 *
 * Source: Šidák 1967, doi:10.1080/01621459.1967.10482935.
 */
export function sidakAlpha(alpha: number, intervals: number): number {
  return intervals >= 1 ? -Math.expm1(Math.log1p(-alpha) / intervals) : Number.NaN
}

/**
 * Two-sided intervals that hold all together with confidence 1 − alpha.
 *
 * They are also what there is for Holm's procedure: intervals with two sides that agree with its decisions do not
 * exist in a useful form, so an interval by Bonferroni may hold 0 although Holm rejects. For one side there are bounds
 * that agree: {@link holmLowerBounds}.
 *
 * @param effects what cannot be judged (NaN, a standard error that is not > 0) gets NaN and does not count
 * @param alpha in (0, 1)
 * @param adjustment 'sidak' where the estimates are normal, 'bonferroni' always
 */
export function simultaneousIntervals(
  effects: readonly EstimateWithError[],
  alpha: number,
  adjustment: 'bonferroni' | 'sidak',
): Interval[] {
  const counting = effects.filter(isJudgeable).length
  const share = adjustment === 'sidak' ? sidakAlpha(alpha, counting) : bonferroniAlpha(alpha, counting)
  return effects.map((effect) => intervalOf(effect, share))
}

/**
 * Lower confidence bounds that hold all together with confidence 1 − alpha and agree with Holm's one-sided tests of
 * effect ≤ 0 at level alpha. That agreement has its price: as long as any hypothesis is not rejected, the bound of a
 * rejected one is 0 and says no more than the test does. Where all are rejected, bounds are those of Bonferroni, at
 * least 0.
 *
 * @param effects what cannot be judged gets NaN and does not count
 * @param alpha in (0, ½)
 *
 * Source: Strassburger & Bretz 2008, Statistics in Medicine 27:4914–4927; Guilbaud 2008, Biometrical Journal
 * 50:678–692.
 */
export function holmLowerBounds(effects: readonly EstimateWithError[], alpha: number): number[] {
  if (!(alpha > 0 && alpha < 0.5)) return effects.map(() => Number.NaN)
  const pValues = effects.map((effect) => (isJudgeable(effect) ? oneSidedP(effect) : Number.NaN))
  const adjusted = holm(pValues)
  const family = adjusted.filter((p) => !Number.isNaN(p)).length
  const kept = adjusted.filter((p) => p > alpha).length
  // With nothing kept, each bound is that of the whole family and at least 0.
  const share = alpha / (kept > 0 ? kept : family)
  return effects.map((effect, i) => {
    const p = adjusted[i] ?? Number.NaN
    if (Number.isNaN(p)) return Number.NaN
    const bound = effect.estimate + studentTQuantile(share, effect.degreesOfFreedom) * effect.standardError
    if (p > alpha) return Math.min(0, bound)
    return kept > 0 ? 0 : Math.max(0, bound)
  })
}

/**
 * Intervals of those effects that were selected for the show (say, because they were significant), such that of the
 * intervals shown a share of at most alpha misses on average. Selected intervals of confidence 1 − alpha alone miss
 * more often, because large estimates are selected. With Benjamini and Hochberg's selection at level alpha none of
 * these intervals holds 0.
 *
 * Each has confidence 1 − R·alpha / m, for R selected of m.
 *
 * @param effects what cannot be judged is not counted in m
 * @param selected whether each was selected, by a rule that would not select more if another effect were less clear
 * @param alpha in (0, 1)
 * @returns NaN for those not selected
 *
 * Source: Benjamini & Yekutieli 2005, definition 1 and theorem 1, doi:10.1198/016214504000001907: for independent or
 * positively dependent estimates.
 */
export function falseCoverageIntervals(
  effects: readonly EstimateWithError[],
  selected: readonly boolean[],
  alpha: number,
): Interval[] {
  const family = effects.filter(isJudgeable).length
  const chosen = effects.filter((effect, i) => selected[i] && isJudgeable(effect)).length
  return effects.map((effect, i) =>
    selected[i] ? intervalOf(effect, (alpha * chosen) / family) : NO_INTERVAL,
  )
}

function intervalOf(effect: EstimateWithError, alpha: number): Interval {
  if (!isJudgeable(effect)) return NO_INTERVAL
  const margin = tMargin(effect.standardError, effect.degreesOfFreedom, alpha)
  return { low: effect.estimate - margin, high: effect.estimate + margin }
}

function oneSidedP({ estimate, standardError, degreesOfFreedom }: EstimateWithError): number {
  return studentTSf(estimate / standardError, degreesOfFreedom)
}
