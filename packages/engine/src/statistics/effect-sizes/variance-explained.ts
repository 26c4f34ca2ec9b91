import type { OneWayAnova } from '../hypothesis-tests/one-way-anova.ts'

/** Share of the variance of the outcomes that lies between groups. */
export interface VarianceExplained {
  /** η²: share in this sample, in [0, 1]; too large on average. */
  readonly etaSquared: number
  /** ω²: share in the population, estimated; at or below 0 where chance explains all. */
  readonly omegaSquared: number
}

/**
 * Effect sizes of a one-way analysis of variance.
 *
 * @returns NaN where all outcomes are equal, or where the analysis is
 *
 * Source: Fisher 1925, Statistical Methods for Research Workers, section 45 (η²); Hays 1963, Statistics for
 * Psychologists (ω²).
 */
export function varianceExplained(anova: OneWayAnova): VarianceExplained {
  const { sumOfSquaresBetween: between, sumOfSquaresWithin: within } = anova
  const residual = within / anova.denominatorDegreesOfFreedom
  return {
    etaSquared: between / (between + within),
    omegaSquared: (between - anova.numeratorDegreesOfFreedom * residual) / (between + within + residual),
  }
}
