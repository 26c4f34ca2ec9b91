import { describe, expect, it } from 'vitest'
import {
  gammaExponentialMixtureBoundary,
  mixtureScale,
  oneSidedNormalMixtureBoundary,
  polynomialStitchingBoundary,
  twoSidedNormalMixtureBoundary,
} from './uniform-boundaries.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const TWO_SIDED = mixtureScale(100, 0.05)
const ONE_SIDED = mixtureScale(100, 0.1)

// mpmath; equal to confseq.boundaries
describe('uniform boundaries', () => {
  it.each([
    [1, 9.08437943731058, 8.883259272704155, 2.9168999970127762, 10.758914543584579, 10.672128490710673],
    [100, 30.35208990376253, 27.6607088306732, 37.915642403693866, 47.26082566520109, 30.23812962007084],
    [1000, 102.51228683166386, 94.3939161693413, 124.1654710158801, 133.5245811910697, 98.13556371597917],
  ])('at intrinsic time %d', (v, twoSided, oneSided, stitched, stitchedGamma, gammaExponential) => {
    expect(relativeError(twoSidedNormalMixtureBoundary(v, 0.05, TWO_SIDED), twoSided)).toBeLessThan(1e-13)
    expect(relativeError(oneSidedNormalMixtureBoundary(v, 0.05, ONE_SIDED), oneSided)).toBeLessThan(1e-13)
    const stitching = { from: 1, scale: 0 }
    expect(relativeError(polynomialStitchingBoundary(v, 0.05, stitching), stitched)).toBeLessThan(1e-13)
    const gamma = { from: 1, scale: 1 }
    expect(relativeError(polynomialStitchingBoundary(v, 0.05, gamma), stitchedGamma)).toBeLessThan(1e-13)
    const mixture = { rho: ONE_SIDED, scale: 1 }
    expect(relativeError(gammaExponentialMixtureBoundary(v, 0.05, mixture), gammaExponential)).toBeLessThan(
      1e-13,
    )
  })

  it('is normal when tails are hardly heavier than normal', () => {
    const mixture = { rho: ONE_SIDED, scale: 1e-3 }
    const normal = oneSidedNormalMixtureBoundary(1e4, 0.05, ONE_SIDED)
    expect(relativeError(gammaExponentialMixtureBoundary(1e4, 0.05, mixture), normal)).toBeLessThan(1e-4)
  })

  it('stays finite and in order over the whole range', () => {
    for (const alpha of [0.9, 0.05, 1e-10, 1e-300]) {
      for (const v of [1e-9, 1, 1e5, 1e9]) {
        const oneSided = oneSidedNormalMixtureBoundary(v, alpha, ONE_SIDED)
        expect(oneSided).toBeGreaterThan(0)
        expect(twoSidedNormalMixtureBoundary(v, alpha, ONE_SIDED)).toBeGreaterThan(oneSided)
        expect(gammaExponentialMixtureBoundary(v, alpha, { rho: ONE_SIDED, scale: 1 })).toBeGreaterThan(
          oneSided,
        )
        expect(polynomialStitchingBoundary(v, alpha, { from: 1, scale: 1 })).toBeGreaterThan(0)
      }
    }
  })

  it('answers NaN outside the domain', () => {
    expect([
      mixtureScale(0, 0.05),
      mixtureScale(1, 1),
      twoSidedNormalMixtureBoundary(0, 0.05, 1),
      oneSidedNormalMixtureBoundary(1, 0, 1),
      polynomialStitchingBoundary(1, 0.05, { from: 1, scale: 0, exponent: 1 }),
      polynomialStitchingBoundary(1, 0.05, { from: 0, scale: 0 }),
      gammaExponentialMixtureBoundary(1, 0.05, { rho: 1, scale: 0 }),
    ]).toEqual(Array(7).fill(Number.NaN))
  })
})
