import {
  approximateHedgesCorrection,
  standardisedMeanDifference,
} from '../../../packages/engine/src/statistics/effect-sizes/standardised-mean-difference.ts'
import { type SummaryFields, summariesOf } from '../two-samples.ts'
import type { VectorMethods } from '../vector-method.ts'

export const effectSizes: VectorMethods = {
  'effect-size-d': {
    title: 'Cohen d, Hedges g (exact J), Glass delta, noncentral-t CI',
    compute: (given: SummaryFields) => {
      const [control, treatment] = summariesOf(given)
      const effect = standardisedMeanDifference(control, treatment, 0.05)
      return {
        cohens_d: effect.cohensD,
        hedges_J_exact: effect.correction,
        hedges_J_approx: approximateHedgesCorrection(control.units + treatment.units - 2),
        hedges_g: effect.hedgesG,
        var_d_hedges_olkin: effect.variance,
        glass_delta: effect.glassDelta,
        ci95_low: effect.low,
        ci95_high: effect.high,
      }
    },
  },
}
