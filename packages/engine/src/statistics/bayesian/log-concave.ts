import { normalLogSf } from '../distributions/normal.ts'
import { incompleteBeta } from '../special/incomplete-beta.ts'
import { incompleteGamma } from '../special/incomplete-gamma.ts'
import { stirlingError } from '../special/log-gamma.ts'
import { fromLogLower, fromLogUpper } from '../special/tails.ts'
import { expm1Minus, logistic, logitExcess } from './excess.ts'
import { LOGIT_LINE } from './line.ts'
import type { BetaDistribution, GammaDistribution, NormalDistribution } from './posterior.ts'

const LOG_TWO_PI = 1.8378770664093454836

/**
 * A density that is log-concave along a line where it has no boundary: the logit of a probability, the
 * logarithm of a rate, a mean itself. There even a Beta(0.01, 1e9) variable has a smooth density with a
 * single peak, and quadrature needs few points.
 *
 * About any point c the logarithm of the density is log g(c) + slope(c) δ − weight(c) · excess(c, δ), where
 * the excess belongs to the line and is shared by all densities on it.
 */
export interface LogConcaveDensity {
  /** Where the density is highest, on the line. */
  readonly mode: number
  readonly logPeak: number
  /** log g(at) − log g(mode), at most 0, to full relative accuracy also beside the mode. */
  drop(at: number): number
  /** Derivative of log g. */
  slope(at: number): number
  weight(at: number): number
  /** Largest −(log g)″ between two points. */
  curvature(from: number, to: number): number
  /** log P(below) and log P(above), whatever they are. */
  logTails(at: number): { readonly logLower: number; readonly logUpper: number }
}

/** On the {@link LOGIT_LINE}. */
export function logitOfBeta({ a, b }: BetaDistribution): LogConcaveDensity {
  const n = a + b
  const p = a / n
  const q = b / n
  const mode = Math.log(a) - Math.log(b)
  const leading = (Math.log(Math.min(a, b)) + Math.log(Math.max(a, b) / n) - LOG_TWO_PI) / 2
  const logPeak = leading + stirlingError(n) - stirlingError(Math.max(a, b)) - stirlingError(Math.min(a, b))
  const drop = (at: number): number => -n * logitExcess(p, q, at - mode)
  return {
    mode,
    logPeak,
    drop,
    slope: (at) => logitSlope(a, b, at - mode),
    weight: () => n,
    curvature: (from, to) =>
      from < 0 && to > 0 ? n / 4 : n * LOGIT_LINE.stretch(Math.abs(from) < Math.abs(to) ? from : to),
    logTails: (at) => {
      // Where the value leaves the range of doubles the first term of the power series is all there is.
      if (at < -690) return fromLogLower(logPeak + drop(at) - Math.log(a))
      if (at > 690) return fromLogUpper(logPeak + drop(at) - Math.log(b))
      return incompleteBeta(logistic(at), a, b, logistic(-at))
    },
  }
}

/** On the {@link LOG_LINE}. */
export function logOfGamma({ shape, rate }: GammaDistribution): LogConcaveDensity {
  const mode = Math.log(shape) - Math.log(rate)
  const logPeak = (Math.log(shape) - LOG_TWO_PI) / 2 - stirlingError(shape)
  const drop = (at: number): number => -shape * expm1Minus(at - mode)
  return {
    mode,
    logPeak,
    drop,
    slope: (at) => -shape * Math.expm1(at - mode),
    weight: (at) => shape * Math.exp(at - mode),
    curvature: (_from, to) => shape * Math.exp(to - mode),
    logTails: (at) => {
      if (at - mode < -690) return fromLogLower(logPeak + drop(at) - Math.log(shape))
      return incompleteGamma(shape, shape * Math.exp(at - mode))
    },
  }
}

/** On the {@link REAL_LINE}. */
export function normalDensityOf({ mean, standardDeviation }: NormalDistribution): LogConcaveDensity {
  const weight = 1 / (standardDeviation * standardDeviation)
  return {
    mode: mean,
    logPeak: -Math.log(standardDeviation) - LOG_TWO_PI / 2,
    drop: (at) => -(((at - mean) / standardDeviation) ** 2) / 2,
    slope: (at) => -(at - mean) * weight,
    weight: () => weight,
    curvature: () => weight,
    logTails: (at) => {
      const z = (at - mean) / standardDeviation
      return { logLower: normalLogSf(-z), logUpper: normalLogSf(z) }
    },
  }
}

function logitSlope(a: number, b: number, distance: number): number {
  const [p, q, towards] = distance > 0 ? [b, a, -distance] : [a, b, distance]
  const slope = (-p * q * Math.expm1(towards)) / (q + p * Math.exp(towards))
  return distance > 0 ? -slope : slope
}
