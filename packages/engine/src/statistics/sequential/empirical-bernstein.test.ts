import { describe, expect, it } from 'vitest'
import {
  addToEmpiricalBernstein,
  empiricalBernsteinInterval,
  startEmpiricalBernstein,
} from './empirical-bernstein.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const FLIPS = [1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 0]

function intervalsOf(values: readonly number[], alpha = 0.05) {
  let state = startEmpiricalBernstein(alpha)
  return values.map((value) => {
    state = addToEmpiricalBernstein(state, value)
    return empiricalBernsteinInterval(state)
  })
}

describe('empiricalBernsteinInterval', () => {
  it('follows thirty yes-or-no outcomes', () => {
    const intervals = intervalsOf(FLIPS)
    // mpmath
    expect(relativeError(intervals[11]?.low as number, 0.04275194099947506)).toBeLessThan(1e-13)
    expect(relativeError(intervals[29]?.low as number, 0.28722392729269747)).toBeLessThan(1e-13)
    expect(relativeError(intervals[29]?.high as number, 0.9794427393739692)).toBeLessThan(1e-13)
    expect(intervals[0]).toEqual({ low: 0, high: 1 })
  })

  it('knows everything before the first outcome, and nothing after one out of bounds', () => {
    expect(empiricalBernsteinInterval(startEmpiricalBernstein(0.05))).toEqual({ low: 0, high: 1 })
    expect(intervalsOf([0.5, 1.5, 0.5]).map(({ low }) => Number.isNaN(low))).toEqual([false, true, true])
    expect(intervalsOf([0.5], 1)[0]?.low).toBeNaN()
  })
})
