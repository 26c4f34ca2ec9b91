import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaQuantile, betaUpperQuantile } from '../distributions/beta-quantile.ts'
import { gammaQuantile, gammaUpperQuantile } from '../distributions/gamma-quantile.ts'
import { type PosteriorCurve, posteriorCurve } from './posterior-curve.ts'

const ALPHA = 0.05
const PROPERTY = { seed: 23, numRuns: 200 }

function betaSummary(a: number, b: number, alpha = ALPHA) {
  return {
    estimate: a / (a + b),
    low: betaQuantile(alpha / 2, a, b),
    high: betaUpperQuantile(alpha / 2, a, b),
  }
}

/** By trapezoids. */
function areaUnder({ x, density }: PosteriorCurve): number {
  return x.slice(1).reduce((sum, at, i) => {
    const [before = 0, left = 0, right = 0] = [x[i], density[i], density[i + 1]]
    return sum + ((at - before) * (left + right)) / 2
  }, 0)
}

describe('posterior curve', () => {
  it('is the beta density where mean and bounds are those of one', () => {
    const curve = posteriorCurve(betaSummary(13, 89), ALPHA, 'beta') as PosteriorCurve
    expect(curve).toMatchObject({ family: 'beta', isExact: true })
    const i = curve.x.findIndex((x) => x > 0.1)
    const x = curve.x[i] as number
    // Beta(13, 89) by its definition: 1 / B(13, 89) = 101! / (12! 88!).
    const logBeta =
      Array.from({ length: 12 }, (_, k) => Math.log((k + 1) / (90 + k))).reduce((a, b) => a + b) -
      Math.log(89)
    expect(curve.density[i]).toBeCloseTo(Math.exp(12 * Math.log(x) + 88 * Math.log1p(-x) - logBeta), 5)
    expect(areaUnder(curve)).toBeCloseTo(0.999, 3)
  })

  it('knows every beta and gamma posterior again by its mean and bounds', () => {
    const counts = fc.double({ min: 1.5, max: 1e7, noNaN: true })
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(posteriorCurve(betaSummary(a, b), ALPHA, 'beta')).toMatchObject({
          family: 'beta',
          isExact: true,
        })
        const gamma = {
          estimate: a / b,
          low: gammaQuantile(ALPHA / 2, a, 1 / b),
          high: gammaUpperQuantile(ALPHA / 2, a, 1 / b),
        }
        expect(posteriorCurve(gamma, ALPHA, 'gamma')).toMatchObject({ family: 'gamma', isExact: true })
      }),
      PROPERTY,
    )
  })

  it('is the normal density where the bounds lie evenly about the mean', () => {
    const curve = posteriorCurve(
      { estimate: 2, low: 2 - 1.959963984540054, high: 2 + 1.959963984540054 },
      ALPHA,
      'normal',
    )
    expect(curve).toMatchObject({ family: 'normal', isExact: true })
    expect(Math.max(...(curve?.density ?? []))).toBeCloseTo(0.3989422804, 6)
  })

  it('says so where it only stands in for a posterior of another shape', () => {
    const skewed = { estimate: 0.2, low: 0.1, high: 0.6 }
    expect(posteriorCurve(skewed, ALPHA, 'beta')).toMatchObject({ family: 'normal', isExact: false })
    expect(posteriorCurve({ estimate: -1, low: -2, high: 0.5 }, ALPHA, 'gamma')).toMatchObject({
      isExact: false,
    })
  })

  it('has points that rise, and densities that are numbers', () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true })
    const families = fc.constantFrom('beta', 'gamma', 'normal')
    fc.assert(
      fc.property(number, number, number, families, (estimate, low, high, family) => {
        const curve = posteriorCurve({ estimate, low, high }, ALPHA, family)
        expect(curve === undefined).toBe(!(low < high))
        if (curve === undefined) return
        expect(curve.x.length).toBe(curve.density.length)
        expect(curve.x.every((x, i) => i === 0 || x > (curve.x[i - 1] as number))).toBe(true)
        expect(curve.density.every((value) => value >= 0 && Number.isFinite(value))).toBe(true)
      }),
      PROPERTY,
    )
  })

  it('is not there for numbers that are none', () => {
    expect(posteriorCurve({ estimate: Number.NaN, low: 0, high: 1 }, ALPHA, 'beta')).toBeUndefined()
    expect(posteriorCurve({ estimate: 1, low: 0, high: Infinity }, ALPHA, 'gamma')).toBeUndefined()
    expect(posteriorCurve({ estimate: 0.5, low: 0, high: 1 }, 0, 'beta')).toBeUndefined()
  })
})
