import { incompleteGamma, logGammaFactor } from '../special/incomplete-gamma.ts'
import { logGamma } from '../special/log-gamma.ts'
import { solveLogTail } from './log-tail-solver.ts'
import { normalQuantile } from './normal-quantile.ts'

/** Below this shape the gamma variable is a power of a uniform one rather than nearly normal. */
const NORMAL_FROM = 0.5

/**
 * x with P(X ≤ x) = p for a gamma distribution; relative error near 1e-14, at most 1e-13 / shape for small shapes.
 *
 * @param p in [0, 1]; 0 and Infinity at the ends
 * @param shape > 0, finite
 * @param scale > 0, finite: the mean is shape · scale
 * @returns NaN outside the domain
 *
 * Halley's method on the logarithm of the smaller tail as a function of log x; started from Wilson & Hilferty
 * 1931, doi:10.1073/pnas.17.12.684, and for small shapes from the first term of NIST DLMF 8.7.1.
 */
export function gammaQuantile(p: number, shape: number, scale = 1): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  return p <= 0.5 ? at(p, 'lower', shape, scale) : at(1 - p, 'upper', shape, scale)
}

/** x with P(X > x) = q: {@link gammaQuantile} from the other side, exact also where 1 − q would be 1. */
export function gammaUpperQuantile(q: number, shape: number, scale = 1): number {
  if (!(q >= 0 && q <= 1)) return Number.NaN
  return q <= 0.5 ? at(q, 'upper', shape, scale) : at(1 - q, 'lower', shape, scale)
}

/** x with P(X ≤ x) = p for the chi-square distribution; see {@link gammaQuantile}. */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  return gammaQuantile(p, degreesOfFreedom / 2, 2)
}

/** x with P(X > x) = q for the chi-square distribution: the critical value of a test at level q. */
export function chiSquareUpperQuantile(q: number, degreesOfFreedom: number): number {
  return gammaUpperQuantile(q, degreesOfFreedom / 2, 2)
}

/** Below this the distribution is its first term to the last digit, and x soon leaves the range of doubles. */
const POWER_LAW_BELOW = 1e-260

/** x where the named tail is `probability`, which is at most ½. */
function at(probability: number, tail: 'lower' | 'upper', shape: number, scale: number): number {
  if (!(shape > 0 && scale > 0 && shape < Number.POSITIVE_INFINITY && scale < Number.POSITIVE_INFINITY))
    return Number.NaN
  if (probability === 0) return tail === 'lower' ? 0 : Number.POSITIVE_INFINITY
  const start = tail === 'lower' ? lowerStart(probability, shape) : upperStart(probability, shape)
  if (start < POWER_LAW_BELOW) return start * scale
  const standard = solveLogTail({
    start,
    goal: Math.log(probability),
    tailAt: (x) => {
      const { logLower, logUpper } = incompleteGamma(shape, x)
      const logTail = tail === 'lower' ? logLower : logUpper
      const slope = Math.exp(logGammaFactor(shape, x) - logTail)
      return { logTail, slope: tail === 'lower' ? slope : -slope, logDensitySlope: shape - x }
    },
    move: (x, step) => x * Math.exp(step),
  })
  return (standard ?? Number.NaN) * scale
}

function lowerStart(probability: number, shape: number): number {
  const power = Math.exp((Math.log(probability) + logGamma(shape + 1)) / shape)
  if (shape < NORMAL_FROM || power < 0.1 * shape) return power
  return Math.max(power, cubeStart(normalQuantile(probability), shape))
}

/** For small shapes from Q ≤ xᵃ⁻¹ e⁻ˣ / Γ(a) or Q ≈ P(X > x) of a power, whichever is met. */
function upperStart(probability: number, shape: number): number {
  if (shape >= NORMAL_FROM) return cubeStart(-normalQuantile(probability), shape)
  const power = Math.exp((Math.log1p(-probability) + logGamma(shape + 1)) / shape)
  const exponential = -Math.log(probability) - logGamma(shape)
  return Math.max(Math.min(power, 1), exponential)
}

/** Wilson & Hilferty: the cube root is nearly normal. */
function cubeStart(z: number, shape: number): number {
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))
  return shape * Math.max(root, 0.01) ** 3
}
