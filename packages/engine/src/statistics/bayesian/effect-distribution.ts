import { normalCdf, normalDensity, normalSf } from '../distributions/normal.ts'
import type { EffectDistribution } from './effect.ts'
import { LOG_LINE, LOGIT_LINE, REAL_LINE } from './line.ts'
import { logitOfBeta, logOfGamma, normalDensityOf } from './log-concave.ts'
import {
  type BetaDistribution,
  betaSummary,
  type GammaDistribution,
  gammaSummary,
  isBeta,
  isGamma,
  isNormal,
  type NormalDistribution,
} from './posterior.ts'
import { tabulate } from './posterior-table.ts'
import { PROBABILITY_DIFFERENCE, PROBABILITY_LIFT, RATE_DIFFERENCE, RATE_LIFT } from './relation.ts'
import { type TabulatedArm, twoArmEffect } from './two-arm-effect.ts'

/** How a treatment is compared with a control: by treatment − control, or by (treatment − control) / control. */
export type Comparison = 'difference' | 'lift'

/** Beyond so many standard deviations from 0 a control has its sign for certain. */
const CERTAIN_SIGN = 8.5

/**
 * The distribution of the effect of a treatment on a probability, each arm with its beta distribution.
 *
 * @returns undefined when a distribution is outside its domain
 */
export function betaEffect(
  control: BetaDistribution,
  treatment: BetaDistribution,
  comparison: Comparison,
): EffectDistribution | undefined {
  const arms = [tabulatedBeta(control), tabulatedBeta(treatment)]
  return arms[0] && arms[1] ? tabulatedBetaEffect(arms[0], arms[1], comparison) : undefined
}

/** An arm as {@link tabulatedBetaEffect} takes it: made once, compared often. */
export interface TabulatedBeta extends TabulatedArm {
  readonly mean: number
}

/** @returns undefined when the distribution is outside its domain */
export function tabulatedBeta(distribution: BetaDistribution): TabulatedBeta | undefined {
  if (!isBeta(distribution)) return undefined
  return { table: tabulate(logitOfBeta(distribution), LOGIT_LINE), ...betaSummary(distribution) }
}

/** As {@link betaEffect}, for arms that are tabulated already. */
export function tabulatedBetaEffect(
  control: TabulatedBeta,
  treatment: TabulatedBeta,
  comparison: Comparison,
): EffectDistribution {
  const relation = comparison === 'lift' ? PROBABILITY_LIFT : PROBABILITY_DIFFERENCE
  return twoArmEffect({ control, treatment }, relation, scaleOf(control, treatment, comparison, 1))
}

/** The distribution of the effect on a rate, each arm with its gamma distribution; see {@link betaEffect}. */
export function gammaEffect(
  control: GammaDistribution,
  treatment: GammaDistribution,
  comparison: Comparison,
): EffectDistribution | undefined {
  if (!isGamma(control) || !isGamma(treatment)) return undefined
  const arm = (distribution: GammaDistribution) => ({
    table: tabulate(logOfGamma(distribution), LOG_LINE),
    ...gammaSummary(distribution),
  })
  const arms = { control: arm(control), treatment: arm(treatment) }
  const relation = comparison === 'lift' ? RATE_LIFT : RATE_DIFFERENCE
  return twoArmEffect(
    arms,
    relation,
    scaleOf(arms.control, arms.treatment, comparison, Number.POSITIVE_INFINITY),
  )
}

/**
 * The distribution of the effect on a mean, each arm with its normal distribution. The difference is normal; the
 * lift is the ratio of two normal variables, less 1, also where the control may have either sign.
 *
 * @returns undefined when a distribution is outside its domain
 *
 * Source: Hinkley 1969, doi:10.1093/biomet/56.3.635, eq. 1 for a control of uncertain sign (here by quadrature)
 * and section 3 for one that is certainly positive.
 */
export function normalEffect(
  control: NormalDistribution,
  treatment: NormalDistribution,
  comparison: Comparison,
): EffectDistribution | undefined {
  if (!isNormal(control) || !isNormal(treatment)) return undefined
  if (comparison === 'lift')
    return control.mean < 0
      ? normalLift(negative(control), negative(treatment))
      : normalLift(control, treatment)
  const centre = treatment.mean - control.mean
  const spread = Math.hypot(control.standardDeviation, treatment.standardDeviation)
  return {
    cdf: (value) => normalCdf((value - centre) / spread),
    density: (value) => normalDensity((value - centre) / spread) / spread,
    centre,
    spread,
    atScale: (point) => point,
    stretch: () => 1,
    least: Number.NEGATIVE_INFINITY,
    most: Number.POSITIVE_INFINITY,
  }
}

/** For a control whose mean is not negative. */
function normalLift(control: NormalDistribution, treatment: NormalDistribution): EffectDistribution {
  const ratio = treatment.mean / control.mean
  const distance = Math.max(1, control.mean / control.standardDeviation)
  const spread =
    Math.hypot(treatment.standardDeviation, Math.min(1e3, Math.abs(ratio) || 0) * control.standardDeviation) /
    (distance * control.standardDeviation)
  const scale = {
    centre: Number.isFinite(ratio) ? ratio - 1 : 0,
    spread,
    atScale: (point: number) => point,
    stretch: () => 1,
    least: Number.NEGATIVE_INFINITY,
    most: Number.POSITIVE_INFINITY,
  }
  return control.mean / control.standardDeviation > CERTAIN_SIGN
    ? { ...scale, ...certainLift(control, treatment) }
    : { ...scale, ...uncertainLift(control, treatment) }
}

/** P(treatment ≤ r control), which is a normal probability. */
function certainLift(control: NormalDistribution, treatment: NormalDistribution) {
  const z = (lift: number) => {
    const deviation = Math.hypot(treatment.standardDeviation, (1 + lift) * control.standardDeviation)
    return { deviation, z: ((1 + lift) * control.mean - treatment.mean) / deviation }
  }
  return {
    cdf: (lift: number) => normalCdf(z(lift).z),
    density: (lift: number) => {
      const { deviation, z: at } = z(lift)
      const slope = ((1 + lift) * control.standardDeviation ** 2) / deviation
      return (normalDensity(at) * (control.mean - at * slope)) / deviation
    },
  }
}

/** Over all values of the control; where it is negative the lift is small where the treatment is large. */
function uncertainLift(control: NormalDistribution, treatment: NormalDistribution) {
  const table = tabulate(normalDensityOf(control), REAL_LINE)
  const sumOver = (lift: number, f: (at: number, z: number) => number) => {
    const ratio = 1 + lift
    const { points, weights } = table.weightedPointsBeside([0, treatment.mean / ratio])
    let sum = 0
    for (let i = 0; i < points.length; i++) {
      const at = points[i] as number
      sum += (weights[i] as number) * f(at, (ratio * at - treatment.mean) / treatment.standardDeviation)
    }
    return sum
  }
  return {
    cdf: (lift: number) => sumOver(lift, (at, z) => (at > 0 ? normalCdf(z) : normalSf(z))),
    density: (lift: number) =>
      sumOver(lift, (at, z) => (Math.abs(at) * normalDensity(z)) / treatment.standardDeviation),
  }
}

/** Lifts of positive values by the logarithm of the ratio, which may be very skewed. */
function scaleOf(
  control: { readonly mean: number; readonly deviation: number },
  treatment: { readonly mean: number; readonly deviation: number },
  comparison: Comparison,
  largestDifference: number,
) {
  if (comparison === 'difference')
    return {
      centre: treatment.mean - control.mean,
      spread: Math.hypot(control.deviation, treatment.deviation),
      atScale: (point: number) => point,
      stretch: () => 1,
      least: -largestDifference,
      most: largestDifference,
    }
  return {
    centre: Math.log(treatment.mean / control.mean),
    spread: Math.hypot(control.deviation / control.mean, treatment.deviation / treatment.mean),
    atScale: Math.expm1,
    stretch: Math.exp,
    least: -1,
    most: Number.POSITIVE_INFINITY,
  }
}

function negative({ mean, standardDeviation }: NormalDistribution): NormalDistribution {
  return { mean: -mean, standardDeviation }
}
