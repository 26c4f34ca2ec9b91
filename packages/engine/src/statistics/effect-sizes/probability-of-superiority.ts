import { normalQuantile } from '../distributions/normal-quantile.ts'
import { estimateSuperiority } from '../hypothesis-tests/brunner-munzel.ts'
import { tMargin } from '../hypothesis-tests/t-inference.ts'
import type { Interval } from '../intervals/mover.ts'
import { findRoot } from '../special/find-root.ts'

/** P(a treated unit's value > a control unit's) + P(equal) / 2, with its interval. */
export interface ProbabilityOfSuperiority {
  readonly estimate: number
  /** By Brunner and Munzel; 0 where the samples do not overlap. */
  readonly standardError: number
  readonly low: number
  readonly high: number
  readonly method: 'brunner-munzel-logit' | 'newcombe'
}

/**
 * How often would a unit do better under the treatment? Interval by Brunner and Munzel's standard error and t on the
 * logit scale, which keeps it in [0, 1]; where that standard error is 0 (samples that do not overlap, all values
 * equal) by {@link newcombeSuperiorityInterval}.
 *
 * @param control, treatment at least two values each, without NaN
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Brunner & Munzel 2000, doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U; logit: first-order
 * delta method, SE / (p(1 − p)).
 */
export function probabilityOfSuperiority(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  alpha: number,
): ProbabilityOfSuperiority {
  const { estimate, standardError, degreesOfFreedom } = estimateSuperiority(control, treatment)
  if (!(standardError > 0)) {
    const interval = newcombeSuperiorityInterval(estimate, control.length, treatment.length, alpha)
    return { estimate, standardError, ...interval, method: 'newcombe' }
  }
  const logit = Math.log(estimate / (1 - estimate))
  const margin = tMargin(standardError / estimate / (1 - estimate), degreesOfFreedom, alpha)
  return {
    estimate,
    standardError,
    low: logistic(logit - margin),
    high: logistic(logit + margin),
    method: 'brunner-munzel-logit',
  }
}

/**
 * Interval of the probability of superiority from its estimate and the sizes alone: the probabilities θ whose
 * distance from the estimate is at most z times their own standard error, under exponential distributions.
 *
 * @param estimate in [0, 1], ties counted half
 * @param m, n sizes of the samples ≥ 1
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Newcombe 2006, Statistics in Medicine 25:559–573, method 5; its variance is that of Hanley & McNeil 1982,
 * doi:10.1148/radiology.143.1.7063747, with both sizes in two terms replaced by their mean.
 */
export function newcombeSuperiorityInterval(estimate: number, m: number, n: number, alpha: number): Interval {
  const isValid = estimate >= 0 && estimate <= 1 && m >= 1 && n >= 1 && alpha > 0 && alpha < 1
  if (!isValid) return { low: Number.NaN, high: Number.NaN }
  const z = -normalQuantile(alpha / 2)
  return { low: 1 - upperLimit(1 - estimate, m, n, z), high: upperLimit(estimate, m, n, z) }
}

/** θ ≥ estimate with (θ − estimate)² = z² variance(θ); the variance is symmetric in θ and 1 − θ. */
function upperLimit(estimate: number, m: number, n: number, z: number): number {
  if (estimate === 1) return 1
  const others = (m + n) / 2 - 1
  return findRoot(
    (theta) => {
      const extra = others * ((1 - theta) / (2 - theta) + theta / (1 + theta))
      const variance = ((theta * (1 - theta)) / m / n) * (1 + extra)
      return theta - estimate - z * Math.sqrt(variance)
    },
    // At 0 the distance is 0, too.
    Math.max(estimate, 1e-300),
    1,
  )
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
