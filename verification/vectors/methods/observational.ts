import { matrixFromRows } from '../../../packages/engine/src/statistics/linear-algebra/matrix.ts'
import { differenceInDifferences } from '../../../packages/engine/src/statistics/observational/difference-in-differences.ts'
import { propensityAnalysis } from '../../../packages/engine/src/statistics/observational/propensity-analysis.ts'
import { syntheticControl } from '../../../packages/engine/src/statistics/observational/synthetic-control.ts'
import type { VectorMethods } from '../vector-method.ts'

export const observational: VectorMethods = {
  did: {
    title: '2x2 difference-in-differences with unit-clustered SE',
    compute: ({ unit, treated, post, y }: Record<string, readonly number[]>) => {
      const rows = (y ?? []).map((value, i) => ({
        unit: unit?.[i] as number,
        treated: treated?.[i] === 1,
        post: post?.[i] === 1,
        value,
      }))
      const answer = differenceInDifferences(rows, 0.05)
      if (typeof answer === 'string') return answer
      const { baseline, groupDifference, timeChange, effect } = answer
      const coefficients = [baseline, groupDifference, timeChange, effect]
      return {
        coef: coefficients.map(({ estimate }) => estimate),
        se_cr1: coefficients.map(({ standardError }) => standardError),
        att: effect.estimate,
        att_se: effect.standardError,
      }
    },
  },
  'propensity-ipw-aipw': {
    title: 'logistic propensity, IPW (HT, Hajek) and doubly-robust AIPW',
    compute: ({ x1, x2, t, y }: Record<'x1' | 'x2' | 't' | 'y', readonly number[]>) => {
      const answer = propensityAnalysis(
        {
          features: matrixFromRows(x1.map((value, i) => [value, x2[i] as number])),
          names: ['x1', 'x2'],
          treated: t,
          outcomes: y,
        },
        { estimand: 'average-effect', alpha: 0.05, trim: 0 },
      )
      if (typeof answer === 'string') return answer
      return {
        logit_coef: [...answer.scores.coefficients],
        logit_se: [...answer.scores.standardErrors],
        ate_ipw_ht: answer.horvitzThompson.estimate,
        ate_ipw_hajek: answer.hajek.estimate,
        ate_aipw: answer.doublyRobust.estimate,
        se_aipw: answer.doublyRobust.standardError,
      }
    },
  },
  'synthetic-control': {
    title: 'synthetic control weights (simplex-constrained least squares on pre-period outcomes)',
    compute: ({ donors, treated, t0 }: { donors: number[][]; treated: number[]; t0: number }) => {
      const answer = syntheticControl({ donors, treated, periodsBefore: t0 })
      if (typeof answer === 'string') return answer
      return {
        weights: answer.weights,
        pre_sse: answer.rootMeanSquareBefore ** 2 * t0,
        gaps_post: answer.gaps.slice(t0),
        att: answer.effect,
        pre_rmspe: answer.rootMeanSquareBefore,
        post_rmspe: answer.rootMeanSquareAfter,
      }
    },
  },
}
