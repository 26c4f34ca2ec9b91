import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComputedComparison } from '../estimator.ts'
import { SAMPLE_TESTS } from '../methods.ts'
import type { Sample, SampleTest, SampleTestSettings } from '../sample-test.ts'
import { type SampleTestCases, sampleTestSuite } from '../testing/index.ts'
import { betting } from './betting.ts'
import { bootstrap } from './bootstrap.ts'
import { brunnerMunzel } from './brunner-munzel.ts'
import { mannWhitney } from './mann-whitney.ts'
import { permutation } from './permutation.ts'
import { postStratify } from './post-stratify.ts'
import { quantile } from './quantile.ts'
import { regression } from './regression.ts'

const unit = fc.record({
  value: fc.double({ min: 0, max: 100, noNaN: true }).map((value) => Math.round(value * 8) / 8),
  covariate: fc.integer({ min: -20, max: 20 }),
  stratum: fc.integer({ min: 0, max: 2 }),
})
const units = fc.array(unit, { minLength: 12, maxLength: 60 }).map(
  (all): Sample => ({
    values: Float64Array.from(all, ({ value }) => value),
    covariates: [Float64Array.from(all, ({ covariate }) => covariate)],
    strata: Uint32Array.from(all, ({ stratum }) => stratum),
  }),
)
/** From sixty units on the ends of a quantile's interval are values that were seen. */
const manyUnits = units.map(
  (sample): Sample => ({
    ...sample,
    values: Float64Array.from(
      { length: 5 * sample.values.length },
      (_, i) => (sample.values[i % sample.values.length] ?? 0) + i / 97,
    ),
  }),
)

const TWO_METHODS = { except: 'interval and p come from different methods' }
const DRAWN = { except: 'what is drawn depends on the order of the units' }
const FLOOR = { replicates: 199 }

const CASES: Readonly<Record<string, SampleTestCases>> = {
  'mann-whitney': { samples: units, duality: TWO_METHODS, symmetry: 'exact', order: 'ignored' },
  'brunner-munzel': { samples: units, duality: 'exact', symmetry: 'exact', order: 'ignored' },
  permutation: { samples: units, duality: TWO_METHODS, symmetry: DRAWN, order: DRAWN, settings: FLOOR },
  bootstrap: { samples: units, duality: TWO_METHODS, symmetry: DRAWN, order: DRAWN, settings: FLOOR },
  regression: { samples: units, duality: 'exact', symmetry: 'exact', order: 'ignored' },
  'post-stratify': { samples: units, duality: 'exact', symmetry: 'exact', order: 'ignored' },
  quantile: {
    samples: manyUnits,
    duality: TWO_METHODS,
    symmetry: 'exact',
    order: 'ignored',
    settings: { quantile: 0.5 },
  },
  betting: {
    samples: units,
    duality: TWO_METHODS,
    symmetry: 'exact',
    order: { except: 'units count in the order in which they came' },
    settings: { bounds: { lowest: 0, highest: 100 } },
  },
}

for (const test of SAMPLE_TESTS) sampleTestSuite(test, CASES[test.name] as SampleTestCases)

/** Ten and eleven values with one tie, and what was known of the units before. */
const CONTROL: Sample = {
  values: Float64Array.of(2.1, 3.4, 1.9, 5.6, 4.4, 3.3, 2.8, 4.0, 3.4, 6.1),
  covariates: [Float64Array.of(1, 2, 1, 4, 3, 2, 2, 3, 2, 5)],
  strata: Uint32Array.of(0, 0, 0, 1, 1, 0, 0, 1, 0, 1),
}
const TREATMENT: Sample = {
  values: Float64Array.of(3.0, 4.8, 5.1, 6.6, 3.4, 7.2, 5.9, 4.1, 6.0, 8.3, 5.5),
  covariates: [Float64Array.of(1, 3, 3, 4, 2, 5, 4, 2, 4, 6, 3)],
  strata: Uint32Array.of(0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1),
}

function computed(test: SampleTest, over: Partial<SampleTestSettings> = {}): ComputedComparison {
  const answer = test.compare(CONTROL, TREATMENT, { alpha: 0.05, seed: 1, ...over })
  if (answer.status !== 'ok') throw new Error(answer.message)
  return answer
}

describe('sample tests against SciPy 1.17.1 and NumPy 2.4.6', () => {
  it('mannwhitneyu with continuity, asymptotic', () => {
    const { pValue, absolute } = computed(mannWhitney)
    expect(pValue).toBeCloseTo(0.02634760587372178, 12)
    expect(absolute.estimate).toBeCloseTo(87 / 110 - 0.5, 12)
  })

  it('brunnermunzel', () => {
    const { pValue, statistic } = computed(brunnerMunzel)
    expect(statistic).toBeCloseTo(2.843025236002165, 12)
    expect(pValue).toBeCloseTo(0.010692150435330007, 12)
  })

  it('all 352,716 rearrangements, counted with itertools', () => {
    const { pValue, method } = computed(permutation)
    expect(pValue).toBe(5830 / 352_716)
    expect(method).toContain('all 352,716 rearrangements')
  })

  it('bootstrap, method BCa, 200,000 resamples: within the error of 20,000', () => {
    const { absolute, pValue } = computed(bootstrap, { replicates: 20_000 })
    expect(Math.abs(absolute.low - 0.5209)).toBeLessThan(0.05)
    expect(Math.abs(absolute.high - 2.9309)).toBeLessThan(0.05)
    expect(pValue).toBeCloseTo(0.014459133494098015, 12)
  })

  it('least squares with interactions and HC2, by the normal equations', () => {
    const { absolute, standardError, pValue } = computed(regression)
    expect(absolute.estimate).toBeCloseTo(0.8142515657468355, 11)
    expect(standardError).toBeCloseTo(0.1472465195494538, 11)
    expect(pValue).toBeCloseTo(3.6738821840361105e-5, 12)
    expect(absolute.low).toBeCloseTo(0.5035885650196601, 10)
  })
})

describe('what only single tests promise', () => {
  it('post-stratification weighs the differences within strata by their size', () => {
    const { absolute } = computed(postStratify)
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
    const low = mean([3.0, 3.4, 4.1]) - mean([2.1, 3.4, 1.9, 3.3, 2.8, 3.4])
    const high = mean([4.8, 5.1, 6.6, 7.2, 5.9, 6.0, 8.3, 5.5]) - mean([5.6, 4.4, 4.0, 6.1])
    expect(absolute.estimate).toBeCloseTo((9 * low + 12 * high) / 21, 12)
  })

  it('betting needs the bounds, and looks at the order', () => {
    const bounds = { lowest: 0, highest: 10 }
    const without = betting.compare(CONTROL, TREATMENT, { alpha: 0.05, seed: 1 })
    expect(without).toMatchObject({ status: 'not-computable', reason: 'no-estimator' })
    const sorted = { ...TREATMENT, values: TREATMENT.values.toSorted() }
    const again = betting.compare(CONTROL, sorted, { alpha: 0.05, seed: 1, bounds })
    expect(again).not.toEqual(computed(betting, { bounds }))
  })

  it('betting finds a large difference in many units, with p and interval together', () => {
    const ones = (share: number) =>
      Float64Array.from({ length: 2000 }, (_, i) => Number((i * 7) % 20 < 20 * share))
    const answer = betting.compare(
      { values: ones(0.3), covariates: [] },
      { values: ones(0.5), covariates: [] },
      { alpha: 0.05, seed: 1, bounds: { lowest: 0, highest: 1 } },
    )
    if (answer.status !== 'ok') throw new Error(answer.message)
    expect(answer.absolute.low).toBeGreaterThan(0.1)
    expect(answer.pValue).toBeLessThan(1e-6)
  })

  it('a quantile beyond what the units can tell is refused', () => {
    expect(quantile.compare(CONTROL, TREATMENT, { alpha: 0.05, seed: 1, quantile: 0.99 })).toMatchObject({
      status: 'not-computable',
      reason: 'too-few-units',
    })
  })
})
