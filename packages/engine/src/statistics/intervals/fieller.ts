import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import type { Estimate } from './relative-effect.ts'

/**
 * Which ratios agree with the data.
 *
 * `bounded`: those from `low` to `high`. `exclusive`: those up to `low` and those from `high` on, none between
 * (the denominator may be 0, the numerator is not). `unbounded`: every one.
 */
export interface FiellerSet {
  readonly kind: 'bounded' | 'exclusive' | 'unbounded'
  readonly low: number
  readonly high: number
}

const EVERYTHING: FiellerSet = {
  kind: 'unbounded',
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
}

/**
 * Fieller's confidence set of a ratio numerator / denominator of two estimates. Right also where the denominator is
 * near 0, which is where the delta method is not; there the set is no interval, and says so.
 *
 * @param numerator, denominator finite values with variances ≥ 0
 * @param alpha in (0, 1): the set holds with confidence 1 − alpha
 * @param covariance of the two estimates; 0 where they are independent
 * @param degreesOfFreedom of the standard errors; Infinity where they count as known
 * @returns undefined outside the domain, and where the denominator is exactly 0
 *
 * Source: Fieller 1954, doi:10.1111/j.2517-6161.1954.tb00159.x; the three kinds: von Luxburg & Franz 2009,
 * arXiv:0711.0198.
 */
export function fiellerSet(
  numerator: Estimate,
  denominator: Estimate,
  alpha: number,
  covariance = 0,
  degreesOfFreedom = Number.POSITIVE_INFINITY,
): FiellerSet | undefined {
  if (!(isEstimate(numerator) && isEstimate(denominator) && alpha > 0 && alpha < 1)) return undefined
  const z = -studentTQuantile(alpha / 2, degreesOfFreedom)
  // In units of their own size neither squares nor products leave the range of doubles.
  const [a, aError, aSize] = inOwnUnits(numerator)
  const [b, bError, bSize] = inOwnUnits(denominator)
  if (!(bSize > 0)) return undefined
  const shared = aSize === 0 ? 0 : covariance / aSize / bSize
  // The set is { r : A r² − 2 B r + C ≤ 0 }.
  const leading = (Math.abs(b) - z * bError) * (Math.abs(b) + z * bError)
  const middle = a * b - z * z * shared
  const last = (Math.abs(a) - z * aError) * (Math.abs(a) + z * aError)
  const spread = (a * bError) ** 2 - 2 * a * b * shared + (b * aError) ** 2
  const discriminant = z * z * (spread - z * z * ((aError * bError) ** 2 - shared * shared))
  if (aSize === 0) return leading > 0 ? { kind: 'bounded', low: 0, high: 0 } : EVERYTHING
  if (discriminant < 0 || (leading === 0 && middle === 0)) return EVERYTHING
  const roots = rootsOf(leading, middle, last, Math.sqrt(discriminant)).map((root) => root * (aSize / bSize))
  const [low, high] = [Math.min(...roots), Math.max(...roots)]
  if (Number.isNaN(low)) return undefined
  return { kind: leading > 0 ? 'bounded' : 'exclusive', low, high }
}

/**
 * Fieller's confidence set of the relative effect (treatment − control) / control of two independent estimates; see
 * {@link fiellerSet}. It excludes 0 exactly when |treatment − control| exceeds z standard errors.
 */
export function relativeEffectSet(
  control: Estimate,
  treatment: Estimate,
  alpha: number,
  degreesOfFreedom = Number.POSITIVE_INFINITY,
  covariance = 0,
): FiellerSet | undefined {
  const difference = {
    value: treatment.value - control.value,
    variance: control.variance + treatment.variance - 2 * covariance,
  }
  return fiellerSet(difference, control, alpha, covariance - control.variance, degreesOfFreedom)
}

/** Value and standard error divided by the larger of the two, and that. */
function inOwnUnits({ value, variance }: Estimate): readonly [number, number, number] {
  const standardError = Math.sqrt(variance)
  const size = Math.max(Math.abs(value), standardError)
  return size === 0 ? [0, 0, 0] : [value / size, standardError / size, size]
}

/** Roots of A r² − 2 B r + C from ½√discriminant, without cancellation; infinite where A is 0. */
function rootsOf(leading: number, middle: number, last: number, root: number): readonly [number, number] {
  const sum = middle >= 0 ? middle + root : middle - root
  if (sum === 0) return [0, 0]
  const far = leading === 0 ? -Math.sign(sum) * Number.POSITIVE_INFINITY : sum / leading
  return [far, last / sum]
}

function isEstimate({ value, variance }: Estimate): boolean {
  return Number.isFinite(value) && variance >= 0 && Number.isFinite(variance)
}
