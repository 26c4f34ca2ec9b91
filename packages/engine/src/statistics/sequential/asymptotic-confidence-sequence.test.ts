import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalVariate } from '../variates/variates.ts'
import {
  approximateRhoSquared,
  asymptoticConfidenceSequence,
  optimalRhoSquared,
  sequenceHalfWidth,
} from './asymptotic-confidence-sequence.ts'
import { exitProbabilities } from './group-sequential/exit-probabilities.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const alphas = fc.constantFrom(0.9, 0.2, 0.05, 0.01, 1e-6, 1e-100)
const sidednesses = fc.constantFrom('two-sided', 'greater', 'less')
const powers = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map((x) => 10 ** x)

describe('asymptoticConfidenceSequence', () => {
  // Closed form, mpmath; the first equals GrowthBook's sequential interval.
  it.each([
    ['two-sided', 0.02, 0.01, 1000, 0.05, 5000, 'halfWidth', 0.03363887725782781],
    ['two-sided', 0.02, 0.01, 1000, 0.05, 5000, 'logEValue', 0.751678670817817],
    ['two-sided', 1, 0.001, 1e8, 0.05, 5000, 'log10PValue', -217143.27255029394],
    ['greater', 0.2, 0.005, 50_000, 0.05, 10_000, 'low', 0.18552388196504302],
  ] as const)(
    '%s, %d ± %d after %d units',
    (sidedness, estimate, standardError, units, alpha, best, field, expected) => {
      const rhoSquared = approximateRhoSquared({ alpha, units: best, sidedness })
      const answer = asymptoticConfidenceSequence(
        { estimate, standardError, units },
        { alpha, rhoSquared, sidedness },
      )
      expect(relativeError(answer[field], expected)).toBeLessThan(1e-13)
    },
  )

  it('has p at alpha where the interval touches the null value', () => {
    fc.assert(
      fc.property(alphas, sidednesses, powers(-6, 6), fc.boolean(), (alpha, sidedness, ratio, isLate) => {
        const settings = {
          alpha,
          rhoSquared: ratio / 1000,
          sidedness,
          ...(isLate ? { firstUnits: 500 } : {}),
        }
        const halfWidth = sequenceHalfWidth({ standardError: 2, units: 1000 }, settings)
        const estimate = 3 + (sidedness === 'less' ? -halfWidth : halfWidth)
        const look = { estimate, standardError: 2, units: 1000 }
        const { log10PValue } = asymptoticConfidenceSequence(look, { ...settings, nullValue: 3 })
        expect(Math.abs(log10PValue - Math.log10(alpha))).toBeLessThan(1e-9 * Math.max(1, -Math.log10(alpha)))
      }),
      { seed: 1 },
    )
  })

  it('turns with the sign', () => {
    const settings = { alpha: 0.05, rhoSquared: 0.002 }
    const up = asymptoticConfidenceSequence(
      { estimate: 2, standardError: 1, units: 500 },
      { ...settings, sidedness: 'greater' },
    )
    const down = asymptoticConfidenceSequence(
      { estimate: -2, standardError: 1, units: 500 },
      { ...settings, sidedness: 'less' },
    )
    expect([down.high, down.low]).toEqual([-up.low, Number.NEGATIVE_INFINITY])
    expect([down.pValue, down.logEValue]).toEqual([up.pValue, up.logEValue])
  })

  it('has one-sided evidence that goes on far on the wrong side', () => {
    const logEValue = (estimate: number) =>
      asymptoticConfidenceSequence(
        { estimate, standardError: 1, units: 1000 },
        { alpha: 0.05, rhoSquared: 1, sidedness: 'greater' },
      ).logEValue
    // mpmath: on both sides of where the series takes over
    expect(relativeError(logEValue(-100.04), -8.2853390931155836)).toBeLessThan(1e-11)
    expect(relativeError(logEValue(-100.06), -8.2855389532061987)).toBeLessThan(1e-11)
    expect(logEValue(-1e8)).toBeLessThan(logEValue(-1e7))
  })

  it('answers NaN outside the domain', () => {
    const look = { estimate: 1, standardError: 1, units: 100 }
    const settings = { alpha: 0.05, rhoSquared: 0.01 }
    for (const [wrongLook, wrongSettings] of [
      [{ ...look, standardError: 0 }, settings],
      [{ ...look, standardError: Number.POSITIVE_INFINITY }, settings],
      [{ ...look, units: 0 }, settings],
      [{ ...look, estimate: Number.NaN }, settings],
      [look, { ...settings, alpha: 0 }],
      [look, { ...settings, alpha: 1 }],
      [look, { ...settings, rhoSquared: 0 }],
      [look, { ...settings, firstUnits: 101 }],
    ] as const) {
      const { low, pValue, logEValue } = asymptoticConfidenceSequence(wrongLook, wrongSettings)
      expect([low, pValue, logEValue]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    }
  })

  // Error rates of looks at 28 equal shares of the plan, exact for normal outcomes: the recursion of group-sequential
  // tests with the sequence as boundary.
  it.each([
    ['the plan', 1, 0, 0.012],
    ['half of it', 0.5, 0, 0.0152],
    ['a quarter of it', 0.25, 0, 0.0166],
    ['a quarter of it, from the fourth look on', 0.25, 1 / 7, 0.0177],
  ])('errs as often as computed with 28 looks when narrowest at %s', (_, bestAt, firstUnits, rate) => {
    const information = Array.from({ length: 28 }, (_, look) => (look + 1) / 28).filter(
      (t) => t >= firstUnits - 1e-9,
    )
    const rhoSquared = optimalRhoSquared({ alpha: 0.05, units: bestAt })
    const settings = { alpha: 0.05, rhoSquared, firstUnits: firstUnits * (1 - 1e-9) }
    const upper = information.map((units) => sequenceHalfWidth({ standardError: 1, units }, settings))
    const { never } = exitProbabilities({ information, upper, lower: upper.map((z) => -z) })
    expect(1 - never).toBeCloseTo(rate, 4)
  })

  // 2,000 runs: an error rate of at most 5 % leaves more than 5 % + 4 × 0.49 % in fewer than one of 30,000 such tests.
  it.each([
    ['normal', (random: Random) => normalVariate(random)],
    ['log-normal', (random: Random) => Math.exp(normalVariate(random))],
    ['often 0', (random: Random) => (random.next() < 0.1 ? Math.exp(normalVariate(random)) : 0)],
  ])(
    'errs at most as often as it may with %s outcomes, looked at after every pair of units',
    (name, draw) => {
      const random = new Random(name)
      const settings = { alpha: 0.05, rhoSquared: optimalRhoSquared({ alpha: 0.05, units: 200 }) }
      let wrong = 0
      for (let run = 0; run < 2000; run++) if (isEverWrong(() => draw(random), settings)) wrong++
      expect(wrong / 2000).toBeLessThan(0.0695)
    },
  )
})

/** Whether two equal variants with 200 units each are ever told apart, from 30 units each on. */
function isEverWrong(draw: () => number, settings: { alpha: number; rhoSquared: number }): boolean {
  const sums = [0, 0]
  const squares = [0, 0]
  for (let n = 1; n <= 200; n++) {
    for (const arm of [0, 1]) {
      const value = draw()
      sums[arm] = (sums[arm] as number) + value
      squares[arm] = (squares[arm] as number) + value * value
    }
    if (n < 30) continue
    const variances = sums.map((sum, arm) => ((squares[arm] as number) - (sum * sum) / n) / (n - 1))
    const standardError = Math.sqrt(((variances[0] as number) + (variances[1] as number)) / n)
    const difference = ((sums[1] as number) - (sums[0] as number)) / n
    const halfWidth = sequenceHalfWidth({ standardError, units: 2 * n }, settings)
    if (Math.abs(difference) >= halfWidth) return true
  }
  return false
}

describe('optimalRhoSquared', () => {
  it('makes the sequence narrowest', () => {
    fc.assert(
      fc.property(alphas, sidednesses, powers(0, 9), (alpha, sidedness, units) => {
        const best = optimalRhoSquared({ alpha, units, sidedness })
        const width = (rhoSquared: number) =>
          sequenceHalfWidth({ standardError: 1, units }, { alpha, rhoSquared, sidedness })
        expect(width(best)).toBeLessThan(width(best * 1.01))
        expect(width(best)).toBeLessThan(width(best / 1.01))
      }),
      { seed: 1 },
    )
  })

  it('is near its closed form', () => {
    // −W₋₁(−α² / e) − 1, mpmath
    expect(
      relativeError(optimalRhoSquared({ alpha: 0.05, units: 5000 }), 0.0016423936124136508),
    ).toBeLessThan(1e-13)
    expect(
      relativeError(optimalRhoSquared({ alpha: 0.01, units: 10_000 }), 0.0011756371222495419),
    ).toBeLessThan(1e-13)
    expect(
      relativeError(approximateRhoSquared({ alpha: 0.05, units: 5000 }), 0.001587230920347513),
    ).toBeLessThan(1e-14)
  })

  it('answers NaN outside the domain', () => {
    expect(optimalRhoSquared({ alpha: 1, units: 10 })).toBeNaN()
    expect(optimalRhoSquared({ alpha: 0.05, units: 0 })).toBeNaN()
    expect(approximateRhoSquared({ alpha: 0.5, units: 10, sidedness: 'greater' })).toBeNaN()
  })
})
