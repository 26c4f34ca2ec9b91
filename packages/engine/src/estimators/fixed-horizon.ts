import type { EffectSource } from '../effect-source.ts'
import { type Estimator, refusal } from '../estimator.ts'
import { ONE_LOOK, readOnce } from '../read-once.ts'
import { isProblem } from '../statistics/effects/effect.ts'

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
      if (isProblem(effect)) return refusal(effect)
      const isKnown = effect.degreesOfFreedom === Number.POSITIVE_INFINITY
      const words = {
        method: `${source.label}, ${isKnown ? 'z' : 't'}`,
        assumptions: [...source.assumptions, 'Units are many enough for the normal approximation.', ONE_LOOK],
        reducedBy: 'CUPED',
      }
      return readOnce(effect, words, alpha)
    },
  }
}
