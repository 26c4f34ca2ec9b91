import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { matrixFromRows } from '../linear-algebra/matrix.ts'
import { CrossMoments, type MomentsSummary } from '../moments/cross-moments.ts'
import { adjustForCovariates } from './covariate-adjustment.ts'
import { cuped } from './cuped.ts'
import { cupedOfUnits } from './cuped-of-units.ts'
import { adjustWithInteractions } from './interacted-adjustment.ts'
import { linearRegression, standardErrors } from './linear-regression.ts'

function summaryOf(rows: readonly (readonly number[])[]): MomentsSummary {
  const moments = new CrossMoments(1, rows[0]?.length ?? 1)
  for (const row of rows) moments.add(0, row, 1)
  return moments.summary(0)
}

/** Rows [y, x₁ … xₚ] with standard normal covariates and noise. */
function sample(random: Random, units: number, slopes: readonly number[], effect: number, noise = 1) {
  return Array.from({ length: units }, () => {
    const covariates = slopes.map(() => normal(random))
    const explained = covariates.reduce((sum, x, j) => sum + x * (slopes[j] as number), 0)
    return [effect + explained + noise * normal(random), ...covariates]
  })
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(random.nextOpen())) * Math.cos(2 * Math.PI * random.next())
}

const scenario = fc.record({
  seed: fc.integer(),
  control: fc.integer({ min: 6, max: 30 }),
  treatment: fc.integer({ min: 6, max: 30 }),
  slopes: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 3 }),
})

function samplesOf({
  seed,
  control,
  treatment,
  slopes,
}: typeof scenario extends fc.Arbitrary<infer T> ? T : never) {
  const random = new Random(seed)
  return [sample(random, control, slopes, 0), sample(random, treatment, slopes, 0.5)] as const
}

/** Design of analysis of covariance on the units: ones, treatment, centred covariates, and their products. */
function designOf(control: readonly number[][], treatment: readonly number[][], interacted: boolean) {
  const all = [...control, ...treatment]
  const means = (all[0] as number[]).map(
    (_, j) => all.reduce((sum, row) => sum + (row[j] as number), 0) / all.length,
  )
  const rows = all.map((row, i) => {
    const isTreated = i >= control.length ? 1 : 0
    const centred = row.slice(1).map((x, j) => x - (means[j + 1] as number))
    return [1, isTreated, ...centred, ...(interacted ? centred.map((x) => x * isTreated) : [])]
  })
  return linearRegression(
    matrixFromRows(rows),
    all.map((row) => row[0] as number),
  ) as NonNullable<ReturnType<typeof linearRegression>>
}

function expectNear(one: number | undefined, other: number | undefined, scale = 1): void {
  expect(Math.abs((one as number) - (other as number))).toBeLessThan(1e-10 * scale)
}

describe('cuped', () => {
  // mpmath
  const control = [
    [4.53757, 4.05674],
    [5.00525, 4.8346],
    [6.13556, 6.35896],
    [3.44411, 2.93591],
    [6.2847, 5.04352],
  ]
  const treatment = [
    [7.01642, 5.95734],
    [3.76913, 3.47021],
    [4.6537, 5.19344],
    [3.29884, 2.65945],
    [5.536, 4.84426],
  ]

  it('agrees with 25 digits', () => {
    const [c, t] = [summaryOf(control), summaryOf(treatment)]
    const overall = cuped(c, t, 'overall')
    expect(overall?.coefficients[0]).toBeCloseTo(0.9325050033379085, 13)
    expect(cuped(c, t, 'within')?.coefficients[0]).toBeCloseTo(0.9316673813971653, 13)
    expect(overall?.difference).toBeCloseTo(-0.020530799232302357, 13)
    expect(overall?.standardError).toBeCloseTo(0.3579944643128656, 13)
    expect(overall?.degreesOfFreedom).toBeCloseTo(7.754680730964103, 11)
    expect(overall?.control.value).toBeCloseTo(4.978393399616151, 13)
    expect(overall?.varianceSaved).toBeCloseTo(0.8209832731536879, 12)
  })

  it('is the plain comparison where the covariate is constant', () => {
    const constant = (rows: readonly (readonly number[])[]) => rows.map(([y]) => [y as number, 3])
    const result = cuped(summaryOf(constant(control)), summaryOf(constant(treatment)), 'within')
    expect(result?.coefficients).toEqual([0])
    expect(result?.isUsed).toEqual([false])
    expect(result?.standardError).toBe(result?.unadjusted.standardError)
    expect(result?.varianceSaved).toBe(0)
  })

  it('on units keeps the digits that sufficient statistics lose', () => {
    const rounded = (rows: readonly (readonly number[])[]) =>
      rows.map(([, x]) => [0.3 * (x as number) + 1.1, x as number])
    const [c, t] = [rounded(control), rounded(treatment)]
    // What rounding left: about 1e-16 of the values. Sufficient statistics have to call it nothing.
    expect(cuped(summaryOf(c), summaryOf(t), 'within')?.standardError).toBe(0)
    const fine = cupedOfUnits(c, t, 'within')
    expect(fine?.standardError).toBeGreaterThan(1e-18)
    expect(fine?.standardError).toBeLessThan(1e-15)
    expectNear(fine?.coefficients[0], 0.3)
  })

  it('on units is the same otherwise', () => {
    fc.assert(
      fc.property(scenario, fc.constantFrom('within', 'overall'), (given, pooling) => {
        const [c, t] = samplesOf(given)
        const [plain, fine] = [cuped(summaryOf(c), summaryOf(t), pooling), cupedOfUnits(c, t, pooling)]
        expectNear(fine?.difference, plain?.difference)
        expectNear(fine?.standardError, plain?.standardError)
        expectNear(fine?.treatment.value, plain?.treatment.value)
        expectNear(fine?.treatment.variance, plain?.treatment.variance)
        expectNear(fine?.varianceSaved, plain?.varianceSaved)
      }),
      { seed: 1 },
    )
  })
})

describe('adjustForCovariates', () => {
  it('has the coefficients of analysis of covariance on the units', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const [control, treatment] = samplesOf(given)
        const adjusted = adjustForCovariates(summaryOf(control), summaryOf(treatment))
        const fitted = designOf(control, treatment, false)
        expectNear(adjusted?.difference, fitted.coefficients[1])
        for (const [j, theta] of (adjusted?.coefficients ?? []).entries())
          expectNear(theta, fitted.coefficients[j + 2])
        expectNear(adjusted?.control.value, fitted.coefficients[0])
        const {
          control: c,
          treatment: t,
          covariance,
          standardError,
        } = adjusted as NonNullable<typeof adjusted>
        expectNear(t.value - c.value, adjusted?.difference)
        expectNear(c.variance + t.variance - 2 * covariance, standardError ** 2)
      }),
      { seed: 2 },
    )
  })

  it('has its classic standard error where the variants’ residual variances are equal', () => {
    // The treatment repeats the control's residuals with other covariates' means.
    const control = sample(new Random(5), 12, [1, -2], 0)
    const treatment = control.map(([y, a, b]) => [Number(y) + 3 + 0.5, Number(a) + 0.7, Number(b) - 0.2])
    const adjusted = adjustForCovariates(summaryOf(control), summaryOf(treatment))
    const fitted = designOf(control, treatment, false)
    expectNear(adjusted?.standardError, standardErrors(fitted, 'classic')[1])
    expectNear(adjusted?.degreesOfFreedom, fitted.degreesOfFreedom)
  })

  it('leaves out covariates that repeat others or do not vary', () => {
    const [control, treatment] = [sample(new Random(1), 20, [1], 0), sample(new Random(2), 25, [1], 1)]
    const repeated = (rows: readonly number[][]) =>
      rows.map(([y, x]) => [y, x, 1e6, 3 * Number(x) - 1] as number[])
    const one = adjustForCovariates(summaryOf(control), summaryOf(treatment))
    const more = adjustForCovariates(summaryOf(repeated(control)), summaryOf(repeated(treatment)))
    expect(more?.isUsed).toEqual([true, false, false])
    expectNear(more?.standardError, one?.standardError)
    expectNear(more?.degreesOfFreedom, one?.degreesOfFreedom)
  })

  it('is Welch’s comparison without covariates', () => {
    const [control, treatment] = [
      [[1], [2], [3]],
      [[2], [6], [7], [9]],
    ]
    const adjusted = adjustForCovariates(summaryOf(control), summaryOf(treatment))
    const [a, b] = [1 / 3, 26 / 3 / 4]
    expect(adjusted?.difference).toBe(4)
    expect(adjusted?.standardError).toBeCloseTo(Math.sqrt(a + b), 14)
    expect(adjusted?.degreesOfFreedom).toBeCloseTo((a + b) ** 2 / (a ** 2 / 2 + b ** 2 / 3), 12)
    expect(adjusted?.varianceSaved).toBeCloseTo(0, 14)
  })

  it('does not change with the units of measurement of covariates, from 1e-150 to 1e150', () => {
    const [control, treatment] = [sample(new Random(3), 20, [1, 2], 0), sample(new Random(4), 25, [1, 2], 1)]
    const scaled = (rows: readonly number[][]) =>
      rows.map(([y, a, b]) => [y, 1e140 * Number(a), 1e-140 * Number(b)] as number[])
    const one = adjustForCovariates(summaryOf(control), summaryOf(treatment))
    const other = adjustForCovariates(summaryOf(scaled(control)), summaryOf(scaled(treatment)))
    expectNear(other?.standardError, one?.standardError)
    expectNear(other?.difference, one?.difference)
  })

  it('holds its confidence in small samples with several covariates, where θ taken as known does not', () => {
    const random = new Random(20)
    const rounds = 2000
    const misses = { known: 0, estimated: 0 }
    for (let i = 0; i < rounds; i++) {
      const control = summaryOf(sample(random, 7, [1, 1, 1, 1], 0))
      const treatment = summaryOf(sample(random, 9, [1, 1, 1, 1], 0))
      const isOutside = (result: ReturnType<typeof cuped>) => {
        const { difference, standardError, degreesOfFreedom } = result as NonNullable<typeof result>
        return Math.abs(difference) > -studentTQuantile(0.025, degreesOfFreedom) * standardError
      }
      if (isOutside(cuped(control, treatment, 'within'))) misses.known++
      if (isOutside(adjustForCovariates(control, treatment))) misses.estimated++
    }
    // 5 % of 2000 is 100, its standard deviation 9.7; 4 of them to either side.
    expect(Math.abs(misses.estimated - 100)).toBeLessThan(39)
    expect(misses.known).toBeGreaterThan(200)
  })

  it('is undefined where there is nothing to say', () => {
    const two = summaryOf([
      [1, 2],
      [3, 5],
    ])
    expect(adjustForCovariates(summaryOf([[1, 2]]), two)).toBeUndefined()
    expect(adjustForCovariates(two, summaryOf([[1], [2]]))).toBeUndefined()
    expect(adjustForCovariates(two, { ...two, mean: [Number.NaN, 1] })).toBeUndefined()
    const three = (rows: number[][]) => summaryOf(rows)
    // 4 units, 2 means and 2 covariates leave no degree of freedom
    expect(
      adjustForCovariates(
        three([
          [1, 2, 1],
          [3, 5, 9],
        ]),
        three([
          [1, 7, 3],
          [2, 1, 4],
        ]),
      ),
    ).toBeUndefined()
  })
})

describe('adjustWithInteractions', () => {
  it('has the coefficients of the interacted regression on the units', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const [control, treatment] = samplesOf(given)
        const adjusted = adjustWithInteractions(summaryOf(control), summaryOf(treatment))
        const fitted = designOf(control, treatment, true)
        expectNear(adjusted?.difference, fitted.coefficients[1], 10)
        expectNear(adjusted?.control.value, fitted.coefficients[0], 10)
        const {
          control: c,
          treatment: t,
          covariance,
          standardError,
        } = adjusted as NonNullable<typeof adjusted>
        expectNear(c.variance + t.variance - 2 * covariance, standardError ** 2)
      }),
      { seed: 3 },
    )
  })

  it('has the classic standard error of either regression, beside that of the average covariates', () => {
    const control = sample(new Random(5), 12, [1, -2], 0)
    const treatment = control.map(([y, a, b]) => [Number(y) + 3, Number(a) + 0.7, Number(b) - 0.2])
    const adjusted = adjustWithInteractions(summaryOf(control), summaryOf(treatment))
    const fitted = designOf(control, treatment, true)
    const within = Number(adjusted?.standardError) ** 2 - Number(adjusted?.populationVariance)
    expectNear(Math.sqrt(within), standardErrors(fitted, 'classic')[1])
  })

  it('holds its confidence about the population’s effect where slopes and sizes differ', () => {
    const random = new Random(30)
    const rounds = 2000
    let misses = 0
    for (let i = 0; i < rounds; i++) {
      const control = summaryOf(sample(random, 120, [2], 0))
      const treatment = summaryOf(sample(random, 40, [-2], 0, 2))
      const { difference, standardError, degreesOfFreedom } = adjustWithInteractions(
        control,
        treatment,
      ) as NonNullable<ReturnType<typeof adjustWithInteractions>>
      if (Math.abs(difference) > -studentTQuantile(0.025, degreesOfFreedom) * standardError) misses++
    }
    expect(Math.abs(misses - 100)).toBeLessThan(39)
  })

  it('is undefined without degrees of freedom in a variant', () => {
    const rows = [
      [1, 2],
      [3, 5],
    ]
    expect(adjustWithInteractions(summaryOf(rows), summaryOf([...rows, [4, 1], [2, 2]]))).toBeUndefined()
  })
})
