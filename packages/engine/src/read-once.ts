import { type Comparison, faithful, relativeAnswer } from './estimator.ts'
import { normalQuantile } from './statistics/distributions/normal-quantile.ts'
import { studentTLog10TwoSidedP, studentTTwoSidedP } from './statistics/distributions/student-t.ts'
import { studentTQuantile } from './statistics/distributions/student-t-quantile.ts'
import type { Effect } from './statistics/effects/effect.ts'
import { relativeInterval } from './statistics/effects/relative-interval.ts'

/** What a method is called and what it takes for granted. */
export interface MethodWords {
  readonly method: string
  readonly assumptions: readonly string[]
  /** Name of what reduced the variance, where something did. */
  readonly reducedBy?: string
}

export const ONE_LOOK = 'The time of this look was fixed before the data were seen.'
export const INDEPENDENT_UNITS = 'Units are independent of each other.'

/**
 * An effect with its standard error as it may be read once, at a time fixed before: Student's t with the degrees of
 * freedom that the standard error has, normal where it counts as known.
 */
export function readOnce(effect: Effect, words: MethodWords, alpha: number): Comparison {
  const { estimate, standardError, degreesOfFreedom, reduction } = effect
  const statistic = estimate / standardError
  const isKnown = degreesOfFreedom === Number.POSITIVE_INFINITY
  const margin = -studentTQuantile(alpha / 2, degreesOfFreedom) * standardError
  return faithful({
    status: 'ok',
    method: words.method,
    inference: 'fixed-horizon',
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: relativeAnswer(relativeInterval(effect, -normalQuantile(alpha / 2)), 'normal quantile'),
    standardError,
    statistic,
    ...(isKnown ? {} : { degreesOfFreedom }),
    pValue: studentTTwoSidedP(statistic, degreesOfFreedom),
    log10PValue: studentTLog10TwoSidedP(statistic, degreesOfFreedom),
    alpha,
    ...(reduction && words.reducedBy ? { varianceReduction: { method: words.reducedBy, ...reduction } } : {}),
    assumptions: words.assumptions,
  })
}
