import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialLogMass, binomialMass, binomialTails } from './binomial.ts'
import { hypergeometricLogMass, hypergeometricMass, hypergeometricTails } from './hypergeometric.ts'
import { poissonLogMass, poissonMass, poissonTails } from './poisson.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const upTo = (n: number) => Array.from({ length: n + 1 }, (_, k) => k)

// Values: sums of exact terms in mpmath, 40 digits.
describe('binomial', () => {
  it.each([
    [3, 10, 0.3, 0.266827932, 0.6496107184, 0.3503892816],
    [90, 100, 0.2, 2.3009347945200529e-51, 1, 6.4792327350829777e-53],
    [0, 50, 1e-5, 0.9995001224804023, 0.9995001224804023, 0.00049987751959769725],
  ])('of %d among %d at %d', (k, n, p, mass, lower, upper) => {
    expect(relativeError(binomialMass(k, n, p), mass)).toBeLessThan(1e-13)
    const tails = binomialTails(k, n, p)
    expect(relativeError(tails.lower, lower)).toBeLessThan(1e-13)
    expect(relativeError(tails.upper, upper)).toBeLessThan(1e-13)
  })

  it('has tails that add up masses', () => {
    const trials = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(trials, fc.nat({ max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, k, p) => {
        const { lower, upper } = binomialTails(k, n, p)
        const masses = upTo(n).map((i) => binomialMass(i, n, p))
        expect(lower).toBeCloseTo(sum(masses.slice(0, k + 1)), 13)
        expect(upper).toBeCloseTo(sum(masses.slice(k + 1)), 13)
      }),
    )
  })

  it('steps by its mass also at a thousand million trials', () => {
    const n = 1e9
    const k = 31_400_123
    const step = binomialTails(k, n, 0.0314).lower - binomialTails(k - 1, n, 0.0314).lower
    expect(relativeError(step, binomialMass(k, n, 0.0314))).toBeLessThan(1e-10)
  })

  it('is certain with nothing to try or no doubt', () => {
    expect([binomialMass(0, 0, 0.3), binomialMass(5, 5, 1), binomialMass(0, 5, 0)]).toEqual([1, 1, 1])
    expect([binomialMass(2, 5, 1), binomialMass(2, 5, 0), binomialMass(6, 5, 0.5)]).toEqual([0, 0, 0])
    expect(binomialLogMass(2.5, 5, 0.5)).toBe(Number.NEGATIVE_INFINITY)
    expect(binomialTails(-1, 5, 0.5)).toMatchObject({ lower: 0, upper: 1 })
    expect(binomialTails(2.9, 5, 0.5)).toEqual(binomialTails(2, 5, 0.5))
    expect(binomialTails(0, 5, 1)).toMatchObject({ lower: 0, upper: 1 })
    expect(binomialTails(4, 5, 0)).toMatchObject({ lower: 1, upper: 0 })
  })

  it('answers NaN outside', () => {
    for (const [k, n, p] of [
      [1, -1, 0.5],
      [1, 2.5, 0.5],
      [1, 2, -0.1],
      [1, 2, 1.1],
      [1, 2, Number.NaN],
      [Number.NaN, 2, 0.5],
      [1, Number.POSITIVE_INFINITY, 0.5],
    ] as const) {
      expect(binomialMass(k, n, p)).toBeNaN()
      expect(binomialTails(k, n, p).upper).toBeNaN()
    }
  })
})

describe('Poisson', () => {
  it.each([
    [2, 3.5, 0.18495897346170082, 0.32084719886213407, 0.67915280113786593],
    [60, 10, 5.4560750001603621e-27, 1, 1.0658283276580114e-27],
    [0, 1e-4, 0.99990000499983334, 0.99990000499983334, 9.9995000166662505e-5],
  ])('of %d around %d', (k, mean, mass, lower, upper) => {
    expect(relativeError(poissonMass(k, mean), mass)).toBeLessThan(1e-13)
    const tails = poissonTails(k, mean)
    expect(relativeError(tails.lower, lower)).toBeLessThan(1e-13)
    expect(relativeError(tails.upper, upper)).toBeLessThan(1e-13)
  })

  it('has tails that add up masses', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.double({ min: 0, max: 50, noNaN: true }), (k, mean) => {
        const masses = upTo(k).map((i) => poissonMass(i, mean))
        expect(poissonTails(k, mean).lower).toBeCloseTo(sum(masses), 13)
      }),
    )
  })

  it('answers at the ends and NaN outside', () => {
    expect([poissonMass(0, 0), poissonMass(1, 0), poissonMass(-1, 2)]).toEqual([1, 0, 0])
    expect(poissonLogMass(0.5, 2)).toBe(Number.NEGATIVE_INFINITY)
    expect(poissonTails(-1, 2)).toMatchObject({ lower: 0, upper: 1 })
    expect(poissonTails(0, 0)).toMatchObject({ lower: 1, upper: 0 })
    expect(poissonTails(Number.POSITIVE_INFINITY, 2)).toMatchObject({ lower: 1, upper: 0 })
    for (const [k, mean] of [
      [1, -1],
      [1, Number.NaN],
      [1, Number.POSITIVE_INFINITY],
      [Number.NaN, 1],
    ] as const) {
      expect(poissonMass(k, mean)).toBeNaN()
      expect(poissonTails(k, mean).lower).toBeNaN()
    }
  })
})

describe('hypergeometric', () => {
  it.each([
    [2, 20, 7, 12, 0.047678018575851393, 0.052115583075335397, 0.9478844169246646],
    [40, 1000, 50, 100, 1.3278284382286848e-34, 1, 2.212167689982732e-36],
  ])(
    'of %d when of %d with %d successes %d are drawn',
    (k, population, successes, draws, mass, lower, upper) => {
      expect(relativeError(hypergeometricMass(k, population, successes, draws), mass)).toBeLessThan(1e-13)
      const tails = hypergeometricTails(k, population, successes, draws)
      expect(relativeError(tails.lower, lower)).toBeLessThan(1e-13)
      expect(relativeError(tails.upper, upper)).toBeLessThan(1e-13)
    },
  )

  const population = fc.integer({ min: 0, max: 80 })
  const urn = population.chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.nat({ max: size }),
      fc.nat({ max: size }),
      fc.integer({ min: -1, max: 81 }),
    ),
  )

  it('has masses that fill 1 and tails that add them up', () => {
    fc.assert(
      fc.property(urn, ([size, successes, draws, k]) => {
        const masses = upTo(81).map((i) => hypergeometricMass(i, size, successes, draws))
        expect(sum(masses)).toBeCloseTo(1, 13)
        const { lower, upper } = hypergeometricTails(k, size, successes, draws)
        expect(lower).toBeCloseTo(sum(masses.slice(0, k + 1)), 13)
        expect(upper).toBeCloseTo(sum(masses.slice(k + 1)), 13)
      }),
    )
  })

  it('does not care what is called drawn and what success', () => {
    fc.assert(
      fc.property(urn, ([size, successes, draws, k]) => {
        const one = hypergeometricTails(k, size, successes, draws)
        const other = hypergeometricTails(k, size, draws, successes)
        expect(Math.abs(one.lower - other.lower)).toBeLessThan(1e-14)
        expect(Math.abs(one.upper - other.upper)).toBeLessThan(1e-14)
      }),
    )
  })

  it('is nearly binomial in a population of a thousand million', () => {
    const { lower } = hypergeometricTails(30, 1e9, 3e8, 100)
    expect(lower).toBeCloseTo(binomialTails(30, 100, 0.3).lower, 6)
  })

  it('answers NaN outside', () => {
    for (const [k, size, successes, draws] of [
      [1, 10, 11, 5],
      [1, 10, 5, 11],
      [1, -1, 0, 0],
      [1, 10.5, 5, 5],
      [Number.NaN, 10, 5, 5],
    ] as const) {
      expect(hypergeometricLogMass(k, size, successes, draws)).toBeNaN()
      expect(hypergeometricTails(k, size, successes, draws).lower).toBeNaN()
    }
    expect(hypergeometricMass(1.5, 10, 5, 5)).toBe(0)
  })
})
