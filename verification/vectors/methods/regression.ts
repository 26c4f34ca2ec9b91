import { studentTTwoSidedP } from '../../../packages/engine/src/statistics/distributions/student-t.ts'
import { matrixFromRows } from '../../../packages/engine/src/statistics/linear-algebra/matrix.ts'
import { meanOf, momentsOf } from '../../../packages/engine/src/statistics/moments/running-moments.ts'
import { clusterRobust } from '../../../packages/engine/src/statistics/regression/cluster-robust.ts'
import { cupedOfUnits } from '../../../packages/engine/src/statistics/regression/cuped-of-units.ts'
import {
  diagonalRoots,
  linearRegression,
  standardErrors,
} from '../../../packages/engine/src/statistics/regression/linear-regression.ts'
import type { Answer, VectorMethods } from '../vector-method.ts'

export const regression: VectorMethods = {
  cuped: {
    title: 'CUPED',
    compute: ({ control_y, control_x, treatment_y, treatment_x }) => {
      const [control, treatment] = [rowsOf(control_y, control_x), rowsOf(treatment_y, treatment_x)]
      const overall = cupedOfUnits(control, treatment, 'overall')
      if (!overall) return undefined
      const t = overall.difference / overall.standardError
      return {
        theta_pooled: overall.coefficients[0],
        theta_within: cupedOfUnits(control, treatment, 'within')?.coefficients[0],
        mean_control_adj: overall.control.value,
        mean_treatment_adj: overall.treatment.value,
        diff_adj: overall.difference,
        se_adj: overall.standardError,
        diff_raw: overall.unadjusted.difference,
        se_raw: overall.unadjusted.standardError,
        df: overall.degreesOfFreedom,
        t,
        p_two_sided: studentTTwoSidedP(t, overall.degreesOfFreedom),
        variance_reduction: overall.varianceSaved,
      }
    },
  },
  'regression-adjustment': {
    title: 'ANCOVA and Lin interacted regression adjustment with HC0-HC3 standard errors',
    compute: ({ y, x, treatment }) => {
      const mean = meanOf(momentsOf(x))
      const rows = (x as number[]).map((value, i) => [1, treatment[i] as number, value - mean])
      const interacted = rows.map(([one, t, centred]) => [one, t, centred, Number(t) * Number(centred)])
      return { ancova: answerOf(rows as number[][], y), lin: answerOf(interacted as number[][], y) }
    },
  },
  'cluster-robust': {
    title: 'cluster-robust standard errors (analysis unit finer than randomisation unit)',
    compute: ({ y, treatment, cluster }) => {
      const rows = (treatment as number[]).map((each) => [1, each])
      const fitted = linearRegression(matrixFromRows(rows), y)
      const [cr0, cr1] = [
        fitted && clusterRobust(fitted, cluster, 'cr0'),
        fitted && clusterRobust(fitted, cluster, 'cr1'),
      ]
      return {
        coef: fitted?.coefficients,
        se_cr0: cr0 && diagonalRoots(cr0.covariance),
        se_cr1: cr1 && diagonalRoots(cr1.covariance),
      }
    },
  },
}

function answerOf(rows: number[][], outcomes: number[]): Answer {
  const fitted = linearRegression(matrixFromRows(rows), outcomes)
  if (!fitted) return undefined
  return {
    coef: fitted.coefficients,
    se_classic: standardErrors(fitted, 'classic'),
    se_hc0: standardErrors(fitted, 'hc0'),
    se_hc1: standardErrors(fitted, 'hc1'),
    se_hc2: standardErrors(fitted, 'hc2'),
    se_hc3: standardErrors(fitted, 'hc3'),
    ate: fitted.coefficients[1],
  }
}

function rowsOf(y: readonly number[], x: readonly number[]): number[][] {
  return y.map((value, i) => [value, x[i] as number])
}
