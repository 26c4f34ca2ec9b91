import { describe, expect, it } from 'vitest'
import { normalSf } from '../../distributions/normal.ts'
import { integrate } from '../../special/gauss-legendre.ts'
import { efficacyBoundaries } from './boundaries.ts'
import {
  conditionalPower,
  conditionalPowerBoundary,
  currentTrend,
  type InterimLook,
  predictivePower,
} from './conditional-power.ts'
import { exitProbabilities } from './exit-probabilities.ts'

const information = [0.4, 0.6, 0.8, 1]
const upper = efficacyBoundaries({ information, alpha: 0.05, sides: 2, spending: { kind: 'obrien-fleming' } })
const later = {
  information: information.slice(1),
  upper: upper.slice(1),
  lower: upper.slice(1).map((z) => -z),
}
const INTERIM: InterimLook = { z: 1.2, information: 0.4, remaining: later, sides: 2 }
const LAST = { information: [1], upper: [1.96] }

const density = (u: number) => Math.exp(-(u * u) / 2) / Math.sqrt(2 * Math.PI)

describe('conditionalPower', () => {
  it('has a closed form when one look remains', () => {
    const interim = { z: 1, information: 0.5, remaining: LAST, sides: 1 } as const
    for (const drift of [0, 3, currentTrend(interim)]) {
      const rest = (1.96 - Math.SQRT1_2 - drift / 2) / Math.SQRT1_2
      expect(conditionalPower(interim, drift)).toBeCloseTo(normalSf(rest), 14)
    }
  })

  it('averages to the power over what the interim look can be', () => {
    const drift = 2.5
    const first = upper[0] as number
    const mean = drift * Math.sqrt(0.4)
    const stillTo = integrate(
      (z) => density(z - mean) * conditionalPower({ ...INTERIM, z }, drift),
      -first,
      first,
      60,
    )
    const exits = exitProbabilities({ information, upper, lower: upper.map((z) => -z) }, drift)
    const afterFirst = [...exits.upper.slice(1), ...exits.lower.slice(1)].reduce((sum, exit) => sum + exit, 0)
    expect(stillTo).toBeCloseTo(afterFirst, 12)
  })

  it('answers NaN outside the domain', () => {
    expect(conditionalPower({ ...INTERIM, information: 0 }, 1)).toBeNaN()
    expect(conditionalPower({ ...INTERIM, information: 0.6 }, 1)).toBeNaN()
    expect(conditionalPower({ ...INTERIM, z: Number.NaN }, 1)).toBeNaN()
    expect(conditionalPower(INTERIM, Number.POSITIVE_INFINITY)).toBeNaN()
  })
})

describe('predictivePower', () => {
  it.each([
    ['no opinion', Number.POSITIVE_INFINITY, 0],
    ['a prior', 0.7, 2],
  ])('averages conditional power with %s', (_, variance, mean) => {
    const precision = 0.4 + 1 / variance
    const centre = (1.2 * Math.sqrt(0.4) + mean / variance) / precision
    const averaged = integrate(
      (u) => density(u) * conditionalPower(INTERIM, centre + u / Math.sqrt(precision)),
      -9,
      9,
      120,
    )
    expect(predictivePower(INTERIM, { mean, variance })).toBeCloseTo(averaged, 11)
  })

  it('approaches conditional power for a prior that is sure', () => {
    expect(predictivePower(INTERIM, { mean: 2, variance: 1e-12 })).toBeCloseTo(
      conditionalPower(INTERIM, 2),
      9,
    )
  })

  it('answers NaN outside the domain', () => {
    expect(predictivePower(INTERIM, { mean: 0, variance: 0 })).toBeNaN()
    expect(predictivePower({ ...INTERIM, information: -1 })).toBeNaN()
  })
})

describe('conditionalPowerBoundary', () => {
  it('is where conditional power is the threshold', () => {
    const interim = { information: 0.4, remaining: { information: later.information, upper: later.upper } }
    for (const threshold of [0.01, 0.2, 0.9]) {
      const z = conditionalPowerBoundary(interim, 3, threshold)
      expect(conditionalPower({ ...interim, z, sides: 1 }, 3)).toBeCloseTo(threshold, 11)
    }
  })

  // Lan, Simon & Halperin 1982: stopping there costs beta / (1 − threshold) at most
  it('costs no more power than it may', () => {
    const drift = 1.96 + 0.8416
    const threshold = 0.3
    const interims = [0.25, 0.5, 0.75]
    const lower = interims.map((at) =>
      conditionalPowerBoundary({ information: at, remaining: LAST }, drift, threshold),
    )
    const never = Number.POSITIVE_INFINITY
    const rule = {
      information: [...interims, 1],
      upper: [never, never, never, 1.96],
      lower: [...lower, 1.96],
    }
    const missed = exitProbabilities(rule, drift).lower.reduce((sum, exit) => sum + exit, 0)
    expect(missed).toBeGreaterThan(0.2)
    expect(missed).toBeLessThan(0.2 / (1 - threshold))
  })

  it('answers NaN outside the domain', () => {
    expect(conditionalPowerBoundary({ information: 0.5, remaining: LAST }, 3, 0)).toBeNaN()
    expect(conditionalPowerBoundary({ information: 1.5, remaining: LAST }, 3, 0.2)).toBeNaN()
  })
})
