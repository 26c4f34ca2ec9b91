import { normalLogSf } from '../distributions/normal.ts'
import { findRoot } from '../special/find-root.ts'
import { incompleteGamma } from '../special/incomplete-gamma.ts'
import { deviance, stirlingError } from '../special/log-gamma.ts'
import { mixtureRadius } from './normal-mixture.ts'

/**
 * Curves that a sum of centred outcomes crosses with probability alpha at most, at any time at all. They are functions
 * of the intrinsic time v: the accumulated variance (or its bound), > 0. What kind of sums each is for is said there.
 *
 * Source of all: Howard, Ramdas, McAuliffe & Sekhon 2021, Time-uniform, nonparametric, nonasymptotic confidence
 * sequences, doi:10.1214/20-AOS1991 (arXiv:1810.08240).
 */

/**
 * ρ that makes the two-sided normal mixture about the lowest at an intrinsic time; the one-sided with `2 · alpha`.
 *
 * @param bestAt v > 0
 * @param alpha in (0, 1)
 * @returns NaN outside the domain
 *
 * Source: proposition 3 with the approximation of W₋₁ of section 3.5.
 */
export function mixtureScale(bestAt: number, alpha: number): number {
  if (!isPositive(bestAt) || !isAlpha(alpha)) return Number.NaN
  const evidence = -2 * Math.log(alpha)
  return bestAt / (evidence + Math.log1p(evidence))
}

/**
 * For the absolute value of sub-Gaussian sums.
 *
 * @param v > 0
 * @param alpha in (0, 1), of both sides together
 * @param scale ρ > 0, see {@link mixtureScale}
 * @returns NaN outside the domain
 *
 * Source: proposition 5, equation 14.
 */
export function twoSidedNormalMixtureBoundary(v: number, alpha: number, scale: number): number {
  if (!isPositive(v) || !isAlpha(alpha) || !isPositive(scale)) return Number.NaN
  return Math.sqrt(v) * mixtureRadius(v / scale, alpha)
}

/**
 * For sub-Gaussian sums, upwards only.
 *
 * @param alpha in (0, 1)
 * @param scale ρ > 0, see {@link mixtureScale}
 *
 * Source: proposition 6: where the mixture over positive alternatives is 1 / alpha.
 */
export function oneSidedNormalMixtureBoundary(v: number, alpha: number, scale: number): number {
  if (!isPositive(v) || !isAlpha(alpha) || !isPositive(scale)) return Number.NaN
  const threshold = -Math.log(alpha) - Math.LN2 + Math.log1p(v / scale) / 2
  const z = findRoot((y) => (y * y) / 2 + normalLogSf(-y) - threshold, 0, Math.sqrt(2 * threshold + 2))
  return z * Math.sqrt(v + scale)
}

export interface Stitching {
  /** Intrinsic time > 0 from which the curve is to be good; before it, it is flat. */
  readonly from: number
  /** Scale of sub-gamma sums ≥ 0 (outcomes bounded by 1 from below −c…); 0 for sub-Gaussian ones. */
  readonly scale: number
  /** s > 1: how fast error is spent on later epochs; 1.4 unless given. */
  readonly exponent?: number
  /** η > 1: ratio of the lengths of epochs; 2 unless given. */
  readonly spacing?: number
}

/**
 * For sub-gamma sums, upwards only; grows like √(v log log v), the slowest possible.
 *
 * @param alpha in (0, 1)
 *
 * Source: theorem 1, with h(k) = (k + 1)ˢ ζ(s), equation 10.
 */
export function polynomialStitchingBoundary(v: number, alpha: number, stitching: Stitching): number {
  const { from, scale, exponent: s = 1.4, spacing = 2 } = stitching
  const isValid = v > 0 && v < Number.POSITIVE_INFINITY && isAlpha(alpha) && isPositive(from) && scale >= 0
  if (!isValid || !(s > 1 && spacing > 1)) return Number.NaN
  const time = Math.max(v, from)
  const logSpacing = Math.log(spacing)
  const epochs = Math.log(spacing * (time / from))
  const loss = s * Math.log(epochs) + Math.log(riemannZeta(s)) - Math.log(alpha) - s * Math.log(logSpacing)
  const first = (spacing ** 0.25 + spacing ** -0.25) / Math.SQRT2
  const second = ((Math.sqrt(spacing) + 1) / 2) * scale * loss
  return Math.sqrt(first * first * time * loss + second * second) + second
}

/**
 * For sub-exponential sums (and so for sub-gamma ones), upwards only: where their mixture is 1 / alpha.
 *
 * @param alpha in (0, 1)
 * @param mixture `scale` c > 0 of the sub-exponential tails; `rho` > 0, see {@link mixtureScale} with 2 · alpha
 *
 * Source: proposition 9, with the logarithms of Γ by Stirling's formula, so that what is large cancels on paper.
 */
export function gammaExponentialMixtureBoundary(
  v: number,
  alpha: number,
  { rho, scale }: { readonly rho: number; readonly scale: number },
): number {
  if (!isPositive(v) || !isAlpha(alpha) || !isPositive(rho) || !isPositive(scale)) return Number.NaN
  const prior = rho / (scale * scale)
  const shape = (v + rho) / (scale * scale)
  const constant =
    Math.log(prior / shape) / 2 +
    stirlingError(shape) -
    stirlingError(prior) -
    incompleteGamma(prior, prior).logLower
  const logMixture = (shift: number) =>
    deviance(shape, shape + shift, -shift) + constant + incompleteGamma(shape, shape + shift).logLower
  const threshold = -Math.log(alpha)
  let high = Math.sqrt(shape)
  while (logMixture(high) < threshold) high *= 2
  return scale * findRoot((shift) => logMixture(shift) - threshold, 0, high)
}

/** ζ(s) for s > 1 by Euler–Maclaurin summation from 20 on; Abramowitz & Stegun 1964, 23.2.3. */
function riemannZeta(s: number): number {
  const from = 20
  let correction = (s / 12) * from ** (-s - 1)
  correction -= ((s * (s + 1) * (s + 2)) / 720) * from ** (-s - 3)
  correction += ((s * (s + 1) * (s + 2) * (s + 3) * (s + 4)) / 30240) * from ** (-s - 5)
  let sum = from ** (1 - s) / (s - 1) + from ** -s / 2 + correction
  for (let n = from - 1; n >= 1; n--) sum += n ** -s
  return sum
}

function isAlpha(alpha: number): boolean {
  return alpha > 0 && alpha < 1
}

function isPositive(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY
}
