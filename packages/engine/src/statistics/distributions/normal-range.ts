import { atLeastOne } from '../special/at-least-one.ts'
import { CENTRE_TO, centralHalf } from './mills-ratio.ts'
import { normalDensity, normalLogSf, normalSf, quickNormalSf } from './normal.ts'
import { normalQuantile } from './normal-quantile.ts'

const LOG_SQRT_TWO_PI = 0.9189385332046727418

/** e⁻³² is what the spacing of the trapezoidal rule leaves out. */
const DIGITS = 32
const NEGLIGIBLE = 1e-16
const MOST_TERMS = 200

/** How much finer nodes must be for the largest of many, as measured. */
const BEND = 0.6

/** From here on three extreme values together are less likely than a last digit, and Bonferroni's bound is exact. */
const BONFERRONI_FROM = 50

/**
 * log P(R > w) for the range R of k independent standard normal variables: k ∫ φ(z) (Φ(z)ᵏ⁻¹ − [Φ(z) − Φ(z − w)]ᵏ⁻¹) dz
 * over the largest of them, z, with the difference written so that small tails keep their digits.
 *
 * @param w ≥ 0
 * @param k a whole number ≥ 2
 *
 * Source: Tippett 1925; Copenhaver & Holland 1988, doi:10.1080/00949658808811082.
 */
export function logRangeUpperTail(w: number, k: number): number {
  if (w > BONFERRONI_FROM) return Math.log(k * (k - 1)) + normalLogSf(w / Math.SQRT2)
  const centre = Math.max(w / 2, -normalQuantile(1 / k))
  const spacing = Math.PI / Math.sqrt(DIGITS) / (1 + BEND * Math.log(k - 1))
  const integrand = (z: number): number => {
    const below = quickNormalSf(-z)
    if (below === 0) return 0
    const share = Math.min(1, quickNormalSf(w - z) / below)
    return Math.exp(-(z * z) / 2) * below ** (k - 1) * atLeastOne(share, k - 1)
  }
  return Math.min(0, Math.log(k * trapezoids(integrand, centre, spacing)) - LOG_SQRT_TWO_PI)
}

/** log P(R ≤ w): k ∫ φ(z) [Φ(z) − Φ(z − w)]ᵏ⁻¹ dz; see {@link logRangeUpperTail}. */
export function logRangeLowerTail(w: number, k: number): number {
  if (w === 0) return Number.NEGATIVE_INFINITY
  if (w > 1 - 2 * normalQuantile(0.5 / k)) return Math.log1p(-Math.exp(logRangeUpperTail(w, k)))
  const centre = w / 2
  const largest = intervalProbability(centre, w)
  const spacing = (Math.PI * Math.SQRT2) / Math.sqrt(DIGITS * k)
  const integrand = (z: number): number =>
    Math.exp((centre * centre - z * z) / 2) * (intervalProbability(z, w) / largest) ** (k - 1)
  const logSum =
    Math.log(k * trapezoids(integrand, centre, spacing)) - (centre * centre) / 2 - LOG_SQRT_TWO_PI
  return Math.min(0, logSum + (k - 1) * Math.log(largest))
}

/** ∫ of a function with one peak near `centre`. */
function trapezoids(f: (z: number) => number, centre: number, spacing: number): number {
  let sum = f(centre)
  for (const step of [spacing, -spacing]) {
    let before = sum
    for (let i = 1; ; i++) {
      const term = f(centre + i * step)
      sum += term
      if (!(term > NEGLIGIBLE * sum || term > before)) break
      before = term
    }
  }
  return sum * spacing
}

/** P(z − w < Z ≤ z) with full relative accuracy. */
function intervalProbability(z: number, w: number): number {
  if (w < 1) return narrowInterval(z - w / 2, w)
  // The interval or its mirror image, whichever lies higher.
  const to = Math.max(z, w - z)
  const from = to - w
  return from >= 0 ? normalSf(from) - normalSf(to) : half(to) + half(-from)
}

/** P(m − w/2 < Z ≤ m + w/2) = φ(m) w Σ He₂ⱼ(m) (w/2)²ʲ / (2j + 1)!, with Hermite polynomials by their recurrence. */
function narrowInterval(m: number, w: number): number {
  const step = w / 2
  let before = 1
  let hermite = m * step
  let sum = 1
  for (let n = 1; n < MOST_TERMS; n++) {
    // Terms hold the factor stepⁿ / n! of their degree n.
    const next = (m * step * hermite - step * step * before) / (n + 1)
    before = hermite
    hermite = next
    if (n % 2 === 0) continue
    sum += next / (n + 2)
    if (Math.abs(next) < sum * 1e-17 && Math.abs(before) < sum * 1e-17) break
  }
  return normalDensity(m) * w * sum
}

/** P(0 < Z ≤ z), z ≥ 0. */
function half(z: number): number {
  return z < CENTRE_TO ? centralHalf(z) : 0.5 - normalSf(z)
}
