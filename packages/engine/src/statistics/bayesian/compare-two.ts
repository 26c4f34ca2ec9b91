import { normalTails } from '../distributions/normal.ts'
import { incompleteBeta } from '../special/incomplete-beta.ts'
import { fromLogLower, fromLogUpper, type Tails } from '../special/tails.ts'
import { type Contest, contest } from './contest.ts'
import { logFarChance, logFarLoss } from './far-tail.ts'
import { type Line, LOG_LINE, LOGIT_LINE } from './line.ts'
import { type LogConcaveDensity, logitOfBeta, logOfGamma } from './log-concave.ts'
import {
  type BetaDistribution,
  type GammaDistribution,
  isBeta,
  isGamma,
  type NormalDistribution,
} from './posterior.ts'
import { unitNormalLoss } from './unit-normal-loss.ts'

/** A treatment against a control, by what is known of each. */
export interface ChanceAndLoss {
  /** P(treatment > control). */
  readonly chanceToBeatControl: number
  readonly chanceControlBetter: number
  /** Also where the chance underflows to 0. */
  readonly log10ChanceToBeatControl: number
  readonly log10ChanceControlBetter: number
  /** Mean of what is lost by choosing the treatment where the control is better, in units of the value. */
  readonly expectedLossChoosingTreatment: number
  readonly expectedLossChoosingControl: number
}

export const NO_COMPARISON: ChanceAndLoss = {
  chanceToBeatControl: Number.NaN,
  chanceControlBetter: Number.NaN,
  log10ChanceToBeatControl: Number.NaN,
  log10ChanceControlBetter: Number.NaN,
  expectedLossChoosingTreatment: Number.NaN,
  expectedLossChoosingControl: Number.NaN,
}

/** Densities are cut off so far below their peaks; chances down to {@link FAR} keep twelve digits then. */
const DEPTH = 40
const FAR = 1e-8

/**
 * Two probabilities, each with its beta distribution: by quadrature, to 1e-12 relative in chance and loss
 * however small, for parameters from 1e-3 to 1e12.
 *
 * @returns NaN when a distribution is outside its domain
 *
 * Source: Miller 2014, "Formulas for Bayesian A/B testing", and Stucchio 2015, "Bayesian A/B testing at VWO",
 * for the quantities; computed as ∫ g G and ∫ G (1 − G), which cancel nothing.
 */
export function compareBetas(control: BetaDistribution, treatment: BetaDistribution): ChanceAndLoss {
  if (!isBeta(control) || !isBeta(treatment)) return NO_COMPARISON
  return chanceAndLossOnLine(logitOfBeta(control), logitOfBeta(treatment), LOGIT_LINE)
}

/**
 * Two rates, each with its gamma distribution. The chance is exact: with rates βᵢ and shapes aᵢ,
 * P(second > first) = I(a₁, a₂) at β₁ / (β₁ + β₂), because β₁X₁ / (β₁X₁ + β₂X₂) is a beta variable. The loss
 * as in {@link compareBetas}.
 *
 * @returns NaN when a distribution is outside its domain
 *
 * Source: Miller 2014, section on count data, in closed form.
 */
export function compareGammas(control: GammaDistribution, treatment: GammaDistribution): ChanceAndLoss {
  if (!isGamma(control) || !isGamma(treatment)) return NO_COMPARISON
  const sum = control.rate + treatment.rate
  const share = [control.rate / sum, treatment.rate / sum] as const
  const chance = incompleteBeta(share[0], control.shape, treatment.shape, share[1])
  const losses = lossesOnLine(logOfGamma(control), logOfGamma(treatment), LOG_LINE, chance)
  return chanceAndLoss(chance, losses)
}

/**
 * Two means, each with its normal distribution; or an effect with its distribution against a control that is 0
 * for certain (standard deviation 0). In closed form.
 *
 * @returns NaN when a mean is not finite, or a standard deviation below 0
 */
export function compareNormals(control: NormalDistribution, treatment: NormalDistribution): ChanceAndLoss {
  const difference = treatment.mean - control.mean
  const deviation = Math.hypot(control.standardDeviation, treatment.standardDeviation)
  const isInDomain =
    Number.isFinite(difference) && control.standardDeviation >= 0 && treatment.standardDeviation >= 0
  if (!isInDomain || !(deviation < Number.POSITIVE_INFINITY)) return NO_COMPARISON
  if (deviation === 0) return certain(difference)
  const z = difference / deviation
  return chanceAndLoss(normalTails(z), {
    treatment: deviation * unitNormalLoss(z),
    control: deviation * unitNormalLoss(-z),
  })
}

/** Without doubt; a tie is half a chance for each. */
function certain(difference: number): ChanceAndLoss {
  const lower = difference === 0 ? 0.5 : Number(difference > 0)
  return chanceAndLoss(
    { lower, upper: 1 - lower, logLower: Math.log(lower), logUpper: Math.log(1 - lower) },
    { treatment: Math.max(0, -difference), control: Math.max(0, difference) },
  )
}

/** What is lost on average by choosing each. */
interface Losses {
  readonly treatment: number
  readonly control: number
}

/** @param chance P(treatment > control) as `lower` */
function chanceAndLoss(chance: Tails, losses: Losses): ChanceAndLoss {
  return {
    chanceToBeatControl: chance.lower,
    chanceControlBetter: chance.upper,
    log10ChanceToBeatControl: chance.logLower / Math.LN10,
    log10ChanceControlBetter: chance.logUpper / Math.LN10,
    expectedLossChoosingTreatment: losses.treatment,
    expectedLossChoosingControl: losses.control,
  }
}

function chanceAndLossOnLine(
  control: LogConcaveDensity,
  treatment: LogConcaveDensity,
  line: Line,
): ChanceAndLoss {
  const both = contest([control, treatment], line, DEPTH)
  const [controlChance = 0, treatmentChance = 0] = both.chances
  const isTreatmentBetter = treatmentChance > controlChance
  const small = Math.min(controlChance, treatmentChance)
  const logSmall =
    small > FAR
      ? Math.log(small)
      : isTreatmentBetter
        ? logFarChance(control, [treatment])
        : logFarChance(treatment, [control])
  const chance = isTreatmentBetter ? fromLogUpper(logSmall) : fromLogLower(logSmall)
  return chanceAndLoss(chance, withFarLoss(both, control, treatment, line, chance))
}

function lossesOnLine(
  control: LogConcaveDensity,
  treatment: LogConcaveDensity,
  line: Line,
  chance: Tails,
): Losses {
  return withFarLoss(contest([control, treatment], line, DEPTH), control, treatment, line, chance)
}

/** Where one is hardly ever the better, what choosing the other loses is taken from its far tail. */
function withFarLoss(
  { losses }: Contest,
  control: LogConcaveDensity,
  treatment: LogConcaveDensity,
  line: Line,
  chance: Tails,
): Losses {
  const [controlLoss = 0, treatmentLoss = 0] = losses
  if (chance.upper < FAR)
    return { control: controlLoss, treatment: Math.exp(logFarLoss(treatment, control, line)) }
  if (chance.lower < FAR)
    return { control: Math.exp(logFarLoss(control, treatment, line)), treatment: treatmentLoss }
  return { control: controlLoss, treatment: treatmentLoss }
}
