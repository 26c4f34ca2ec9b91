import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../../random.ts'
import { normalVariate } from '../../variates/variates.ts'
import { classicBoundaries, efficacyBoundaries, spentBoundaries } from './boundaries.ts'
import { exitProbabilities } from './exit-probabilities.ts'
import { errorSpentAtEach, type Spending } from './spending.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const OBRIEN_FLEMING: Spending = { kind: 'obrien-fleming' }
const equally = (looks: number) => Array.from({ length: looks }, (_, look) => (look + 1) / looks)

const spendings = fc.constantFrom<Spending>(
  OBRIEN_FLEMING,
  { kind: 'pocock' },
  { kind: 'power', exponent: 2 },
  { kind: 'hwang-shih-decani', gamma: -4 },
)
const schedules = fc
  .uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 })
  .map((percents) => percents.toSorted((a, b) => a - b).map((percent) => percent / 100))

describe('efficacyBoundaries', () => {
  // Gauss–Legendre recursion with 600 nodes; equal to gsDesign and rpact in their digits
  it.each([
    [
      OBRIEN_FLEMING,
      5,
      0.05,
      2,
      [4.876884948790761, 3.357011921574655, 2.6802800645449847, 2.289816767711924],
    ],
    [{ kind: 'pocock' }, 3, 0.05, 2, [2.2794282389170046, 2.2949111323759004, 2.295938358716198]],
    [{ kind: 'power', exponent: 1 }, 3, 0.05, 2, [2.393979799818509, 2.293768287969396, 2.199938008748385]],
    // R: gsDesign(k = 3, test.type = 1, alpha = 0.025), to the digits it prints
    [{ kind: 'hwang-shih-decani', gamma: -4 }, 3, 0.025, 1, [3.010739, 2.546531, 1.999226]],
  ] as const)('%j at %d looks', (spending, looks, alpha, sides, expected) => {
    const boundaries = efficacyBoundaries({ information: equally(looks), alpha, sides, spending })
    for (const [look, z] of expected.entries())
      expect(relativeError(boundaries[look] as number, z)).toBeLessThan(String(z).length < 10 ? 2e-7 : 1e-12)
  })

  it('spends alpha to the last digits', () => {
    fc.assert(
      fc.property(
        spendings,
        schedules,
        fc.constantFrom(0.2, 0.05, 0.001),
        fc.constantFrom(1, 2),
        (spending, information, alpha, sides) => {
          const upper = efficacyBoundaries({ information, alpha, sides, spending })
          const lower = upper.map((z) => (sides === 2 ? -z : Number.NEGATIVE_INFINITY))
          const exits = exitProbabilities({ information, upper, lower })
          const spent = errorSpentAtEach(spending, information, alpha / sides)
          for (const [look, error] of spent.entries())
            if (error > 1e-280) expect(relativeError(exits.upper[look] as number, error)).toBeLessThan(1e-11)
        },
      ),
      { seed: 1, numRuns: 60 },
    )
  })

  it('does not depend on looks to come', () => {
    const test = { alpha: 0.05, sides: 2, spending: OBRIEN_FLEMING } as const
    const all = efficacyBoundaries({ ...test, information: [0.3, 0.5, 0.8, 1] })
    const two = efficacyBoundaries({ ...test, information: [0.3, 0.5] })
    expect(relativeError(two[1] as number, all[1] as number)).toBeLessThan(1e-13)
  })

  it('never stops where hardly anything may be spent, and goes on rightly after that', () => {
    const boundaries = efficacyBoundaries({
      information: [0.001, 0.002, 1],
      alpha: 0.05,
      sides: 2,
      spending: OBRIEN_FLEMING,
    })
    expect(boundaries[0]).toBe(Number.POSITIVE_INFINITY)
    expect(boundaries[1]).toBe(Number.POSITIVE_INFINITY)
    expect(boundaries[2]).toBeCloseTo(1.959963984540054, 12)
  })

  // 20,000 tests with five looks without effect: three standard errors, 0.46 %, are missed once in 370 seeds; it is one.
  it('errs alpha of the time', () => {
    const random = new Random(12)
    const information = equally(5)
    const boundaries = efficacyBoundaries({
      information,
      alpha: 0.05,
      sides: 2,
      spending: { kind: 'pocock' },
    })
    let rejected = 0
    for (let run = 0; run < 20_000; run++) {
      let score = 0
      const stops = boundaries.some((z, look) => {
        score += normalVariate(random) * Math.sqrt(0.2)
        return Math.abs(score) >= z * Math.sqrt(information[look] as number)
      })
      if (stops) rejected++
    }
    expect(Math.abs(rejected / 20_000 - 0.05)).toBeLessThan(0.0046)
  })

  it('answers NaN outside the domain', () => {
    const test = { information: [0.5, 1], alpha: 0.05, sides: 2, spending: OBRIEN_FLEMING } as const
    for (const wrong of [
      { information: [0.5, 0.5] },
      { information: [0, 1] },
      { information: [1, 0.5] },
      { information: [0.5, Number.NaN] },
      { alpha: 0 },
      { alpha: 1 },
      { spending: { kind: 'power', exponent: -1 } as const },
    ])
      expect(efficacyBoundaries({ ...test, ...wrong })).toEqual([Number.NaN, Number.NaN])
    expect(efficacyBoundaries({ ...test, information: [] })).toEqual([])
  })
})

describe('spentBoundaries', () => {
  // R: rpact getDesignGroupSequential(typeOfDesign = 'asUser', userAlphaSpending = c(0.01, 0.02, 0.03, 0.05))
  it('spends what it is told', () => {
    const boundaries = spentBoundaries({
      information: equally(4),
      errors: [0.01, 0.01, 0.01, 0.02],
      sides: 1,
    })
    const expected = [2.3263479, 2.2192994, 2.1201347, 1.8189562]
    for (const [look, z] of boundaries.entries()) expect(z).toBeCloseTo(expected[look] as number, 6)
  })
})

describe('classicBoundaries', () => {
  // Jennison & Turnbull 2000, tables 2.1, 2.3 and 2.9, with more digits
  it.each([
    [0.5, 1, 1.9599639845400545],
    [0.5, 2, 2.178272088727439],
    [0.5, 8, 2.512336211660147],
    [0, 3, 2.0040355786136343],
    [0, 8, 2.0722067722716284],
    [0.25, 5, 2.136012002909299],
  ])('of shape %d with %d looks', (shape, looks, expected) => {
    const { constant, boundaries } = classicBoundaries({
      information: equally(looks),
      alpha: 0.05,
      sides: 2,
      shape,
    })
    expect(relativeError(constant, expected)).toBeLessThan(1e-12)
    expect(boundaries.at(-1)).toBe(constant)
    expect(boundaries[0]).toBeCloseTo(constant * looks ** (0.5 - shape), 12)
  })

  // R: rpact getDesignInverseNormal(), one-sided O'Brien and Fleming
  it('with one side', () => {
    const { boundaries } = classicBoundaries({ information: [1, 2, 3], alpha: 0.025, sides: 1, shape: 0 })
    for (const [look, z] of [3.4710914, 2.4544323, 2.0040356].entries())
      expect(boundaries[look]).toBeCloseTo(z, 6)
  })

  it('answers NaN outside the domain', () => {
    const test = { information: [0.5, 1], alpha: 0.05, sides: 2, shape: 0 } as const
    expect(classicBoundaries({ ...test, alpha: 0 }).constant).toBeNaN()
    expect(classicBoundaries({ ...test, shape: Number.NaN }).constant).toBeNaN()
    expect(classicBoundaries({ ...test, information: [] }).constant).toBeNaN()
  })
})
