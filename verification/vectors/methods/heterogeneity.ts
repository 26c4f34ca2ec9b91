import { metaAnalysis } from '../../../packages/engine/src/statistics/heterogeneity/meta-analysis.ts'
import type { VectorMethods } from '../vector-method.ts'

export const heterogeneity: VectorMethods = {
  heterogeneity: {
    title:
      'segment heterogeneity: Cochran Q, I^2, DerSimonian-Laird tau^2, shrunken segment effects (also meta-analysis over experiments)',
    compute: ({ segments_effect_se_n: segments }: { segments_effect_se_n: [number, number, number][] }) => {
      const analysis = metaAnalysis(
        segments.map(([estimate, standardError]) => ({ estimate, standardError })),
      )
      return {
        fixed_effect: analysis.fixedEffect,
        fixed_se: analysis.fixedStandardError,
        Q: analysis.heterogeneityStatistic,
        df: analysis.degreesOfFreedom,
        p_heterogeneity: analysis.pValue,
        I2: analysis.inconsistency,
        tau2_DL: analysis.betweenVariance,
        random_effect: analysis.randomEffect,
        random_se: analysis.randomStandardError,
        shrunk_effects: analysis.shrunkEffects,
      }
    },
  },
}
