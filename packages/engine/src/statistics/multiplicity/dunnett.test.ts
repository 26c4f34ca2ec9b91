import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { studentTTwoSidedP } from '../distributions/student-t.ts'
import { summariseSample } from '../hypothesis-tests/sample-summary.ts'
import { dunnettStepDown, dunnettTest, type ManyToOne } from './dunnett.ts'
import { bonferroni, holm } from './multiple-comparisons.ts'

const CONTROL = [-0.8, -1.32, -0.25, 0.42, 1.14, 0.11, -0.55, -0.78, 0.75, 1.63, 0.27, -1.23]
const TREATMENTS = [
  [-0.16, 2.4, 1.0, -0.93, 0.72, -0.36, 0.17, 0.31, 0.09],
  [0.75, 0.14, -0.39, 0.61, 1.03, -1.44, -0.06, -0.78, 0.03, -1.09, 0.22, 0.16, -0.1, -0.85, -0.2],
  [-1.99, -2.26, -0.68, -2.01, 0.27, -0.18, -2.9, -0.63, -2.0, -0.87, -0.86],
]

/** With the variance common to all groups, as Dunnett has it. */
function familyOf(control: readonly number[], treatments: readonly (readonly number[])[]): ManyToOne {
  const groups = [control, ...treatments].map((values) => summariseSample(values))
  const degreesOfFreedom = groups.reduce((sum, { units }) => sum + units - 1, 0)
  const deviation = Math.sqrt(
    groups.reduce((sum, { units, variance }) => sum + (units - 1) * variance, 0) / degreesOfFreedom,
  )
  const [first, ...others] = groups
  if (!first) throw new Error('expected a control')
  return {
    controlStandardError: deviation / Math.sqrt(first.units),
    effects: others.map(({ units, mean }) => ({
      estimate: mean - first.mean,
      standardError: deviation * Math.sqrt(1 / units + 1 / first.units),
      degreesOfFreedom,
    })),
  }
}

function knownVariance(estimates: readonly number[]): ManyToOne {
  return {
    controlStandardError: 1,
    effects: estimates.map((estimate) => ({
      estimate,
      standardError: Math.SQRT2,
      degreesOfFreedom: Number.POSITIVE_INFINITY,
    })),
  }
}

describe('dunnettTest', () => {
  // scipy.stats.dunnett(…), which integrates at random: its p-values have an error of about 1e-4
  it('agrees with SciPy', () => {
    const tests = dunnettTest(familyOf(CONTROL, TREATMENTS), 0.05)
    const statistics = [1.05725019, -0.23586316, -3.34893128]
    const pValues = [0.59204826, 0.99098892, 0.00477895]
    const lows = [-0.53611713, -0.91221612, -2.12830342]
    for (const [i, { statistic, pValue, low }] of tests.entries()) {
      expect(statistic).toBeCloseTo(statistics[i] as number, 8)
      expect(Math.abs(pValue - (pValues[i] as number))).toBeLessThan(3e-4)
      expect(Math.abs(low - (lows[i] as number))).toBeLessThan(2e-3)
    }
  })

  // Dunnett 1964, table II: two-sided 5 %, two treatments, 27 degrees of freedom: 2.33
  it('has the critical value of the table', () => {
    const family = {
      controlStandardError: 1,
      effects: [1, 2].map((estimate) => ({ estimate, standardError: Math.SQRT2, degreesOfFreedom: 27 })),
    }
    const [first] = dunnettTest(family, 0.05)
    expect((1 - (first?.low ?? 0)) / Math.SQRT2).toBeCloseTo(2.33, 2)
  })

  it('is the t test for one treatment, and less strict than Bonferroni for more', () => {
    const [only] = dunnettTest(familyOf(CONTROL, [TREATMENTS[0] ?? []]), 0.05)
    expect(only?.pValue).toBeCloseTo(studentTTwoSidedP(only?.statistic ?? 0, 19), 10)
    const family = familyOf(CONTROL, TREATMENTS)
    const strict = bonferroni(
      family.effects.map(({ estimate, standardError, degreesOfFreedom }) =>
        studentTTwoSidedP(estimate / standardError, degreesOfFreedom),
      ),
    )
    for (const [i, { pValue }] of dunnettTest(family, 0.05).entries())
      expect(pValue).toBeLessThan((strict[i] as number) + 1e-12)
  })

  it('excludes 0 exactly where p < alpha', () => {
    for (const estimate of [3.1, 3.12, 3.13, 3.14, 3.16]) {
      for (const { pValue, low, high } of dunnettTest(knownVariance([estimate, -estimate, 0.2]), 0.07))
        expect(low > 0 || high < 0).toBe(pValue < 0.07)
    }
  })

  it('does not count what cannot be judged', () => {
    const family = knownVariance([2, 1])
    const gone = { estimate: Number.NaN, standardError: 1, degreesOfFreedom: 5 }
    const smaller = { estimate: 1, standardError: 0.5, degreesOfFreedom: 5 }
    const tests = dunnettTest({ ...family, effects: [...family.effects, gone, smaller] }, 0.05)
    expect(tests.slice(0, 2)).toEqual(dunnettTest(family, 0.05))
    expect(tests.slice(2).map(({ pValue }) => pValue)).toEqual([Number.NaN, Number.NaN])
    expect(dunnettStepDown({ ...family, effects: [...family.effects, gone] })[2]).toBeNaN()
  })

  it('holds the familywise error rate', () => {
    const random = new Random(5)
    const runs = 4000
    const draw = () => normalQuantile(random.nextOpen())
    let wrong = 0
    const critical =
      dunnettTest(knownVariance([1, 1, 1]), 0.1).map(({ low }) => (1 - low) / Math.SQRT2)[0] ?? 0
    for (let run = 0; run < runs; run++) {
      const control = draw()
      const largest = Math.max(...[1, 2, 3].map(() => Math.abs(draw() - control))) / Math.SQRT2
      if (largest > critical) wrong++
    }
    // 0.1: standard error 0.0047, four of them
    expect(Math.abs(wrong / runs - 0.1)).toBeLessThan(0.019)
  })
})

describe('dunnettStepDown', () => {
  it('begins as Dunnett, goes on with fewer, and never beyond Holm', () => {
    const family = knownVariance([4, -3, 2.5])
    const steps = dunnettStepDown(family)
    const tests = dunnettTest(family, 0.05)
    expect(steps[0]).toBeCloseTo(tests[0]?.pValue ?? 0, 12)
    expect(steps[1]).toBeLessThan(tests[1]?.pValue ?? 0)
    const plain = family.effects.map(({ estimate }) =>
      studentTTwoSidedP(estimate / Math.SQRT2, Number.POSITIVE_INFINITY),
    )
    expect(steps[2]).toBeCloseTo(Math.max(plain[2] as number, steps[1] as number), 10)
    for (const [i, p] of holm(plain).entries()) expect(steps[i]).toBeLessThanOrEqual(p + 1e-12)
  })

  it('keeps the order of the statistics', () => {
    const steps = dunnettStepDown(knownVariance([2.5, 2.49, -2.51, 0]))
    expect(steps[2]).toBeLessThanOrEqual(steps[0] as number)
    expect(steps[0]).toBeLessThanOrEqual(steps[1] as number)
    expect(steps[1]).toBeLessThanOrEqual(steps[3] as number)
  })
})
