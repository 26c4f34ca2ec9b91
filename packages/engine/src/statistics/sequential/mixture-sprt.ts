import { type AnytimeInference, inferenceOf } from './asymptotic-confidence-sequence.ts'
import { mixtureRadius } from './normal-mixture.ts'

export interface MixtureTest {
  readonly estimate: number
  /** Of the estimate, > 0: √(V / n) for two variants of n units each whose variances add up to V. */
  readonly standardError: number
  /** τ² > 0: variance of the effects that are expected beforehand, around the null value. The same at every look. */
  readonly mixtureVariance: number
  /** In (0, 1). */
  readonly alpha: number
  /** 0 unless given. */
  readonly nullValue?: number
}

/**
 * Mixture sequential probability ratio test: log Λ (as `logEValue`), p-value and interval of one look.
 *
 * With variants of different size the standard error √(V₁ / n₁ + V₂ / n₂) takes the place of √(V / n). The always-valid
 * p-value of a process is the smallest up to now, see `runningMinimum`; its interval, the intersection.
 *
 * @returns NaN outside the domain
 *
 * Source: Johari, Koomen, Pekelis & Walsh 2022, doi:10.1287/opre.2021.2135
 * (arXiv:1512.04922); Robbins 1970, doi:10.1214/aoms/1177696786.
 */
export function mixtureSequentialTest(test: MixtureTest): AnytimeInference {
  const { estimate, standardError, mixtureVariance, alpha, nullValue = 0 } = test
  const isValid = standardError > 0 && mixtureVariance > 0 && alpha > 0 && alpha < 1
  const finite = [estimate, standardError, mixtureVariance, nullValue].every(Number.isFinite)
  const scaled = isValid && finite ? Math.sqrt(mixtureVariance) / standardError : Number.NaN
  const varianceRatio = scaled * scaled
  return inferenceOf({
    estimate: varianceRatio > 0 ? estimate : Number.NaN,
    halfWidth: standardError * mixtureRadius(varianceRatio, alpha),
    z: (estimate - nullValue) / standardError,
    varianceRatio,
    sidedness: 'two-sided',
  })
}
