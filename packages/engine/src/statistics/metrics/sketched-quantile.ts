import type { QuantileSketch } from '../moments/quantile-sketch.ts'
import { type QuantileEffect, quantileEffect } from './quantile-effect.ts'
import { orderStatisticRanks, type QuantileEstimate } from './sample-quantile.ts'

/** A quantile with bounds of what it would be without the sketch. */
export interface SketchedQuantile extends QuantileEstimate {
  readonly valueLow: number
  readonly valueHigh: number
}

const NO_QUANTILE: SketchedQuantile = {
  value: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
  valueLow: Number.NaN,
  valueHigh: Number.NaN,
}

/**
 * Quantile of a group of independent units, one value each, with the interval between two order statistics. The
 * limits are the outer edges of their buckets, so that the interval holds the one that the values themselves would
 * give: never too narrow for having been sketched.
 *
 * @param level in (0, 1)
 * @param alpha in (0, 1): the interval holds with confidence of at least 1 − alpha
 * @returns NaN outside the domain and without values
 *
 * Source: interval as in `sample-quantile.ts orderStatisticRanks`.
 */
export function sketchedQuantile(
  sketch: QuantileSketch,
  group: number,
  level: number,
  alpha: number,
): SketchedQuantile {
  const units = sketch.units(group)
  const { lower, upper } = orderStatisticRanks(units, level, alpha)
  if (Number.isNaN(lower)) return NO_QUANTILE
  const rank = Math.floor((units - 1) * level) + 1
  const [first, last, below, above] = sketch.atRanks(group, [lower, upper, rank, Math.min(units, rank + 1)])
  return {
    value: sketch.quantile(group, level),
    low: lower === 0 ? Number.NEGATIVE_INFINITY : (first?.low as number),
    high: upper > units ? Number.POSITIVE_INFINITY : (last?.high as number),
    valueLow: below?.low as number,
    valueHigh: above?.high as number,
  }
}

/**
 * Difference of a quantile between two groups of a sketch, as in `quantile-effect.ts`, with limits that hold those
 * which the values themselves would give. Both limits fall when the treatment's value does or the control's rises, so
 * that the worst cases lie at the edges of the buckets.
 *
 * A difference far below 0.5 % of the quantile drowns in the width of the buckets, however many units there are.
 *
 * @param alpha in (0, 1)
 * @returns undefined outside the domain
 */
export function sketchedQuantileEffect(
  control: SketchedQuantile,
  treatment: SketchedQuantile,
  alpha: number,
): QuantileEffect | undefined {
  const lowest = quantileEffect(
    { ...control, value: control.valueHigh },
    { ...treatment, value: treatment.valueLow },
    alpha,
  )
  const highest = quantileEffect(
    { ...control, value: control.valueLow },
    { ...treatment, value: treatment.valueHigh },
    alpha,
  )
  const middle = quantileEffect(control, treatment, alpha)
  if (!lowest || !highest || !middle) return undefined
  const relative =
    lowest.relative && highest.relative && middle.relative
      ? {
          estimate: middle.relative.estimate,
          low: lowest.relative.low,
          high: highest.relative.high,
        }
      : undefined
  return { ...middle, low: lowest.low, high: highest.high, ...(relative ? { relative } : {}) }
}
