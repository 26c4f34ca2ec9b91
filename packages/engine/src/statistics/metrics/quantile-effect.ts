import {
  differenceFromMargins,
  type EstimateWithMargins,
  type Interval,
  ratioFromMargins,
} from '../intervals/mover.ts'
import { criticalValue } from '../intervals/proportion-intervals.ts'
import type { QuantileEstimate } from './sample-quantile.ts'

/** Treatment − control of a quantile, and treatment / control − 1. */
export interface QuantileEffect extends Interval {
  readonly estimate: number
  /** From the widths of the variants' intervals; Infinity where one has none. */
  readonly standardError: number
  /** Where the control's quantile and its lower limit are above 0. */
  readonly relative?: Interval & { readonly estimate: number }
}

/**
 * Difference of a quantile between two variants, from the interval of each: the intervals are combined as for any
 * two independent estimates, which keeps the skew that quantiles of skewed values have.
 *
 * @param control, treatment of independent units, with intervals of confidence 1 − alpha; see
 *   `sample-quantile.ts quantileEstimate`, `clustered-quantile.ts` and `moments/quantile-sketch.ts`
 * @param alpha in (0, 1)
 * @returns undefined outside the domain
 *
 * Source: Zou & Donner 2008, doi:10.1002/sim.3095; ratio: Donner & Zou 2012, doi:10.1177/0962280210383082; standard
 * error: Deng, Knoblich & Lu 2018, section 4.2, doi:10.1145/3219819.3219919.
 */
export function quantileEffect(
  control: QuantileEstimate,
  treatment: QuantileEstimate,
  alpha: number,
): QuantileEffect | undefined {
  const z = criticalValue(alpha)
  const estimate = treatment.value - control.value
  const [c, t] = [marginsOf(control), marginsOf(treatment)]
  const margins = c.below + c.above + t.below + t.above
  if (!Number.isFinite(estimate) || Number.isNaN(z) || Number.isNaN(margins)) return undefined
  return {
    estimate,
    ...differenceFromMargins(c, t),
    standardError: Math.hypot(c.below + c.above, t.below + t.above) / (2 * z),
    ...(control.value > 0 && control.low > 0 && treatment.low >= 0
      ? { relative: relativeTo(estimate / control.value, ratioFromMargins(c, t)) }
      : {}),
  }
}

function relativeTo(estimate: number, ratio: Interval): Interval & { readonly estimate: number } {
  return { estimate, low: ratio.low - 1, high: ratio.high - 1 }
}

/** In the smallest samples the sample quantile can lie outside of its own interval, which then reaches to it. */
function marginsOf({ value, low, high }: QuantileEstimate): EstimateWithMargins {
  return { value, below: Math.max(0, value - low), above: Math.max(0, high - value) }
}
