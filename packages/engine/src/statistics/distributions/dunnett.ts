import { findRoot } from '../special/find-root.ts'
import type { TreatmentGroup } from './dunnett-far-tail.ts'
import { logUpperTailKnownVariance, treatmentGroups } from './dunnett-known-variance.ts'
import { normalQuantile } from './normal-quantile.ts'
import { studentTQuantile } from './student-t-quantile.ts'
import { peakOfFalling, studentize } from './studentize.ts'

/** Whether a treatment counts that differs from the control either way, or only one that is better. */
export type Alternative = 'two-sided' | 'greater'

/** How much steeper the largest of many makes the tail, as measured. */
const BEND = 0.3

/** Further below 0 the one-sided tail is nearly 1, whatever s is. */
const STEEPEST_BELOW_ZERO = 4

const LARGEST_ALPHA = 0.999999

/** Stands for 0 at the end of a bracket where t has one sign. */
const NEAR_ZERO = 1e-9

/**
 * How the differences of treatments from one control hang together: the correlation of two of them is the product
 * of their loadings.
 *
 * @param control size of the control group, > 0
 * @param treatments sizes of the treatment groups, > 0
 * @returns λᵢ = √(nᵢ / (n₀ + nᵢ)): the part of the standard error of the i-th difference that the control brings.
 *   Without equal variances take that part directly, the standard error of the control's mean over that of the
 *   difference
 *
 * Source: Dunnett 1955, doi:10.1080/01621459.1955.10501294.
 */
export function dunnettLoadings(control: number, treatments: readonly number[]): number[] {
  return treatments.map((size) => 1 / Math.sqrt(1 + control / size))
}

/**
 * Probability that, with no treatment different from the control, the largest of their t statistics (two-sided: the
 * largest |t|) is beyond `statistic`: the p-value of Dunnett's test, adjusted for the number of treatments. Relative
 * error below 1e-11 down to 1e-300.
 *
 * @param statistic any number; two-sided its sign does not matter
 * @param loadings λᵢ in [0, 1), one per treatment; see {@link dunnettLoadings}
 * @param degreesOfFreedom of the pooled variance, > 0; Infinity when the variances are known
 * @returns NaN outside the domain, and without treatments
 *
 * Given the control's error z and the ratio s of estimated to true standard deviation the treatments are independent:
 * a double integral, whose inner part is in `dunnett-known-variance.ts`. Source: Dunnett 1955; Genz & Bretz 2009,
 * Computation of Multivariate Normal and t Probabilities, doi:10.1007/978-3-642-01689-9.
 */
export function dunnettUpperTail(
  statistic: number,
  loadings: readonly number[],
  degreesOfFreedom: number,
  alternative: Alternative = 'two-sided',
): number {
  return Math.exp(dunnettLogUpperTail(statistic, loadings, degreesOfFreedom, alternative))
}

/** Natural logarithm of {@link dunnettUpperTail}, exact where that underflows. */
export function dunnettLogUpperTail(
  statistic: number,
  loadings: readonly number[],
  degreesOfFreedom: number,
  alternative: Alternative = 'two-sided',
): number {
  const groups = treatmentGroups(loadings)
  if (!(degreesOfFreedom > 0) || Number.isNaN(statistic) || groups.length === 0) return Number.NaN
  const t = alternative === 'two-sided' ? Math.abs(statistic) : statistic
  if (Math.abs(t) === Number.POSITIVE_INFINITY) return t > 0 ? Number.NEGATIVE_INFINITY : 0
  return tailFunction(t, groups, degreesOfFreedom, alternative)(t)
}

/**
 * The value that the largest t statistic passes with probability `alpha` when no treatment differs: the critical value
 * of Dunnett's test, and the multiplier of the standard errors in its simultaneous intervals.
 *
 * @param alpha in (0, 0.999999]; beyond, too little of the other tail is left to tell
 * @returns NaN outside the domain of {@link dunnettUpperTail}
 */
export function dunnettCriticalValue(
  alpha: number,
  loadings: readonly number[],
  degreesOfFreedom: number,
  alternative: Alternative = 'two-sided',
): number {
  const groups = treatmentGroups(loadings)
  if (!(alpha > 0 && alpha <= LARGEST_ALPHA && degreesOfFreedom > 0) || groups.length === 0) return Number.NaN
  const sides = alternative === 'two-sided' ? 2 : 1
  const goal = Math.log(alpha)
  // One comparison is exceeded less often than the largest of all, which is exceeded less often than Bonferroni's.
  let low = widened(-studentTQuantile(alpha / sides, degreesOfFreedom), -1)
  let high = widened(-studentTQuantile(alpha / (sides * loadings.length), degreesOfFreedom), 1)
  if (low === Number.POSITIVE_INFINITY) return low
  high = Math.min(high, Number.MAX_VALUE)
  const atZero = tailFunction(0, groups, degreesOfFreedom, alternative)(0)
  if (goal < atZero) low = Math.max(low, NEAR_ZERO)
  else if (goal > atZero) high = Math.min(high, -NEAR_ZERO)
  else return 0
  const logTail = tailFunction(low + (high - low) / 2, groups, degreesOfFreedom, alternative)
  return findRoot((t) => logTail(t) - goal, low, high, 1e-14)
}

/** Moved a little in the given direction, since rounding may have taken it over the root. */
function widened(t: number, direction: 1 | -1): number {
  return Number.isFinite(t) ? t + direction * 1e-9 * Math.abs(t) : t
}

/** log P(max > t) as a function of t with the sign of a given one that is near. */
function tailFunction(
  near: number,
  groups: readonly TreatmentGroup[],
  degreesOfFreedom: number,
  alternative: Alternative,
): (t: number) => number {
  const twoSided = alternative === 'two-sided'
  const known = (threshold: number): number => logUpperTailKnownVariance({ threshold, groups, twoSided })
  if (near === 0) return known
  const logTailAtZero = known(0)
  const treatments = groups.reduce((sum, { count }) => sum + count, 0)
  const steeper = Math.SQRT2 * (1 + BEND * Math.log(treatments))
  if (near > 0) {
    const peak = peakOfFalling(-normalQuantile(0.5 / treatments), 1)
    const steepness = (c: number): number => steeper * c
    return studentize({ logTail: known, logTailAtZero, peak, steepness }, degreesOfFreedom, near)
  }
  const steepness = (c: number): number => steeper * Math.min(c, STEEPEST_BELOW_ZERO)
  const logTail = (c: number): number => known(-c)
  const below = studentize({ logTail, logTailAtZero, peak: () => 1, steepness }, degreesOfFreedom, -near)
  return (t) => below(-t)
}
