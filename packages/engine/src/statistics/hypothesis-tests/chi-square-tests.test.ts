import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  goodnessOfFit,
  independence,
  independenceCorrected,
  likelihoodRatioTest,
  sampleRatioTest,
  smallestExpectation,
} from './chi-square-tests.ts'

const TABLE = [
  [30, 10],
  [20, 40],
] as const

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('sampleRatioTest', () => {
  // mpmath, 40 digits: 0.9 and 0.1 as doubles do not sum to 1
  it('does not round the expectation', () => {
    const test = sampleRatioTest([900, 100], [0.9, 0.1])
    expect(relativeError(test.statistic, 8.559688641721047e-32)).toBeLessThan(1e-12)
    expect(test.pValue).toBeCloseTo(1, 14)
  })

  it('goes on as a logarithm in billions', () => {
    // scipy.stats.chisquare([1e9, 1.001e9])
    const test = sampleRatioTest([1_000_000_000, 1_001_000_000], [1, 1])
    expect(relativeError(test.statistic, 499.7501249375312)).toBeLessThan(1e-14)
    expect(relativeError(test.log10PValue, -109.96766190789303)).toBeLessThan(1e-13)
  })

  it('drops variants without weight from the degrees of freedom, and cannot explain units in them', () => {
    expect(sampleRatioTest([50, 60, 0], [1, 1, 0])).toEqual(sampleRatioTest([50, 60], [1, 1]))
    expect(sampleRatioTest([50, 60, 1], [1, 1, 0])).toMatchObject({ pValue: 0, degreesOfFreedom: 1 })
  })

  it('is the goodness of fit to N w / W', () => {
    const cells = fc.array(fc.tuple(fc.nat({ max: 10_000 }), fc.integer({ min: 1, max: 50 })), {
      minLength: 2,
      maxLength: 6,
    })
    fc.assert(
      fc.property(cells, (given) => {
        const observed = given.map(([count]) => count)
        const weights = given.map(([, weight]) => weight)
        const units = observed.reduce((a, b) => a + b, 0)
        fc.pre(units > 0)
        const total = weights.reduce((a, b) => a + b, 0)
        const expected = weights.map((weight) => (units * weight) / total)
        const [one, other] = [sampleRatioTest(observed, weights), goodnessOfFit(observed, expected)]
        expect(one.statistic).toBeCloseTo(other.statistic, 8)
        expect(one.degreesOfFreedom).toBe(other.degreesOfFreedom)
      }),
      { seed: 1 },
    )
  })

  it('answers NaN where there is nothing to compare', () => {
    for (const [observed, weights] of [
      [[1], [1]],
      [
        [0, 0],
        [1, 1],
      ],
      [[1, 2], [1]],
      [
        [1, -2],
        [1, 1],
      ],
      [
        [1, 2],
        [1, Number.NaN],
      ],
    ] as const) {
      expect(sampleRatioTest(observed, weights).pValue).toBeNaN()
    }
  })
})

describe('tests of independence', () => {
  // scipy.stats.chi2_contingency, correction=False | True, lambda_='log-likelihood'
  it('agree with SciPy', () => {
    expect(relativeError(independence(TABLE).pValue, 4.455709060405612e-5)).toBeLessThan(1e-12)
    expect(relativeError(independenceCorrected(TABLE).statistic, 15.041666666666666)).toBeLessThan(1e-14)
    expect(relativeError(independenceCorrected(TABLE).pValue, 0.00010516355403363098)).toBeLessThan(1e-12)
    expect(relativeError(likelihoodRatioTest(TABLE).statistic, 17.260924347106844)).toBeLessThan(1e-13)
    expect(relativeError(likelihoodRatioTest(TABLE).pValue, 3.258188094698204e-5)).toBeLessThan(1e-12)
    expect(smallestExpectation(TABLE)).toBe(20)
  })

  it('keep their digits where rows of a billion differ by little', () => {
    // mpmath, 40 digits
    const table = [
      [950_000_000, 50_000_000],
      [949_970_000, 50_030_000],
    ]
    const exact = 30_000 ** 2 / 4 / (100_030_000 / 4)
    const rest = 30_000 ** 2 / 4 / (1_899_970_000 / 4)
    expect(relativeError(independence(table).statistic, exact + rest)).toBeLessThan(1e-12)
  })

  it('correct fourfold tables only, and never beyond 0', () => {
    const wide = [
      [3, 5, 2],
      [6, 1, 4],
    ]
    expect(independenceCorrected(wide)).toEqual(independence(wide))
    const even = [
      [5, 5],
      [5, 6],
    ]
    expect(independenceCorrected(even)).toMatchObject({ statistic: 0, pValue: 1 })
  })

  it('are 0 for proportional rows, and answer NaN where there is nothing to compare', () => {
    const proportional = [
      [10, 20, 30],
      [1, 2, 3],
    ]
    for (const test of [independence, independenceCorrected, likelihoodRatioTest]) {
      expect(test(proportional)).toMatchObject({ statistic: 0, pValue: 1, degreesOfFreedom: 2 })
      expect(test([[1, 2]]).pValue).toBeNaN()
      expect(
        test([
          [1, -2],
          [3, 4],
        ]).pValue,
      ).toBeNaN()
    }
    expect(smallestExpectation([])).toBeNaN()
    expect(smallestExpectation([[1, 2], [3]])).toBeNaN()
  })

  it('are the square of the pooled z statistic in fourfold tables, and larger by deviance never below 0', () => {
    const count = fc.integer({ min: 1, max: 100_000 })
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const table = [
          [a, b],
          [c, d],
        ]
        const [n, m] = [a + b, c + d]
        const pooled = (a + c) / (n + m)
        const z = (c / m - a / n) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        expect(Math.abs(independence(table).statistic - z * z)).toBeLessThan(1e-7 * (1 + z * z))
        expect(likelihoodRatioTest(table).statistic).toBeGreaterThanOrEqual(0)
      }),
      { seed: 2 },
    )
  })
})
