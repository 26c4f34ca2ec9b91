import { normalTwoSidedP } from '../distributions/normal.ts'
import { relativeEffectSet } from '../intervals/fieller.ts'
import { type Effect, relativeOf } from './effect.ts'

/** Relative effect (treatment − control) / control with the limits at a number of standard errors. */
export interface RelativeInterval {
  readonly estimate: number
  readonly low: number
  readonly high: number
  /** `delta`: symmetric; `Fieller`: not, where the control is not far from 0. */
  readonly method: 'delta' | 'Fieller'
}

/** Standard errors between the control and 0 from which the delta method is as good as Fieller's. */
const FAR_FROM_ZERO = 5

/**
 * Interval of the relative effect, made of the effects that a test would not reject whose boundary is `radius` standard
 * errors: Fieller's set, and where the control lies far from 0 its symmetric limit, the delta method. The radius may be
 * that of a sequence: the test of each relative effect is then one that may be looked at again and again.
 *
 * @param radius > 0, e.g. the normal quantile at 1 − alpha / 2
 * @returns undefined where the control is so near to 0 that the set is not an interval
 *
 * Source: Fieller 1954, doi:10.1111/j.2517-6161.1954.tb00159.x; von Luxburg & Franz 2009 (arXiv:0711.0198); delta
 * method: Deng, Knoblich & Lu 2018, section 3, doi:10.1145/3219819.3219919.
 */
export function relativeInterval(effect: Effect, radius: number): RelativeInterval | undefined {
  const { control, treatment, covariance = 0 } = effect
  const relative = relativeOf(effect)
  if (!relative || !(relative.standardError > 0)) return undefined
  const { estimate, standardError } = relative
  if (Math.abs(control.value) > FAR_FROM_ZERO * Math.sqrt(control.variance)) {
    const margin = radius * standardError
    return bounded({ estimate, low: estimate - margin, high: estimate + margin, method: 'delta' })
  }
  const alpha = normalTwoSidedP(radius)
  const set = relativeEffectSet(control, treatment, alpha, Number.POSITIVE_INFINITY, covariance)
  return set?.kind === 'bounded'
    ? bounded({ estimate, low: set.low, high: set.high, method: 'Fieller' })
    : undefined
}

function bounded(interval: RelativeInterval): RelativeInterval | undefined {
  return Number.isFinite(interval.low) && Number.isFinite(interval.high) ? interval : undefined
}
