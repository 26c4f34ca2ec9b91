import type { IntervalEstimate } from '@helios/sdk'
import type { Sample } from '../sample-test.ts'
import { cohensH } from '../statistics/effect-sizes/cohens-h.ts'
import { probabilityOfSuperiority } from '../statistics/effect-sizes/probability-of-superiority.ts'
import { standardisedMeanDifference } from '../statistics/effect-sizes/standardised-mean-difference.ts'
import { summariseSample } from '../statistics/hypothesis-tests/sample-summary.ts'
import { criticalValue } from '../statistics/intervals/proportion-intervals.ts'
import { type SampleShape, samplesOf } from './samples.ts'
import type { SummarisedExperiment } from './summarised-table.ts'
import type { TableMetric } from './table-question.ts'

/** How large an effect is, free of the unit of measure; treatment against control. */
export interface EffectSizes {
  /** Of means, in standard deviations; interval from the noncentral t. */
  readonly cohensD?: IntervalEstimate
  /** d without its bias in small samples. */
  readonly hedgesG?: IntervalEstimate
  /** Of proportions, on the arcsine scale; normal interval. */
  readonly cohensH?: IntervalEstimate
  /** P(a treated unit has the larger value) + P(equal) / 2. */
  readonly probabilityOfSuperiority: IntervalEstimate & { readonly method: string }
}

/** By metric and variant. */
export type EffectSizesByMetric = Readonly<Record<string, Readonly<Record<string, EffectSizes>>>>

export const EFFECT_SIZES_SOURCE =
  'Cohen 1988; Hedges 1981, doi:10.3102/10769986006002107; intervals: Cumming & Finch 2001, doi:10.1177/0013164401614002; superiority: Brunner & Munzel 2000'

/** Of means, counts and proportions; ratios and quantiles have no value per unit to compare. Needs the units kept. */
export function effectSizesOf(
  { units, variants }: SummarisedExperiment,
  metrics: readonly TableMetric[],
  control: string,
  { alpha, shape }: { readonly alpha: number; readonly shape?: SampleShape },
): EffectSizesByMetric {
  if (!units) return {}
  const entries = metrics.flatMap((metric, place) => {
    if (metric.kind === 'ratio' || metric.kind === 'quantile') return []
    const { samples } = samplesOf(units, place, shape)
    const base = samples[variants.indexOf(control)] as Sample
    const sizes = variants.flatMap((variant, v) => {
      const sample = samples[v] as Sample
      if (variant === control || base.values.length < 2 || sample.values.length < 2) return []
      return [[variant, sizesOf(metric, base.values, sample.values, alpha)] as const]
    })
    return [[metric.name, Object.fromEntries(sizes)] as const]
  })
  return Object.fromEntries(entries)
}

function sizesOf(
  { kind }: TableMetric,
  control: Float64Array,
  treatment: Float64Array,
  alpha: number,
): EffectSizes {
  const superiority = probabilityOfSuperiority(control, treatment, alpha)
  const shared = {
    probabilityOfSuperiority: {
      estimate: superiority.estimate,
      low: superiority.low,
      high: superiority.high,
      method: superiority.method,
    },
  }
  if (kind === 'proportion') return { cohensH: hOf(control, treatment, alpha), ...shared }
  const d = standardisedMeanDifference(summariseSample(control), summariseSample(treatment), alpha)
  return {
    cohensD: { estimate: d.cohensD, low: d.low, high: d.high },
    hedgesG: { estimate: d.hedgesG, low: d.correction * d.low, high: d.correction * d.high },
    ...shared,
  }
}

/** An arcsine root has variance 1 / 4n whatever the proportion, so h has 1 / n of each side. */
function hOf(control: Float64Array, treatment: Float64Array, alpha: number): IntervalEstimate {
  const [c, t] = [binary(control), binary(treatment)]
  const estimate = cohensH(c, t)
  const margin = criticalValue(alpha) * Math.sqrt(1 / c.trials + 1 / t.trials)
  return { estimate, low: Math.max(-Math.PI, estimate - margin), high: Math.min(Math.PI, estimate + margin) }
}

function binary(values: Float64Array) {
  return { successes: values.reduce((sum, value) => sum + value, 0), trials: values.length }
}
