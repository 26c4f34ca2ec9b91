import { cohensH } from '../../../packages/engine/src/statistics/effect-sizes/cohens-h.ts'
import {
  pooledProportionTest,
  unpooledProportionTest,
} from '../../../packages/engine/src/statistics/hypothesis-tests/proportion-tests.ts'
import { riskRatio } from '../../../packages/engine/src/statistics/intervals/odds-and-risk-ratio.ts'
import {
  agrestiCaffoInterval,
  rateVariance,
  waldInterval,
} from '../../../packages/engine/src/statistics/intervals/proportion-difference-intervals.ts'
import {
  newcombeInterval,
  relativeProportionDifference,
  wilsonInterval,
} from '../../../packages/engine/src/statistics/intervals/proportion-intervals.ts'
import { relativeStandardError } from '../../../packages/engine/src/statistics/intervals/relative-effect.ts'
import {
  miettinenNurminenInterval,
  miettinenNurminenStatistic,
} from '../../../packages/engine/src/statistics/intervals/score-interval.ts'
import {
  agrestiCoullInterval,
  clopperPearsonInterval,
  jeffreysPosteriorInterval,
} from '../../../packages/engine/src/statistics/intervals/single-proportion-intervals.ts'
import type { VectorMethods } from '../vector-method.ts'

export const intervals: VectorMethods = {
  'proportions-one-sample-ci': {
    title: 'Wilson, Agresti-Coull, Clopper-Pearson, Jeffreys intervals',
    compute: ({ x, n, conf }) => {
      const sample = { successes: x, trials: n }
      const alpha = 1 - conf
      const [wilson, agrestiCoull, clopperPearson, jeffreys] = [
        wilsonInterval(sample, alpha),
        agrestiCoullInterval(sample, alpha),
        clopperPearsonInterval(sample, alpha),
        jeffreysPosteriorInterval(sample, alpha),
      ]
      return {
        wilson_low: wilson.low,
        wilson_high: wilson.high,
        agresti_coull_low: agrestiCoull.low,
        agresti_coull_high: agrestiCoull.high,
        clopper_pearson_low: clopperPearson.low,
        clopper_pearson_high: clopperPearson.high,
        statsmodels_jeffreys_low: jeffreys.low,
        statsmodels_jeffreys_high: jeffreys.high,
      }
    },
  },
  'proportions-two-sample': {
    title:
      'two-proportion z (pooled/unpooled), Newcombe, Agresti-Caffo, Miettinen-Nurminen, Katz RR, delta lift, Cohen h',
    compute: ({ x1, n1, x2, n2, conf }) => {
      const alpha = 1 - conf
      const [control, treatment] = [
        { successes: x1, trials: n1 },
        { successes: x2, trials: n2 },
      ]
      const [pooled, unpooled] = [
        pooledProportionTest(control, treatment),
        unpooledProportionTest(control, treatment),
      ]
      const [wald, newcombe, caffo, score] = [
        waldInterval(control, treatment, alpha),
        newcombeInterval(control, treatment, alpha),
        agrestiCaffoInterval(control, treatment, alpha),
        miettinenNurminenInterval(control, treatment, alpha),
      ]
      const risk = riskRatio(control, treatment, alpha)
      const [p1, p2] = [x1 / n1, x2 / n2]
      return {
        p1,
        p2,
        diff: pooled.estimate,
        se_pooled: pooled.standardError,
        se_unpooled: unpooled.standardError,
        z_pooled: pooled.statistic,
        p_pooled: pooled.pValue,
        log10_p_pooled: pooled.log10PValue,
        z_unpooled: unpooled.statistic,
        p_unpooled: unpooled.pValue,
        wald_low: wald.low,
        wald_high: wald.high,
        newcombe_low: newcombe.low,
        newcombe_high: newcombe.high,
        agresti_caffo_low: caffo.low,
        agresti_caffo_high: caffo.high,
        miettinen_nurminen_low: score.low,
        miettinen_nurminen_high: score.high,
        miettinen_nurminen_z: miettinenNurminenStatistic(control, treatment),
        risk_ratio: risk.estimate,
        katz_low: risk.low,
        katz_high: risk.high,
        cohens_h: cohensH(control, treatment),
        lift: relativeProportionDifference(control, treatment),
        lift_se_delta: relativeStandardError(
          { value: p1, variance: rateVariance(control) },
          { value: p2, variance: rateVariance(treatment) },
        ),
      }
    },
  },
}
