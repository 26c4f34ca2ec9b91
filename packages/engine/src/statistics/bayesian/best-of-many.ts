import { type Contest, chancesToBeLargest, contest } from './contest.ts'
import { logFarChance } from './far-tail.ts'
import { type Line, LOG_LINE, LOGIT_LINE, REAL_LINE } from './line.ts'
import { type LogConcaveDensity, logitOfBeta, logOfGamma, normalDensityOf } from './log-concave.ts'
import {
  type BetaDistribution,
  type GammaDistribution,
  isBeta,
  isGamma,
  isNormal,
  type NormalDistribution,
} from './posterior.ts'

/** Of each arm, in the order given. */
export interface BestOfMany {
  /** P(it has the largest value). */
  readonly chances: readonly number[]
  /** Mean of what is lost by choosing it instead of the best, in units of the value. */
  readonly expectedLosses: readonly number[]
}

/** Densities are cut off so far below their peaks; chances down to {@link FAR} keep ten digits then. */
const DEPTH = 38
const FAR = 1e-8
/** Of the reach of all arms: the least standard deviation that is told apart from none. */
const FINEST = 1e-10

/**
 * P(each of several probabilities is the largest), by their beta distributions: exact by quadrature, to 1e-12
 * in any and to 1e-9 relative also in the smallest.
 *
 * @param arms at least one; thousands are fine
 * @returns NaN for all when a distribution is outside its domain
 *
 * Source: Scott 2010, doi:10.1002/asmb.874, eq. 8: ∫ gₖ Π Gⱼ over j ≠ k.
 */
export function chancesBestBeta(arms: readonly BetaDistribution[]): number[] {
  if (!arms.every(isBeta)) return arms.map(() => Number.NaN)
  return chancesOnLine(arms.map(logitOfBeta), LOGIT_LINE)
}

/** P(each of several means is the largest), by their normal distributions; see {@link chancesBestBeta}. */
export function chancesBestNormal(arms: readonly NormalDistribution[]): number[] {
  if (!arms.every(isNormal)) return arms.map(() => Number.NaN)
  return chancesOnLine(aboutLeader(arms).map(normalDensityOf), REAL_LINE)
}

/** P(each of several rates is the largest), by their gamma distributions; see {@link chancesBestBeta}. */
export function chancesBestGamma(arms: readonly GammaDistribution[]): number[] {
  if (!arms.every(isGamma)) return arms.map(() => Number.NaN)
  return chancesOnLine(arms.map(logOfGamma), LOG_LINE)
}

/** The same with the expected loss of choosing each arm. */
export function bestBeta(arms: readonly BetaDistribution[]): BestOfMany {
  if (!arms.every(isBeta)) return unknown(arms.length)
  return bestOnLine(arms.map(logitOfBeta), LOGIT_LINE)
}

export function bestNormal(arms: readonly NormalDistribution[]): BestOfMany {
  if (!arms.every(isNormal)) return unknown(arms.length)
  return bestOnLine(aboutLeader(arms).map(normalDensityOf), REAL_LINE)
}

export function bestGamma(arms: readonly GammaDistribution[]): BestOfMany {
  if (!arms.every(isGamma)) return unknown(arms.length)
  return bestOnLine(arms.map(logOfGamma), LOG_LINE)
}

function chancesOnLine(densities: readonly LogConcaveDensity[], line: Line): number[] {
  if (densities.length === 1) return [1]
  return withFarChances(chancesToBeLargest(densities, line, DEPTH), densities)
}

function bestOnLine(densities: readonly LogConcaveDensity[], line: Line): BestOfMany {
  if (densities.length === 1) return { chances: [1], expectedLosses: [0] }
  const { chances, losses }: Contest = contest(densities, line, DEPTH)
  return { chances: withFarChances(chances, densities), expectedLosses: [...losses] }
}

/** Chances of arms that hardly ever win depend on tails that the grid has cut off. */
function withFarChances(chances: Float64Array, densities: readonly LogConcaveDensity[]): number[] {
  return Array.from(chances, (chance, k) => {
    if (chance > FAR) return chance
    const others = densities.filter((_, other) => other !== k)
    return Math.exp(logFarChance(densities[k] as LogConcaveDensity, others))
  })
}

/**
 * Means counted from the largest, so that nothing is lost where all are large and nearly equal. An arm that is
 * known a billion times better than the arms lie apart is known well enough: no grid could resolve it and them.
 */
function aboutLeader(arms: readonly NormalDistribution[]): NormalDistribution[] {
  const leader = Math.max(...arms.map(({ mean }) => mean))
  const reach = Math.max(...arms.map(({ mean, standardDeviation }) => leader - mean + standardDeviation))
  return arms.map(({ mean, standardDeviation }) => ({
    mean: mean - leader,
    standardDeviation: Math.max(standardDeviation, FINEST * reach),
  }))
}

function unknown(count: number): BestOfMany {
  const nothing = Array.from({ length: count }, () => Number.NaN)
  return { chances: nothing, expectedLosses: nothing }
}
