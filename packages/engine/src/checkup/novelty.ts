import { studentTTwoSidedP } from '../statistics/distributions/student-t.ts'
import type { TrendCheck } from '../trust/evidence.ts'
import { type DailyEffect, type DailyPoint, effectScales, sumOf } from './daily-effects.ts'

/** Two days always lie on a line. */
const FEWEST_DAYS = 3

/** A straight line through the effects of the days. */
export interface Trend {
  readonly slope: number
  readonly standardError: number
  readonly degreesOfFreedom: number
  readonly pValue: number
}

/**
 * Does the effect change with the day on which units came? A novelty wears off: the effect on units of the first
 * days is larger than on those of later days; something that has to be learnt or to spread goes the other way.
 *
 * This is the cohort form of the question: days of first exposure are compared, each unit with all it has done
 * since. How the effect on the same units changes with the time since their exposure is another question, and
 * needs outcomes by day. An effect that differs between weekdays leans the line of the first few weeks, too: the
 * two checks are to be read together.
 *
 * Weighted least squares of the daily effects on the day. The weights are 1 / SE² with the variance of a unit
 * pooled over the days, so that they do not go with the chance of a single day; the standard error of the slope
 * is from each day's own variance, which may differ, with Satterthwaite's degrees of freedom. On two scales (see
 * `effectScales`) the trend that is less clear is the answer, and p is 1 when the two do not agree on its
 * direction.
 *
 * @param effects in the order of the calendar
 * @returns undefined with fewer than three days, or without variation
 *
 * Source: effects by cohort of exposure, Hohnhold, O'Brien & Tang 2015, doi:10.1145/2783258.2788583; variance of
 * a weighted sum with unequal variances, Satterthwaite 1946, doi:10.2307/3002019.
 */
export function noveltyOf(effects: readonly DailyEffect[], hasEqualTime: boolean): TrendCheck | undefined {
  const scales = effectScales(effects, hasEqualTime)
  const trends = scales.flatMap((points) => {
    const trend = trendOf(points)
    return trend ? [{ ...trend, points }] : []
  })
  const [leastClear] = trends.toSorted((a, b) => b.pValue - a.pValue)
  if (!leastClear || trends.length < scales.length) return undefined
  const { points, slope, standardError, pValue } = leastClear
  const agree = trends.every((trend) => Math.sign(trend.slope) === Math.sign(slope))
  return {
    days: points.length,
    slope,
    standardError,
    pValue: agree ? pValue : 1,
    ...earlyAndLater(points),
  }
}

/** Undefined with fewer than three days, or without variation. */
export function trendOf(points: readonly DailyPoint[]): Trend | undefined {
  if (points.length < FEWEST_DAYS) return undefined
  const total = sumOf(points, ({ weight }) => weight)
  const centre = sumOf(points, ({ weight, day }) => weight * day) / total
  const spread = sumOf(points, ({ weight, day }) => weight * (day - centre) ** 2)
  const shareOf = ({ weight, day }: DailyPoint) => (weight * (day - centre)) / spread
  const slope = sumOf(points, (point) => shareOf(point) * point.value)
  const { variance, degreesOfFreedom } = varianceOfSum(points, shareOf)
  const standardError = Math.sqrt(variance)
  const pValue = studentTTwoSidedP(slope / standardError, degreesOfFreedom)
  const isComputable = Number.isFinite(slope) && standardError > 0 && !Number.isNaN(pValue)
  return isComputable ? { slope, standardError, degreesOfFreedom, pValue } : undefined
}

/** Variance of Σ share · value over independent days, and how well it is known. */
export function varianceOfSum(
  points: readonly DailyPoint[],
  shareOf: (point: DailyPoint) => number,
): { readonly variance: number; readonly degreesOfFreedom: number } {
  const parts = points.flatMap((point) => {
    const share = shareOf(point)
    return point.parts.map(({ variance, degreesOfFreedom }) => ({
      variance: share * share * variance,
      degreesOfFreedom,
    }))
  })
  const variance = sumOf(parts, (part) => part.variance)
  const inverse = sumOf(parts, (part) => (part.variance / variance) ** 2 / part.degreesOfFreedom)
  return { variance, degreesOfFreedom: 1 / inverse }
}

function earlyAndLater(points: readonly DailyPoint[]): Pick<TrendCheck, 'early' | 'later'> {
  const first = Math.ceil(points.length / 3)
  return { early: averageOf(points.slice(0, first)), later: averageOf(points.slice(first)) }
}

export function averageOf(points: readonly DailyPoint[]): number {
  return sumOf(points, ({ weight, value }) => weight * value) / sumOf(points, ({ weight }) => weight)
}
