import type { EffectSource } from '../effect-source.ts'
import { type Comparison, type Estimator, faithful, refusal, relativeAnswer } from '../estimator.ts'
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts'
import { studentTLog10TwoSidedP, studentTTwoSidedP } from '../statistics/distributions/student-t.ts'
import { studentTQuantile } from '../statistics/distributions/student-t-quantile.ts'
import { type Effect, isProblem } from '../statistics/effects/effect.ts'
import { relativeInterval } from '../statistics/effects/relative-interval.ts'

/**
 * Any effect with its standard error, read once at a time that was fixed before: Student's t with the degrees of
 * freedom that the standard error has, normal where it counts as known.
 */
export function fixedHorizon(source: EffectSource): Estimator {
  return {
    name: `fixed-horizon-${source.name}`,
    metricKinds: source.metricKinds,
    inference: 'fixed-horizon',
    ...(source.usesCovariates ? { usesCovariates: true } : {}),
    compare: (control, treatment, { alpha }) => {
      const effect = source.effect(control, treatment)
      return isProblem(effect) ? refusal(effect) : lookOnce(source, effect, alpha)
    },
  }
}

function lookOnce(source: EffectSource, effect: Effect, alpha: number): Comparison {
  const { estimate, standardError, degreesOfFreedom, reduction } = effect
  const statistic = estimate / standardError
  const isKnown = degreesOfFreedom === Number.POSITIVE_INFINITY
  const margin = -studentTQuantile(alpha / 2, degreesOfFreedom) * standardError
  return faithful({
    status: 'ok',
    method: `${source.label}, ${isKnown ? 'z' : 't'}`,
    inference: 'fixed-horizon',
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: relativeAnswer(relativeInterval(effect, -normalQuantile(alpha / 2)), 'normal quantile'),
    standardError,
    statistic,
    ...(isKnown ? {} : { degreesOfFreedom }),
    pValue: studentTTwoSidedP(statistic, degreesOfFreedom),
    log10PValue: studentTLog10TwoSidedP(statistic, degreesOfFreedom),
    alpha,
    ...(reduction ? { varianceReduction: { method: 'CUPED', ...reduction } } : {}),
    assumptions: [
      ...source.assumptions,
      'Units are many enough for the normal approximation.',
      'The time of this look was fixed before the data were seen.',
    ],
  })
}
