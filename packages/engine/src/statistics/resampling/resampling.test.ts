import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { summariseSample } from '../hypothesis-tests/sample-summary.ts'
import { bootstrap, bootstrapDifference, type Statistic } from './bootstrap.ts'
import { exactPermutationTest, monteCarloPermutationTest } from './permutation-test.ts'
import { bcaShares } from './replicates.ts'

const mean: Statistic = (sample) => summariseSample(sample).mean

function settings(seed: number, replicates = 999) {
  const random = new Random(seed)
  return { replicates, alpha: 0.05, uniform: () => random.next() }
}

describe('exactPermutationTest', () => {
  it('counts the assignments of Fisher', () => {
    expect(exactPermutationTest([1, 2, 3], [4, 5, 6])).toEqual({
      estimate: 3,
      permutations: 20,
      pValue: 0.1,
      pValueGreater: 0.05,
      pValueLess: 1,
    })
    // scipy.stats.permutation_test(…, n_resamples=inf, alternative='greater')
    const test = exactPermutationTest([3.1, 2.2, 5.5, 4.1, 1.0], [2.9, 6.1, 7.2, 3.3, 5.0])
    expect(test?.pValueGreater).toBeCloseTo(0.0873015873015873, 14)
  })

  it('counts ties whatever the rounding, at any offset', () => {
    const [control, treatment] = [
      [0, 0, 1, 0],
      [1, 1, 0, 1],
    ]
    const plain = exactPermutationTest(control, treatment)
    expect(plain?.pValue).toBeCloseTo(34 / 70, 14)
    for (const [scale, offset] of [
      [0.1, 0],
      [1, 1e12],
      [1e-7, 0.3],
    ] as const) {
      const moved = (values: readonly number[]) => values.map((value) => value * scale + offset)
      expect(exactPermutationTest(moved(control), moved(treatment))?.pValue).toBe(plain?.pValue)
    }
  })

  it('turns around with its samples', () => {
    const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [one, other] = [exactPermutationTest(a, b), exactPermutationTest(b, a)]
        expect(other?.pValue).toBe(one?.pValue)
        expect(other?.pValueGreater).toBe(one?.pValueLess)
        expect(one?.pValue).toBeGreaterThanOrEqual(1 / (one?.permutations ?? 0))
        expect((one?.pValueGreater ?? 0) + (one?.pValueLess ?? 0)).toBeGreaterThan(1)
      }),
      { seed: 1 },
    )
  })

  it('refuses too many assignments, and what is no number', () => {
    const many = Array.from({ length: 20 }, (_, i) => i)
    expect(exactPermutationTest(many, many)).toBeUndefined()
    expect(exactPermutationTest([], [1])).toMatchObject({ pValue: Number.NaN, permutations: 0 })
    expect(exactPermutationTest([1, Number.NaN], [1])?.pValue).toBeNaN()
  })
})

describe('monteCarloPermutationTest', () => {
  it('comes near the exact test', () => {
    const [control, treatment] = [
      [3.1, 2.2, 5.5, 4.1, 1.0],
      [2.9, 6.1, 7.2, 3.3, 5.0],
    ]
    const exact = exactPermutationTest(control, treatment)
    const sampled = monteCarloPermutationTest(control, treatment, 20_000, new Random(3))
    expect(sampled.permutations).toBe(20_001)
    // Five standard errors √(p / m)
    expect(Math.abs(sampled.pValue - (exact?.pValue ?? 0))).toBeLessThan(5 * Math.sqrt(0.18 / 20_000))
    expect(Math.abs(sampled.pValueGreater - (exact?.pValueGreater ?? 0))).toBeLessThan(
      5 * Math.sqrt(0.09 / 20_000),
    )
  })

  it('is never 0, and the same for the same seed', () => {
    const control = Array.from({ length: 40 }, (_, i) => i)
    const treatment = control.map((value) => value + 1000)
    expect(monteCarloPermutationTest(control, treatment, 199, new Random(1)).pValue).toBe(1 / 200)
    const noisy = control.map((value, i) => value + ((i * 37) % 11))
    const once = monteCarloPermutationTest(control, noisy, 500, new Random(9))
    expect(monteCarloPermutationTest(control, noisy, 500, new Random(9))).toEqual(once)
    expect(monteCarloPermutationTest(control, noisy, 0, new Random(9)).pValue).toBeNaN()
  })

  it('rejects a true null hypothesis no more often than alpha', () => {
    const random = new Random(21)
    const runs = 1000
    let rejected = 0
    for (let run = 0; run < runs; run++) {
      const draw = () => Array.from({ length: 12 }, () => Math.exp(3 * random.next()))
      if (monteCarloPermutationTest(draw(), draw(), 99, random).pValue <= 0.1) rejected++
    }
    // Exactly 0.1 in expectation: standard error 0.0095, four of them
    expect(Math.abs(rejected / runs - 0.1)).toBeLessThan(0.038)
  })
})

describe('bootstrap', () => {
  const sample = [0.384, 0.1996, 0.8849, 0.4039, 2.7, 1.9, 0.05, 6.1, 1.1, 0.7, 3.3, 0.2]

  it('has the standard error of the mean, and replicates around it', () => {
    const { mean: centre, variance, units } = summariseSample(sample)
    const result = bootstrap(sample, mean, settings(1, 4000))
    const exact = Math.sqrt((variance * (units - 1)) / units / units)
    expect(result?.estimate).toBe(centre)
    // Relative standard error of a standard deviation of 4000: about 1.1 %, skewed; four of them
    expect(Math.abs((result?.standardError ?? 0) / exact - 1)).toBeLessThan(0.045)
    expect(Math.abs((result?.mean ?? 0) - centre)).toBeLessThan((4 * exact) / Math.sqrt(4000))
  })

  it('has the acceleration of the mean: a sixth of its skewness', () => {
    const { mean: centre } = summariseSample(sample)
    const cubes = sample.reduce((sum, x) => sum + (x - centre) ** 3, 0)
    const squares = sample.reduce((sum, x) => sum + (x - centre) ** 2, 0)
    expect(bootstrap(sample, mean, settings(1, 99))?.acceleration).toBeCloseTo(
      cubes / (6 * squares ** 1.5),
      12,
    )
  })

  it('reflects the percentile interval, and accelerates to the right for a right-skewed sample', () => {
    const result = bootstrap(sample, mean, settings(2))
    if (!result) throw new Error('expected an answer')
    expect(result.basic.low).toBeCloseTo(2 * result.estimate - result.percentile.high, 14)
    expect(result.bca.high).toBeGreaterThan(result.percentile.high)
    expect(result.replicates).toHaveLength(999)
  })

  it('gives the same for the same seed, and moves with its sample', () => {
    const once = bootstrap(sample, mean, settings(5))
    expect(bootstrap(sample, mean, settings(5))).toEqual(once)
    const doubled = bootstrap(
      sample.map((x) => 2 * x),
      mean,
      settings(5),
    )
    expect(doubled?.bca.low).toBeCloseTo(2 * (once?.bca.low ?? 0), 12)
  })

  it('has no width for a constant sample, and no answer outside', () => {
    const constant = bootstrap([3, 3, 3], mean, settings(1, 50))
    expect(constant).toMatchObject({
      standardError: 0,
      biasCorrection: 0,
      acceleration: 0,
      bca: { low: 3, high: 3 },
    })
    expect(bootstrap([1], mean, settings(1))).toBeUndefined()
    expect(bootstrap([1, Number.NaN], mean, settings(1))).toBeUndefined()
    expect(bootstrap([1, 2], mean, { ...settings(1), replicates: 0 })).toBeUndefined()
    expect(bootstrap([1, 2], mean, { ...settings(1), alpha: 1 })).toBeUndefined()
    expect(bootstrap([0, 1], (values) => 1 / (values[0] as number), settings(1))).toBeUndefined()
  })

  it('has no accelerated interval where all replicates lie on one side', () => {
    const result = bootstrap(
      [1, 2, 3],
      (values) => Math.max(...values) + (values[0] === 1 && values[1] === 2 && values[2] === 3 ? 9 : 0),
      {
        ...settings(1, 3),
        uniform: () => 0.99,
      },
    )
    expect([result?.bca.low, result?.bca.high]).toEqual([Number.NaN, Number.NaN])
  })
})

describe('bootstrapDifference', () => {
  it('resamples each sample within itself', () => {
    const control = [1, 2, 3, 4, 5, 6]
    const treatment = [11, 12, 13, 14, 15, 16, 17]
    const result = bootstrapDifference(control, treatment, mean, settings(4))
    expect(result?.estimate).toBe(10.5)
    expect(result?.bca.low).toBeGreaterThan(7)
    expect(result?.bca.high).toBeLessThan(14)
    // Both samples are symmetric.
    expect(result?.acceleration).toBeCloseTo(0, 12)
    expect(bootstrapDifference(control, [1], mean, settings(4))).toBeUndefined()
  })

  it('covers the truth about as often as it says', () => {
    const random = new Random(8)
    const runs = 300
    let missed = 0
    for (let run = 0; run < runs; run++) {
      const draw = (n: number) => Array.from({ length: n }, () => -Math.log(random.nextOpen()))
      const given = { replicates: 299, alpha: 0.1, uniform: () => random.next() }
      const result = bootstrapDifference(draw(40), draw(50), mean, given)
      if (!result || result.bca.low > 0 || result.bca.high < 0) missed++
    }
    // Nominal 0.1, a little more in samples of 40: standard error 0.017, four of them
    expect(missed / runs).toBeLessThan(0.1 + 0.075)
    expect(missed / runs).toBeGreaterThan(0.1 - 0.07)
  })
})

describe('bcaShares', () => {
  it('are those of the percentile interval without bias and acceleration', () => {
    const { low, high } = bcaShares(0, 0, 0.05)
    expect([low, high]).toEqual([expect.closeTo(0.025, 14), expect.closeTo(0.975, 14)])
  })

  it('are NaN where acceleration would turn them around', () => {
    expect(bcaShares(1, 0.6, 0.05).high).toBeNaN()
    expect(bcaShares(Number.POSITIVE_INFINITY, 0, 0.05).low).toBeNaN()
  })
})
