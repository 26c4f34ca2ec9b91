import {
  normalLog10TwoSidedP,
  normalTwoSidedP,
} from '../../../packages/engine/src/statistics/distributions/normal.ts'
import { relativeEffectSet } from '../../../packages/engine/src/statistics/intervals/fieller.ts'
import { criticalValue } from '../../../packages/engine/src/statistics/intervals/proportion-intervals.ts'
import { relativeStandardError } from '../../../packages/engine/src/statistics/intervals/relative-effect.ts'
import { clusteredQuantile } from '../../../packages/engine/src/statistics/metrics/clustered-quantile.ts'
import { ratioOfTotals } from '../../../packages/engine/src/statistics/metrics/ratio-of-totals.ts'
import {
  orderStatisticRanks,
  quantileEstimate,
  sorted,
} from '../../../packages/engine/src/statistics/metrics/sample-quantile.ts'
import {
  winsorisedMoments,
  winsorisingLimits,
} from '../../../packages/engine/src/statistics/metrics/winsorise.ts'
import { momentsFromSums } from '../../../packages/engine/src/statistics/moments/from-sums.ts'
import {
  meanOf,
  mergedMoments,
  momentsOf,
  sumOfSquaresOf,
  varianceOf,
} from '../../../packages/engine/src/statistics/moments/running-moments.ts'
import type { VectorMethods } from '../vector-method.ts'

/** Sums over units as the files give them. */
interface RatioSums {
  readonly n: number
  readonly sum_num: number
  readonly sum_den: number
  readonly ss_num: number
  readonly ss_den: number
  readonly sp: number
}

const ALPHA = 0.05

export const metrics: VectorMethods = {
  'delta-method-ratio': {
    title: 'ratio metrics by the delta method; relative lift by delta and Fieller',
    compute: ({ control, treatment }) => {
      const [c, t] = [ratioFrom(control), ratioFrom(treatment)]
      const diff = t.value - c.value
      const se = Math.sqrt(c.variance + t.variance)
      const margin = criticalValue(ALPHA) * se
      const fieller = relativeEffectSet(c, t, ALPHA)
      return {
        ratio_control: c.value,
        var_ratio_control: c.variance,
        ratio_treatment: t.value,
        var_ratio_treatment: t.variance,
        diff,
        se,
        z: diff / se,
        p_two_sided: normalTwoSidedP(diff / se),
        log10_p: normalLog10TwoSidedP(diff / se),
        ci95_low: diff - margin,
        ci95_high: diff + margin,
        // In units of the size of the control, so that it has the sign of the difference; Fieller's limits are of t/c − 1.
        relative_lift: diff / Math.abs(c.value),
        relative_se: relativeStandardError(c, t),
        fieller_low: fieller?.low,
        fieller_high: fieller?.high,
      }
    },
  },
  winsorise: {
    title: 'winsorised (capped) mean and variance',
    compute: ({ x, lower_q, upper_q }) => {
      const limits = winsorisingLimits([x], lower_q, upper_q)
      const moments = winsorisedMoments(x, limits)
      return { lower: limits.low, upper: limits.high, mean: meanOf(moments), variance: varianceOf(moments) }
    },
  },
  'quantile-ci': {
    title: 'sample quantile (type 7) and distribution-free order-statistic CI',
    compute: ({ x, q }) => {
      const { value, low, high } = quantileEstimate(sorted(x), q, ALPHA)
      const { lower, upper, coverage } = orderStatisticRanks(x.length, q, ALPHA)
      return {
        quantile_type7: value,
        order_ci_lower_rank: lower,
        order_ci_upper_rank: upper,
        order_ci_low: low,
        order_ci_high: high,
        coverage,
      }
    },
  },
  'quantile-clustered': {
    title:
      'quantile of event-level data randomised by user: clustered variance by the delta method + outer CI',
    compute: ({ clusters, q }) => {
      const result = clusteredQuantile(clusters, q, ALPHA)
      return {
        quantile_type7: result?.value,
        var_of_cdf_clustered: result?.shareVariance,
        var_of_cdf_iid: result?.independentShareVariance,
        design_effect: result?.designEffect,
        outer_quantile_levels: result?.levels,
        ci_low: result?.low,
        ci_high: result?.high,
      }
    },
  },
  'streaming-moments': {
    title: 'mean / variance / merge of partial moments (Welford, Chan)',
    compute: ({ x, split }) => {
      const [first, second] = [momentsOf(x.slice(0, split)), momentsOf(x.slice(split))]
      const all = mergedMoments(first, second)
      return {
        n: all.units,
        mean: meanOf(all),
        variance: varianceOf(all),
        mean_first: meanOf(first),
        mean_second: meanOf(second),
        m2_first: sumOfSquaresOf(first),
        m2_second: sumOfSquaresOf(second),
      }
    },
  },
}

function ratioFrom({ n, sum_num, sum_den, ss_num, ss_den, sp }: RatioSums) {
  return ratioOfTotals(
    momentsFromSums(
      n,
      [sum_num, sum_den],
      [
        [ss_num, sp],
        [sp, ss_den],
      ],
    ),
  )
}
