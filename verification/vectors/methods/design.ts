import {
  effectSizeH,
  proportionTestPower,
  proportionTestUnits,
} from '../../../packages/engine/src/statistics/design/proportion-power.ts'
import {
  type TTestDesign,
  tTestDetectableEffect,
  tTestPower,
  tTestUnits,
} from '../../../packages/engine/src/statistics/design/t-test-power.ts'
import type { VectorMethods } from '../vector-method.ts'

interface TTestFields {
  readonly ratio: number
  readonly alpha: number
  readonly alternative: 'two-sided' | 'larger' | 'smaller'
}

/** A test for a smaller treatment is one for a larger one seen from the other side. */
function designOf({ ratio, alpha, alternative }: TTestFields): TTestDesign & { readonly sign: 1 | -1 } {
  return {
    ratio,
    alpha,
    sides: alternative === 'two-sided' ? 2 : 1,
    sign: alternative === 'smaller' ? -1 : 1,
  }
}

export const design: VectorMethods = {
  'power-ttest': {
    title: 'power of the two-sample t test (noncentral t)',
    notOurs: { statsmodels: 'what statsmodels answers, for comparison' },
    compute: (given: TTestFields & { effect_size_d: number; n1: number }) => {
      const { sign, ...test } = designOf(given)
      return { power: tTestPower(sign * given.effect_size_d, given.n1, test).power }
    },
  },
  'sample-size-ttest': {
    title: 'sample size per arm, two-sample t test',
    compute: (given: TTestFields & { effect_size_d: number; power: number }) => {
      const { sign, ...test } = designOf(given)
      const units = tTestUnits(sign * given.effect_size_d, given.power, test)
      return { n1: units, n1_ceil: Math.ceil(units), n2_ceil: Math.ceil(units * given.ratio) }
    },
  },
  'mde-ttest': {
    title: 'minimum detectable effect (Cohen d), two-sample t test',
    compute: (given: TTestFields & { n1: number; power: number }) => {
      const { sign, ...test } = designOf(given)
      return { mde_d: sign * tTestDetectableEffect(given.n1, given.power, test) }
    },
  },
  'power-proportions': {
    title: 'power of the two-proportion z test',
    compute: ({ p1, p2, n1, n2, alpha, sides }) => {
      const proportions = { control: p1, treatment: p2 }
      const { pooled, unpooled } = proportionTestPower(proportions, n1, { ratio: n2 / n1, alpha, sides })
      return { power_pooled_null: pooled, power_unpooled: unpooled }
    },
  },
  'sample-size-proportions': {
    title:
      'sample size per arm for two proportions (pooled-null Fleiss, unpooled, arcsine h, Fleiss continuity-corrected)',
    notOurs: { statsmodels_NormalIndPower_n1: 'what statsmodels answers, for comparison' },
    compute: ({ p1, relative_lift, alpha, power, ratio_n2_n1, sides }) => {
      const proportions = { control: p1, treatment: p1 * (1 + relative_lift) }
      const units = proportionTestUnits(proportions, power, { ratio: ratio_n2_n1, alpha, sides })
      return {
        p2: proportions.treatment,
        n1_pooled_null: units.pooled,
        n1_unpooled: units.unpooled,
        cohens_h: effectSizeH(proportions),
        n1_arcsine: units.arcsine,
        n1_fleiss_cc: units.continuityCorrected,
      }
    },
  },
}
