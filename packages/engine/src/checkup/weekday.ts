import { incompleteBeta } from '../statistics/special/incomplete-beta.ts'
import type { PatternCheck } from '../trust/evidence.ts'
import { type DailyEffect, type DailyPoint, effectScales, sumOf } from './daily-effects.ts'
import { averageOf, trendOf, varianceOfSum } from './novelty.ts'

const WEEK_DAYS = 7

interface WeekdayEffect {
  readonly effect: number
  readonly variance: number
  readonly degreesOfFreedom: number
}

/**
 * Does the effect differ between days of the week (in UTC, by first exposure)? Cochran's Q over the weekdays, each
 * with the weighted average of its days.
 *
 * A straight trend over the days is taken out first: it is another question, and would otherwise be seen again in
 * the weekdays of an experiment that runs for a week and a half. p is not from chi-square but from Welch's F, which
 * allows for variances that are estimated from few units and comes to the same where they are many; that the trend
 * was estimated too is not allowed for, which makes the test a little careful. On two scales (see
 * `effectScales`) the pattern that is less clear is the answer.
 *
 * @returns undefined with units on fewer than two weekdays, or without variation
 *
 * Source: Cochran 1954, doi:10.2307/3001666; p: Welch 1951, On the comparison of several mean values,
 * doi:10.1093/biomet/38.3-4.330.
 */
export function weekdayPatternOf(
  effects: readonly DailyEffect[],
  hasEqualTime: boolean,
): PatternCheck | undefined {
  const patterns = effectScales(effects, hasEqualTime).map((points) => patternOf(withoutTrend(points)))
  const found = patterns.flatMap((pattern) => (pattern ? [pattern] : []))
  if (found.length < patterns.length) return undefined
  return found.toSorted((a, b) => b.pValue - a.pValue)[0]
}

function withoutTrend(points: readonly DailyPoint[]): readonly DailyPoint[] {
  const slope = trendOf(points)?.slope ?? 0
  const first = points[0]?.day ?? 0
  return points.map((point) => ({ ...point, value: point.value - slope * (point.day - first) }))
}

function patternOf(points: readonly DailyPoint[]): PatternCheck | undefined {
  const weekdays = [...Map.groupBy(points, ({ day }) => day % WEEK_DAYS).values()]
    .map(averageEffect)
    .filter(({ variance }) => variance > 0)
  const count = weekdays.length
  if (count < 2) return undefined
  const total = sumOf(weekdays, ({ variance }) => 1 / variance)
  const mean = sumOf(weekdays, ({ effect, variance }) => effect / variance) / total
  const statistic = sumOf(weekdays, ({ effect, variance }) => (effect - mean) ** 2 / variance)
  const doubt = sumOf(
    weekdays,
    ({ variance, degreesOfFreedom }) => (1 - 1 / variance / total) ** 2 / degreesOfFreedom,
  )
  const pValue = welchP(statistic, count, doubt)
  if (Number.isNaN(pValue)) return undefined
  return { weekdays: count, statistic, degreesOfFreedom: count - 1, pValue }
}

function averageEffect(points: readonly DailyPoint[]): WeekdayEffect {
  const total = sumOf(points, ({ weight }) => weight)
  return { effect: averageOf(points), ...varianceOfSum(points, ({ weight }) => weight / total) }
}

/**
 * P(F > …) of Welch's statistic, from Q over k groups and `doubt`, the sum of (1 − share of the weights)² / degrees
 * of freedom.
 */
function welchP(statistic: number, k: number, doubt: number): number {
  const between = k - 1
  const within = (k * k - 1) / (3 * doubt)
  const f = statistic / between / (1 + (2 * (k - 2) * doubt) / (k * k - 1))
  const sum = within + between * f
  return incompleteBeta(within / sum, within / 2, between / 2, (between * f) / sum).lower
}
