import { type Estimate, relativeStandardError } from '../intervals/relative-effect.ts'

/**
 * A difference between two variants, and how exactly it is known. What interval and what p-value follow from it
 * is another question: when may one look?
 */
export interface Effect {
  /** Treatment − control. */
  readonly estimate: number
  /** > 0 */
  readonly standardError: number
  /** Infinity where the standard error counts as known. */
  readonly degreesOfFreedom: number
  readonly control: Estimate
  readonly treatment: Estimate
  /** Of the two estimates, where they share something; 0 when absent. */
  readonly covariance?: number
  /** Units of both variants. */
  readonly units: number
  /** Whether the counts are so small that the normal approximation is in doubt. */
  readonly isSmall: boolean
  readonly reduction?: Reduction
}

/** What adjusting for covariates did. */
export interface Reduction {
  /** Covariates that could be used. */
  readonly covariates: number
  /** 1 − variance with / variance without, at least 0. */
  readonly varianceSaved: number
}

/** Why there is no effect to speak of. */
export type EffectProblem = 'too-few-units' | 'invalid-values' | 'zero-variance' | 'no-denominator'

export function isProblem(effect: Effect | EffectProblem): effect is EffectProblem {
  return typeof effect === 'string'
}

/**
 * (treatment − control) / control with its standard error by the delta method; undefined where the control is 0,
 * or so near that the effect is not a finite number.
 */
export function relativeOf({
  estimate,
  control,
  treatment,
  covariance = 0,
}: Effect): { readonly estimate: number; readonly standardError: number } | undefined {
  const relative = estimate / control.value
  const standardError = relativeStandardError(control, treatment, covariance)
  return Number.isFinite(relative) && Number.isFinite(standardError)
    ? { estimate: relative, standardError }
    : undefined
}

/** A number or a problem: values at the edge of the range of doubles can still overflow. */
export function checked(effect: Effect): Effect | EffectProblem {
  const { estimate, standardError, degreesOfFreedom, control, treatment } = effect
  const numbers = [estimate, standardError, control.value, treatment.value, estimate / standardError]
  const isFaithful = numbers.every(Number.isFinite) && degreesOfFreedom > 0
  if (!isFaithful) return 'invalid-values'
  return standardError > 0 ? effect : 'zero-variance'
}
