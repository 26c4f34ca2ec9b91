import { chiSquareTails } from '../distributions/chi-square.ts'

/** Effect in one segment, or of one experiment. */
export interface SegmentEffect {
  readonly estimate: number
  /** > 0 */
  readonly standardError: number
}

export interface MetaAnalysis {
  /** Common effect if all segments have the same: their mean, weighted by 1 / standardError². */
  readonly fixedEffect: number
  readonly fixedStandardError: number
  /** Cochran's Q, chi-square distributed if all segments have the same effect. */
  readonly heterogeneityStatistic: number
  readonly degreesOfFreedom: number
  readonly pValue: number
  readonly log10PValue: number
  /** I²: share of the variance of the estimates that is more than their standard errors explain, in [0, 1). */
  readonly inconsistency: number
  /** τ²: variance of the true effects over segments, by moments (DerSimonian and Laird), at least 0. */
  readonly betweenVariance: number
  /** Mean of the true effects, weighted by 1 / (standardError² + τ²). */
  readonly randomEffect: number
  readonly randomStandardError: number
  /** Each segment's effect drawn to the mean as far as it is uncertain, in the order of the segments. */
  readonly shrunkEffects: readonly number[]
  /** Of the shrunken effects, given τ²; that of the mean is in it. */
  readonly shrunkStandardErrors: readonly number[]
}

/**
 * Effects of several segments (or experiments) together: how far do they differ by more than chance, what is their
 * mean, and what is the best guess for each?
 *
 * τ² is estimated and then taken as known, so that standard errors are a little too small with few segments.
 *
 * @param segments any finite estimates with standard errors > 0, independent of each other; at least one
 * @returns NaN outside the domain; with one segment nothing is known of heterogeneity (Q = 0 without degrees of
 * freedom, p = NaN, τ² = 0)
 *
 * Source: Cochran 1954, doi:10.2307/3001666; DerSimonian & Laird 1986, doi:10.1016/0197-2456(86)90046-2; I²: Higgins
 * & Thompson 2002, doi:10.1002/sim.1186; shrinkage: normal posterior given τ² with a flat
 * prior of the mean, Morris 1983, doi:10.1080/01621459.1983.10477920.
 */
export function metaAnalysis(segments: readonly SegmentEffect[]): MetaAnalysis {
  const isValid = segments.length > 0 && segments.every(isSegment)
  const effects = isValid ? segments : [{ estimate: Number.NaN, standardError: Number.NaN }]
  const scale = Math.min(...effects.map(({ standardError }) => standardError))
  const fixed = pooled(effects, scale, 0)
  const degreesOfFreedom = effects.length - 1
  const heterogeneityStatistic = fixed.squares
  const { upper, logUpper } = chiSquareTails(heterogeneityStatistic, degreesOfFreedom)
  const excess = Math.max(0, heterogeneityStatistic - degreesOfFreedom)
  const betweenVariance = degreesOfFreedom > 0 ? (excess / fixed.spread) * scale * scale : 0 * fixed.mean
  const random = pooled(effects, scale, betweenVariance)
  const trust = effects.map(({ standardError }) => betweenVariance / (betweenVariance + standardError ** 2))
  return {
    fixedEffect: fixed.mean,
    fixedStandardError: fixed.standardError,
    heterogeneityStatistic,
    degreesOfFreedom,
    pValue: upper,
    log10PValue: logUpper / Math.LN10,
    inconsistency: excess === 0 ? 0 : excess / heterogeneityStatistic,
    betweenVariance,
    randomEffect: random.mean,
    randomStandardError: random.standardError,
    shrunkEffects: effects.map(
      ({ estimate }, i) => random.mean + (trust[i] as number) * (estimate - random.mean),
    ),
    shrunkStandardErrors: effects.map(({ standardError }, i) => {
      const own = trust[i] as number
      return Math.hypot(Math.sqrt(own) * standardError, (1 - own) * random.standardError)
    }),
  }
}

/**
 * Weighted mean by the reciprocal of standardError² + τ², its standard error, Σ w (estimate − mean)², and
 * Σ w − Σ w² / Σ w. Weights are in units of 1 / scale², so that tiny standard errors do not overflow.
 */
function pooled(effects: readonly SegmentEffect[], scale: number, betweenVariance: number) {
  const weights = effects.map(({ standardError }) => {
    const relative = standardError / scale
    return 1 / (relative * relative + betweenVariance / scale / scale)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const origin = effects[0]?.estimate ?? 0
  const shares = weights.map((weight) => weight / total)
  const shift = effects.reduce((sum, { estimate }, i) => sum + (shares[i] as number) * (estimate - origin), 0)
  const squares = effects.reduce(
    (sum, { estimate }, i) => sum + (weights[i] as number) * ((estimate - origin - shift) / scale) ** 2,
    0,
  )
  const spread = total * shares.reduce((sum, share, i) => sum + share * others(shares, i), 0)
  return { mean: origin + shift, standardError: scale / Math.sqrt(total), squares, spread }
}

/** 1 − share, also where one segment outweighs all others. */
function others(shares: readonly number[], index: number): number {
  const share = shares[index] as number
  if (share < 0.5) return 1 - share
  return shares.reduce((sum, other, i) => (i === index ? sum : sum + other), 0)
}

function isSegment({ estimate, standardError }: SegmentEffect): boolean {
  return Number.isFinite(estimate) && standardError > 0 && standardError < Number.POSITIVE_INFINITY
}
