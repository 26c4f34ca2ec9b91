import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { noncentralTTails } from '../distributions/noncentral-t.ts'
import { independence } from '../hypothesis-tests/chi-square-tests.ts'
import { welchTTest } from '../hypothesis-tests/two-sample-t-tests.ts'
import { cohensH } from './cohens-h.ts'
import { cramersV } from './cramers-v.ts'
import { noncentralChiSquareCdf } from './noncentral-chi-square.ts'
import { newcombeSuperiorityInterval, probabilityOfSuperiority } from './probability-of-superiority.ts'
import {
  approximateHedgesCorrection,
  hedgesCorrection,
  noncentralityInterval,
  standardisedMeanDifference,
} from './standardised-mean-difference.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('standardisedMeanDifference', () => {
  const control = { units: 50, mean: 10, variance: 4 }
  const treatment = { units: 48, mean: 10.8, variance: 5 }

  // mpmath, 40 digits; the interval by inverting scipy.stats.nct, too
  it('agrees with 40 digits', () => {
    const effect = standardisedMeanDifference(control, treatment, 0.05)
    for (const [actual, expected] of [
      [effect.cohensD, 0.37756086155259044],
      [effect.correction, 0.9921636849794121],
      [effect.hedgesG, 0.37460217570201976],
      [effect.variance, 0.0415606404974983],
      [effect.glassDelta, 0.4],
      [effect.low, -0.023034514400861406],
      [effect.high, 0.7762257171957484],
    ] as const) {
      expect(relativeError(actual, expected)).toBeLessThan(1e-12)
    }
    expect(relativeError(approximateHedgesCorrection(96), 0.9921671018276762)).toBeLessThan(1e-15)
  })

  it('knows nothing where no unit differs from its mean', () => {
    const constant = { units: 5, mean: 1, variance: 0 }
    const none = standardisedMeanDifference(constant, { ...constant, mean: 2 }, 0.05)
    expect([none.cohensD, none.hedgesG, none.glassDelta, none.low]).toEqual(
      [1, 2, 3, 4].map(() => Number.NaN),
    )
    const single = { units: 1, mean: 1, variance: Number.NaN }
    expect(standardisedMeanDifference(single, treatment, 0.05).cohensD).toBeNaN()
    expect(standardisedMeanDifference({ ...control, variance: 0 }, treatment, 0.05).glassDelta).toBeNaN()
    expect(standardisedMeanDifference(control, treatment, 0).high).toBeNaN()
  })

  it('has limits at which the observed t lies in the tails', () => {
    const statistics = fc.double({ min: -90, max: 90, noNaN: true })
    fc.assert(
      fc.property(statistics, fc.constantFrom(1, 2, 5, 30, 1000, 1e6), (statistic, degreesOfFreedom) => {
        const { low, high } = noncentralityInterval(statistic, degreesOfFreedom, 0.1)
        expect(noncentralTTails(statistic, degreesOfFreedom, low).upper).toBeCloseTo(0.05, 10)
        expect(noncentralTTails(statistic, degreesOfFreedom, high).lower).toBeCloseTo(0.05, 10)
      }),
      { seed: 1 },
    )
  })
})

describe('noncentralityInterval', () => {
  it('goes on without a step where t is enormous, and without end', () => {
    // spread = √(1 + t² / 2ν): 1000 here
    const at = (statistic: number) => noncentralityInterval(statistic, 18, 0.05)
    const edge = 1000 * Math.sqrt(36)
    const [before, after] = [at(edge * (1 - 1e-6)), at(edge * (1 + 1e-6))]
    const step = (1 + 1e-6) / (1 - 1e-6)
    expect(relativeError(after.low / before.low, step)).toBeLessThan(1e-9)
    expect(relativeError(after.high / before.high, step)).toBeLessThan(1e-9)
    const far = at(1e300)
    expect(far.low).toBeGreaterThan(0)
    expect(far.high).toBeLessThan(2e300)
    expect(at(-1e300)).toEqual({ low: -far.high, high: -far.low })
  })
})

describe('hedgesCorrection', () => {
  it('is Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)), and nears 1 without losing digits', () => {
    // ν = 2: Γ(1) / Γ(½) = 1 / √π; ν = 3: Γ(3/2) / √(3/2) = √(π/6)
    expect(relativeError(hedgesCorrection(2), 1 / Math.sqrt(Math.PI))).toBeLessThan(1e-15)
    expect(relativeError(hedgesCorrection(3), Math.sqrt(Math.PI / 6))).toBeLessThan(1e-15)
    // 1 − 3/(4ν) − 7/(32ν²) + …
    expect(Math.abs(1 - hedgesCorrection(1e9) - 0.75e-9)).toBeLessThan(2e-16)
    expect([hedgesCorrection(1), approximateHedgesCorrection(0), hedgesCorrection(Number.NaN)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })
})

describe('cohensH', () => {
  it('is the difference of 2 arcsin √p, also where that cancels', () => {
    const [control, treatment] = [
      { successes: 500, trials: 10_000 },
      { successes: 560, trials: 10_000 },
    ]
    expect(cohensH(control, treatment)).toBeCloseTo(
      2 * (Math.asin(Math.sqrt(0.056)) - Math.asin(Math.sqrt(0.05))),
      14,
    )
    // mpmath, 40 digits
    const large = cohensH({ successes: 50_000_000, trials: 1e9 }, { successes: 50_030_000, trials: 1e9 })
    expect(relativeError(large, 0.00013762988560418656)).toBeLessThan(1e-15)
  })

  it('reaches from −π to π, and is odd', () => {
    const [none, all] = [
      { successes: 0, trials: 7 },
      { successes: 5, trials: 5 },
    ]
    expect(cohensH(none, all)).toBeCloseTo(Math.PI, 15)
    expect(cohensH(all, none)).toBeCloseTo(-Math.PI, 15)
    expect([cohensH(none, none), cohensH(all, all)]).toEqual([0, 0])
    expect(cohensH({ successes: 3, trials: 2 }, all)).toBeNaN()
  })
})

describe('noncentralChiSquareCdf', () => {
  // scipy.stats.ncx2.cdf
  it.each([
    [10, 3, 5, 0.7066486477774525],
    [3, 1, 2.5, 0.5595162319049038],
    [1000, 7, 900, 0.9364167169736268],
    [60, 20, 0.5, 0.9999881495283328],
  ])(
    'at %d with %d degrees of freedom and noncentrality %d',
    (x, degreesOfFreedom, noncentrality, expected) => {
      expect(Math.abs(noncentralChiSquareCdf(x, degreesOfFreedom, noncentrality) - expected)).toBeLessThan(
        1e-13,
      )
    },
  )

  it('falls in the noncentrality and answers NaN outside', () => {
    const place = fc.double({ min: 0.01, max: 1e5, noNaN: true })
    fc.assert(
      fc.property(place, place, fc.constantFrom(1, 2, 3, 12, 400), (x, noncentrality, degreesOfFreedom) => {
        const less = noncentralChiSquareCdf(x, degreesOfFreedom, noncentrality * 1.1)
        expect(less).toBeLessThanOrEqual(noncentralChiSquareCdf(x, degreesOfFreedom, noncentrality) + 1e-13)
      }),
      { seed: 2 },
    )
    expect(noncentralChiSquareCdf(-1, 2, 3)).toBe(0)
    for (const wrong of [
      noncentralChiSquareCdf(1, 0.5, 1),
      noncentralChiSquareCdf(1, 2, -1),
      noncentralChiSquareCdf(Number.NaN, 2, 1),
    ])
      expect(wrong).toBeNaN()
  })
})

describe('cramersV', () => {
  it('is √(χ² / N k), corrected for bias by hand, in a fourfold table', () => {
    const effect = cramersV(
      [
        [30, 10],
        [20, 40],
      ],
      0.05,
    )
    expect(effect.estimate).toBeCloseTo(Math.sqrt(1 / 6), 14)
    // Bergsma 2013: φ² − 1 / 99 over 2 − 1 / 99 − 1
    expect(effect.biasCorrected).toBeCloseTo(Math.sqrt((1 / 6 - 1 / 99) / (1 - 1 / 99)), 14)
  })

  it('has limits at which χ² lies in the tails, and begins at 0 exactly where the test does not reject', () => {
    const table = [
      [12, 5, 7, 9],
      [8, 8, 8, 8],
      [25, 2, 6, 9],
    ]
    const { statistic, degreesOfFreedom } = independence(table)
    const { high } = cramersV(table, 0.05)
    const noncentrality = high * high * 107 * 2
    expect(noncentralChiSquareCdf(statistic, degreesOfFreedom, noncentrality)).toBeCloseTo(0.025, 10)
    const count = fc.integer({ min: 1, max: 200 })
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const given = [
          [a, b],
          [c, d],
        ]
        const { estimate, low, high } = cramersV(given, 0.1)
        const { pValue } = independence(given)
        fc.pre(Math.abs(pValue - 0.05) > 1e-9)
        expect(low > 0).toBe(pValue < 0.05)
        expect(low).toBeLessThanOrEqual(estimate + 1e-9)
        expect(high).toBeLessThanOrEqual(1)
      }),
      { seed: 3 },
    )
  })

  it('leaves out rows and columns without counts, and answers NaN where nothing is left', () => {
    const padded = [
      [5, 0, 0],
      [0, 5, 0],
      [0, 0, 0],
    ]
    expect(cramersV(padded, 0.05)).toMatchObject({ estimate: 1, high: 1 })
    expect(cramersV([[1, 2]], 0.05).estimate).toBeNaN()
    expect(cramersV(padded, 0).low).toBeNaN()
  })
})

describe('probabilityOfSuperiority', () => {
  it('holds ½ about where Brunner and Munzel do not reject, and turns around with its samples', () => {
    const [control, treatment] = [
      [1.2, 3.4, 2.2, 5.1, 4.4, 2.2, 0.3],
      [2.2, 6.1, 4.4, 7.3, 5.0, 9.9],
    ]
    const effect = probabilityOfSuperiority(control, treatment, 0.05)
    expect(effect.estimate).toBeCloseTo(35.5 / 42, 14)
    expect(effect.method).toBe('brunner-munzel-logit')
    expect(effect.low).toBeLessThan(effect.estimate)
    expect(effect.high).toBeLessThan(1)
    const other = probabilityOfSuperiority(treatment, control, 0.05)
    expect(other.low).toBeCloseTo(1 - effect.high, 13)
  })

  // Newcombe's equation solved by scipy.optimize.brentq
  it('falls back to Newcombe where samples do not overlap', () => {
    const separate = probabilityOfSuperiority(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      Array.from({ length: 12 }, (_, i) => 20 + i),
      0.05,
    )
    expect(separate).toMatchObject({ estimate: 1, method: 'newcombe', high: 1 })
    expect(relativeError(separate.low, 1 - 0.18408298931643466)).toBeLessThan(1e-9)
    const { low, high } = newcombeSuperiorityInterval(0.75, 10, 12, 0.05)
    expect(relativeError(low, 0.5023004154225569)).toBeLessThan(1e-9)
    expect(relativeError(high, 0.8929911649687731)).toBeLessThan(1e-9)
    expect(probabilityOfSuperiority([1, 1], [1, 1], 0.05)).toMatchObject({
      estimate: 0.5,
      method: 'newcombe',
    })
    expect(probabilityOfSuperiority([1], [1, 2], 0.05).low).toBeNaN()
    expect(newcombeSuperiorityInterval(0.5, 3, 3, 1).low).toBeNaN()
  })

  it('covers the truth about as often as it says', () => {
    const random = new Random(11)
    let missed = 0
    const runs = 1500
    for (let run = 0; run < runs; run++) {
      const control = Array.from({ length: 30 }, () => random.next())
      const treatment = Array.from({ length: 30 }, () => random.next() + 0.25)
      const { low, high } = probabilityOfSuperiority(control, treatment, 0.1)
      // P(U + ¼ > V) = 1 − ½ · ¾²
      const truth = 1 - 0.5 * 0.75 ** 2
      if (truth < low || truth > high) missed++
    }
    // Binomial with 0.1: standard error 0.0077, four of them
    expect(missed / runs).toBeGreaterThan(0.1 - 0.031)
    expect(missed / runs).toBeLessThan(0.1 + 0.031)
  })

  it('agrees in direction with the t test', () => {
    const [control, treatment] = [
      { units: 3, mean: 2, variance: 1 },
      { units: 3, mean: 3, variance: 1 },
    ]
    expect(Math.sign(probabilityOfSuperiority([1, 2, 3], [2, 3, 4], 0.05).estimate - 0.5)).toBe(
      Math.sign(welchTTest(control, treatment, 0.05).estimate),
    )
  })
})
