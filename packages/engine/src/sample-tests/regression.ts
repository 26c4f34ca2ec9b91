import { type Comparison, refusal } from '../estimator.ts'
import { INDEPENDENT_UNITS, ONE_LOOK, readOnce } from '../read-once.ts'
import { type Sample, type SampleTest, type SampleTestSettings, sampleProblem } from '../sample-test.ts'
import { checked, isProblem } from '../statistics/effects/effect.ts'
import { summariseSample } from '../statistics/hypothesis-tests/sample-summary.ts'
import { entry, type Matrix, matrix } from '../statistics/linear-algebra/matrix.ts'
import { covarianceOf, linearRegression } from '../statistics/regression/linear-regression.ts'

/**
 * Lin's regression: the value on the variant, the covariates less their means, and their interactions; the coefficient
 * of the variant is the effect. Robust HC2 standard error from the leverages of the units, so that nothing is assumed of
 * how the values vary; it cannot do worse than no adjustment in large samples.
 *
 * Source: Lin 2013, doi:10.1214/12-AOAS583; HC2: MacKinnon & White 1985, doi:10.1016/0304-4076(85)90158-7.
 */
export const regression: SampleTest = {
  name: 'regression',
  metricKinds: ['mean', 'count', 'proportion'],
  inference: 'fixed-horizon',
  needs: 'covariates',
  compare,
}

function compare(control: Sample, treatment: Sample, { alpha }: SampleTestSettings): Comparison {
  const problem = sampleProblem(control, treatment)
  if (problem) return refusal(problem)
  const centres = control.covariates.map((column, j) => meanOfBoth(column, treatment.covariates[j]))
  const outcomes = new Float64Array(control.values.length + treatment.values.length)
  outcomes.set(control.values)
  outcomes.set(treatment.values, control.values.length)
  const fitted = linearRegression(designOf([control, treatment], centres), outcomes)
  if (!fitted) return refusal('invalid-values')
  if (!(fitted.degreesOfFreedom > 0) || !fitted.isIndependent[1]) return refusal('too-few-units')
  const covariance = covarianceOf(fitted, 'hc2')
  const [base = Number.NaN, estimate = Number.NaN] = fitted.coefficients
  const [v00, v01, v11] = [entry(covariance, 0, 0), entry(covariance, 0, 1), entry(covariance, 1, 1)]
  const [c, t] = [summariseSample(control.values), summariseSample(treatment.values)]
  const effect = checked({
    estimate,
    standardError: Math.sqrt(v11),
    degreesOfFreedom: fitted.degreesOfFreedom,
    control: { value: base, variance: v00 },
    treatment: { value: base + estimate, variance: v00 + 2 * v01 + v11 },
    covariance: v00 + v01,
    units: outcomes.length,
    isSmall: false,
    reduction: {
      covariates: fitted.isIndependent.slice(2, 2 + centres.length).filter(Boolean).length,
      varianceSaved: Math.max(0, 1 - v11 / (c.variance / c.units + t.variance / t.units)),
    },
  })
  if (isProblem(effect)) return refusal(effect)
  return readOnce(effect, WORDS, alpha)
}

const WORDS = {
  method: 'regression with interactions (Lin), HC2, t',
  assumptions: [
    INDEPENDENT_UNITS,
    'The covariates were fixed before a unit met its variant.',
    'Units are many compared with the covariates.',
    ONE_LOOK,
  ],
  reducedBy: 'regression',
} as const

/** Rows [1, treated, x − x̄ …, treated · (x − x̄) …]. */
function designOf(samples: readonly Sample[], centres: readonly number[]): Matrix {
  const p = centres.length
  const columns = 2 + 2 * p
  const rows = samples.reduce((sum, { values }) => sum + values.length, 0)
  const design = matrix(rows, columns)
  let row = 0
  for (const [treated, { values, covariates }] of samples.entries()) {
    for (let i = 0; i < values.length; i++, row++) {
      const start = row * columns
      design.data[start] = 1
      design.data[start + 1] = treated
      for (let j = 0; j < p; j++) {
        const distance = ((covariates[j] as Float64Array)[i] as number) - (centres[j] as number)
        design.data[start + 2 + j] = distance
        design.data[start + 2 + p + j] = treated * distance
      }
    }
  }
  return design
}

function meanOfBoth(control: Float64Array, treatment: Float64Array | undefined): number {
  const [c, t] = [summariseSample(control), summariseSample(treatment ?? [])]
  return c.mean + (t.mean - c.mean) * (t.units / (c.units + t.units))
}
