import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bestBeta,
  bestGamma,
  bestNormal,
  chancesBestBeta,
  chancesBestGamma,
  chancesBestNormal,
} from './best-of-many.ts'
import { compareBetas } from './compare-two.ts'
import { topTwoAllocation } from './top-two.ts'

const SEED = 20261122

function expectNear(actual: readonly number[], expected: readonly number[], relative = 1e-12): void {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((value, k) => {
    expect(Math.abs(value / (expected[k] ?? 0) - 1)).toBeLessThan(relative)
  })
}

describe('the chance of being best', () => {
  // mpmath, 22 digits: quadrature of each density times all other distribution functions.
  it('of probabilities', () => {
    const arms = [
      { a: 5.8199187677814415, b: 14.858038402750793 },
      { a: 1.0438561368489438, b: 114.76549388417251 },
      { a: 0.5185619232234608, b: 25.410180151437853 },
    ]
    expectNear(chancesBestBeta(arms), [0.9984216320735382, 6.746225370231291e-6, 0.0015716217010915481])
  })

  it('of means', () => {
    const arms = [
      { mean: -1.937674947612246, standardDeviation: 0.2719289999689937 },
      { mean: 0.9915102881975077, standardDeviation: 1.0380416279620264 },
      { mean: 0.9514834035303562, standardDeviation: 2.36790426251393 },
    ]
    expectNear(chancesBestNormal(arms), [0.0004130088495805317, 0.5058429585993224, 0.49374403255109706])
  })

  // mpmath, 30 digits.
  it('of an arm that hardly ever wins', () => {
    const arms = [
      [-1.1445194775510832, 0.2582862925705],
      [0.8522121399532914, 0.9902849591195526],
      [0.6407504881818962, 2.818325106406182],
      [1.2111825721870757, 0.23174365059230917],
      [-1.2846486657426601, 0.30141535510528283],
      [-0.4630556899869849, 0.41876720450871435],
      [3.518664498578039, 0.2789990661332897],
      [-0.11314772135030435, 1.4013993615436413],
    ].map(([mean = 0, standardDeviation = 0]) => ({ mean, standardDeviation }))
    expectNear(chancesBestNormal(arms).slice(0, 1), [5.4479029647777894e-36], 1e-11)
  })

  it('of exponential rates is that of the slowest', () => {
    // P(X > Y) = s / (r + s) for rates r, s of two exponential variables.
    expectNear(
      chancesBestGamma([
        { shape: 1, rate: 3 },
        { shape: 1, rate: 5 },
      ]),
      [5 / 8, 3 / 8],
    )
  })

  it.each([2, 12, 13, 100, 1000])('of %d equal arms is equal', (count) => {
    const betas = chancesBestBeta(Array.from({ length: count }, () => ({ a: 30, b: 400 })))
    const normals = chancesBestNormal(
      Array.from({ length: count }, () => ({ mean: 1e12, standardDeviation: 1 })),
    )
    const equal = Array.from({ length: count }, () => 1 / count)
    expectNear(betas, equal, 1e-11)
    expectNear(normals, equal, 1e-11)
  })

  it('adds up to 1, with losses that differ as the means do', () => {
    const parameter = fc.double({ min: -1, max: 5, noNaN: true }).map((power) => 10 ** power)
    const arms = fc.array(fc.record({ a: parameter, b: parameter }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(arms, (given) => {
        const { chances, expectedLosses } = bestBeta(given)
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 11)
        const bests = given.map(({ a, b }, k) => a / (a + b) + (expectedLosses[k] ?? 0))
        for (const best of bests) expect(best).toBeCloseTo(bests[0] ?? 0, 11)
      }),
      { seed: SEED, numRuns: 100 },
    )
  })

  it('of two arms is that of the comparison', () => {
    const [control, treatment] = [
      { a: 121, b: 881 },
      { a: 141, b: 861 },
    ]
    const { chances, expectedLosses } = bestBeta([control, treatment])
    const compared = compareBetas(control, treatment)
    expectNear(chances, [compared.chanceControlBetter, compared.chanceToBeatControl])
    expectNear(expectedLosses, [compared.expectedLossChoosingControl, compared.expectedLossChoosingTreatment])
  })

  it('is 1 for a single arm and unknown outside the domain', () => {
    expect(bestNormal([{ mean: 3, standardDeviation: 1 }])).toEqual({ chances: [1], expectedLosses: [0] })
    expect(
      bestBeta([
        { a: 1, b: 1 },
        { a: 0, b: 1 },
      ]).chances,
    ).toEqual([Number.NaN, Number.NaN])
    expect(chancesBestNormal([{ mean: 3, standardDeviation: 0 }])).toEqual([Number.NaN])
    expect(bestGamma([{ shape: -1, rate: 1 }]).expectedLosses).toEqual([Number.NaN])
  })
})

describe('top-two allocation', () => {
  // mpmath: Russo 2020.
  it('gives challengers their share', () => {
    const chances = [0.05635526445676554, 0.2268305671023493, 0.572148706599564, 0.14466546184132115]
    expectNear(
      topTwoAllocation(chances),
      [0.07889092964424299, 0.29103662751357545, 0.4354714231317621, 0.19460101971041946],
    )
  })

  it('shares among challengers by what little chance they have', () => {
    expectNear(topTwoAllocation([1, 9e-200, 1e-200]), [0.5, 0.45, 0.05])
    expect(topTwoAllocation([1, 0, 0])).toEqual([0.5, 0.25, 0.25])
  })

  it('adds up to 1', () => {
    const chances = fc.array(fc.double({ min: 1e-300, max: 1, noNaN: true }), { minLength: 2, maxLength: 9 })
    fc.assert(
      fc.property(chances, fc.double({ min: 0.1, max: 1, noNaN: true }), (given, leaderShare) => {
        const total = given.reduce((sum, chance) => sum + chance, 0)
        const allocation = topTwoAllocation(
          given.map((chance) => chance / total),
          leaderShare,
        )
        expect(allocation.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)
      }),
      { seed: SEED },
    )
  })

  it('knows nothing outside the domain', () => {
    expect(topTwoAllocation([0, 0])).toEqual([Number.NaN, Number.NaN])
    expect(topTwoAllocation([0.5, Number.NaN])).toEqual([Number.NaN, Number.NaN])
    expect(topTwoAllocation([0.5, 0.5], 0)).toEqual([Number.NaN, Number.NaN])
    expect(topTwoAllocation([1])).toEqual([1])
  })
})
