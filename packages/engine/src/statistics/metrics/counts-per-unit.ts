import { chiSquareTails } from '../distributions/chi-square.ts'

/** What the counts of units look like, beside a Poisson distribution. */
export interface Dispersion {
  /** Variance / mean: 1 for Poisson counts. */
  readonly index: number
  /** That Poisson counts are dispersed as much or more. */
  readonly overdispersionPValue: number
  /** That Poisson counts are dispersed as little or less. */
  readonly underdispersionPValue: number
  /**
   * Size k of the negative binomial with this mean and variance (variance = mean + mean² / k); Infinity where counts
   * are no more dispersed than Poisson ones.
   */
  readonly negativeBinomialSize: number
  /** Share of units without any event that a Poisson distribution of this mean would have. */
  readonly poissonZeroShare: number
  /** The same of the negative binomial. More zeros than this: some units can have no event at all. */
  readonly negativeBinomialZeroShare: number
  readonly hint: 'poisson' | 'overdispersed' | 'underdispersed'
}

/**
 * Fisher's index of dispersion of counts per unit. Inference on mean counts by units (Welch) holds whatever the
 * dispersion; tests that take events as independent (Poisson rates) hold only without overdispersion.
 *
 * @param units n ≥ 2
 * @param mean > 0, of counts per unit
 * @param variance ≥ 0, divisor n − 1
 * @param alpha in (0, 1), on either side, for the hint
 * @returns undefined outside the domain
 *
 * Source: Cox & Lewis 1966, The Statistical Analysis of Series of Events, section 6.3; size by the method of moments:
 * Anscombe 1949, doi:10.2307/3001918.
 */
export function dispersionOf(
  units: number,
  mean: number,
  variance: number,
  alpha = 0.001,
): Dispersion | undefined {
  if (!(units >= 2 && mean > 0 && variance >= 0 && Number.isFinite(mean + variance))) return undefined
  const index = variance / mean
  const { lower, upper } = chiSquareTails((units - 1) * index, units - 1)
  const negativeBinomialSize = variance > mean ? mean / (index - 1) : Number.POSITIVE_INFINITY
  const poissonZeroShare = Math.exp(-mean)
  return {
    index,
    overdispersionPValue: upper,
    underdispersionPValue: lower,
    negativeBinomialSize,
    poissonZeroShare,
    // (1 + mean / k)^−k, and mean / k is index − 1
    negativeBinomialZeroShare:
      negativeBinomialSize === Number.POSITIVE_INFINITY
        ? poissonZeroShare
        : Math.exp(-negativeBinomialSize * Math.log1p(index - 1)),
    hint: upper < alpha ? 'overdispersed' : lower < alpha ? 'underdispersed' : 'poisson',
  }
}
