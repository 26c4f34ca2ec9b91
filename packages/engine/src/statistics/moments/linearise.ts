import type { MomentsSummary } from './cross-moments.ts'

/**
 * Replaces numerator and denominator (the first two components) by one value per unit, whose mean is the ratio of the
 * means and whose variance is that of the ratio times n, to first order: R + (x − R y) / ȳ. So whatever works for
 * means (adjustment for covariates, stratification) works for ratios of totals.
 *
 * @param summary components [numerator, denominator, …rest]
 * @returns components [ratio, …rest]; NaN where the mean denominator is 0. Variance 0 where numerator and denominator
 *   are proportional up to rounding.
 *
 * Source: Deng, Knoblich & Lu 2018, section 4, doi:10.1145/3219819.3219919; with covariates: Deng, Xu, Kohavi &
 * Walker 2013, appendix B, doi:10.1145/2433396.2433413.
 */
export function lineariseRatio(summary: MomentsSummary): MomentsSummary {
  const others = restOf(summary.mean.length, 2)
  return combine(summary, [ratioTerm(summary, 0), ...others])
}

/**
 * Replaces every pair of numerator and denominator by its ratio: [x, y, x₀, y₀, …] becomes [x/y, x₀/y₀, …], for a
 * ratio that is adjusted for itself in an earlier period. See {@link lineariseRatio}.
 *
 * @param summary an even number of components
 */
export function lineariseRatioPairs(summary: MomentsSummary): MomentsSummary {
  const pairs = Math.floor(summary.mean.length / 2)
  return combine(
    summary,
    Array.from({ length: pairs }, (_, pair) => ratioTerm(summary, 2 * pair)),
  )
}

/**
 * The same for a part of the units (a stratum), linearised about the ratio of them all: the mean of the new component
 * is R + (x̄ − R ȳ) / ȳ₀.
 *
 * @param numerator, denominator means x̄₀, ȳ₀ of all units
 */
export function lineariseRatioAt(
  summary: MomentsSummary,
  numerator: number,
  denominator: number,
): MomentsSummary {
  const ratio = denominator === 0 ? Number.NaN : numerator / denominator
  const term = {
    mean: ratio + ((summary.mean[0] as number) - ratio * (summary.mean[1] as number)) / denominator,
    components: [0, 1],
    weights: [1 / denominator, -ratio / denominator],
  }
  return combine(summary, [term, ...restOf(summary.mean.length, 2)])
}

/** A new component: its mean, and the old components that it combines. */
interface Term {
  readonly mean?: number
  readonly components: readonly number[]
  readonly weights: readonly number[]
}

function ratioTerm({ mean }: MomentsSummary, numerator: number): Term {
  const denominator = mean[numerator + 1] ?? Number.NaN
  const ratio = denominator === 0 ? Number.NaN : (mean[numerator] ?? Number.NaN) / denominator
  return {
    mean: ratio,
    components: [numerator, numerator + 1],
    weights: [1 / denominator, -ratio / denominator],
  }
}

function restOf(length: number, from: number): Term[] {
  return Array.from({ length: Math.max(0, length - from) }, (_, i) => ({
    components: [from + i],
    weights: [1],
  }))
}

function combine(summary: MomentsSummary, terms: readonly Term[]): MomentsSummary {
  return {
    units: summary.units,
    mean: terms.map((term) => term.mean ?? (summary.mean[term.components[0] as number] as number)),
    covariance: terms.map((first, i) =>
      terms.map((second, j) => combinedCovariance(summary, first, second, i === j)),
    ),
  }
}

/** Where the terms of a variance cancel within their rounding error nothing is left of it. */
function combinedCovariance(
  { covariance }: MomentsSummary,
  first: Term,
  second: Term,
  isVariance: boolean,
): number {
  let sum = 0
  let magnitude = 0
  for (const [i, a] of first.components.entries()) {
    for (const [j, b] of second.components.entries()) {
      const part =
        (first.weights[i] as number) * (second.weights[j] as number) * (covariance[a]?.[b] ?? Number.NaN)
      sum += part
      magnitude += Math.abs(part)
    }
  }
  return isVariance && sum <= 8 * Number.EPSILON * magnitude ? 0 : sum
}
