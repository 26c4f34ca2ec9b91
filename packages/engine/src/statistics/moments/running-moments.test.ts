import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import {
  meanOf,
  mergedMoments,
  momentsOf,
  NO_MOMENTS,
  sumOfSquaresOf,
  varianceOf,
  withValue,
} from './running-moments.ts'

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 })

describe('running moments', () => {
  it('agree with the two-pass formula however the values are split', () => {
    fc.assert(
      fc.property(values, fc.nat(), (all, place) => {
        const split = place % (all.length + 1)
        const merged = mergedMoments(momentsOf(all.slice(0, split)), momentsOf(all.slice(split)))
        const mean = all.reduce((sum, x) => sum + x, 0) / all.length
        const squares = all.reduce((sum, x) => sum + (x - mean) ** 2, 0)
        expect(merged.units).toBe(all.length)
        expect(Math.abs(meanOf(merged) - mean)).toBeLessThan(1e-9)
        expect(Math.abs(sumOfSquaresOf(merged) - squares)).toBeLessThanOrEqual(1e-12 * squares + 1e-9)
      }),
      { seed: 1 },
    )
  })

  it('keep the variance where the mean is 1e15 times the standard deviation', () => {
    const moments = momentsOf([1e15 + 1, 1e15 + 2, 1e15 + 3])
    expect(varianceOf(moments)).toBe(1)
    expect(meanOf(moments)).toBe(1e15 + 2)
  })

  it('keep the variance where the first value is far from all others', () => {
    const random = new Random(3)
    let rest = NO_MOMENTS
    let all = momentsOf([1e9])
    for (let i = 0; i < 10_000; i++) {
      const value = random.next()
      rest = withValue(rest, value)
      all = withValue(all, value)
    }
    // Chan's formula by hand for one value beside the 10,000
    const expected = sumOfSquaresOf(rest) + ((1e9 - meanOf(rest)) ** 2 * 10_000) / 10_001
    expect(Math.abs(sumOfSquaresOf(all) / expected - 1)).toBeLessThan(1e-14)
  })

  it('have an infinite variance where it leaves the range of doubles', () => {
    const moments = momentsOf([-1e200, 1e200, 5, -3])
    expect(varianceOf(moments)).toBe(Number.POSITIVE_INFINITY)
    expect(Math.abs(meanOf(moments))).toBeLessThan(1e185)
  })

  it('are not computable without values', () => {
    expect(meanOf(NO_MOMENTS)).toBeNaN()
    expect(varianceOf(momentsOf([5]))).toBeNaN()
    expect(mergedMoments(NO_MOMENTS, momentsOf([5]))).toEqual(momentsOf([5]))
  })
})
