import { describe, expect, it } from 'vitest'
import { anytimePValue, runningIntersection, runningMinimum } from './always-valid.ts'

describe('runningIntersection', () => {
  it('keeps the innermost ends, and passes over looks that say nothing', () => {
    const looks = [
      { low: Number.NaN, high: Number.NaN },
      { low: -3, high: 4 },
      { low: -1, high: 5 },
      { low: Number.NaN, high: Number.NaN },
      { low: -2, high: 2 },
    ]
    expect(runningIntersection(looks).map(({ low, high }) => [low, high])).toEqual([
      [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
      [-3, 4],
      [-1, 4],
      [-1, 4],
      [-1, 2],
    ])
  })

  it('is empty for good once two looks contradict each other', () => {
    const looks = [
      { low: 0, high: 1 },
      { low: 1.5, high: 2 },
      { low: 0, high: 9 },
    ]
    expect(runningIntersection(looks).map(({ isEmpty }) => isEmpty)).toEqual([false, true, true])
    expect(runningIntersection(looks)[2]?.low).toBeNaN()
  })
})

describe('runningMinimum', () => {
  it('never grows, and passes over looks that say nothing', () => {
    expect(runningMinimum([Number.NaN, 0.4, 0.9, Number.NaN, 0.1, 0.2])).toEqual([1, 0.4, 0.4, 0.4, 0.1, 0.1])
    expect(runningMinimum([-0, -3, -1], 0)).toEqual([0, -3, -3])
  })
})

describe('anytimePValue', () => {
  it('is 1 / e, at most 1', () => {
    expect(anytimePValue(Math.log(20)).pValue).toBeCloseTo(0.05, 15)
    expect(anytimePValue(-2)).toEqual({ pValue: 1, log10PValue: 0 })
    expect(anytimePValue(0)).toEqual({ pValue: 1, log10PValue: 0 })
    expect(anytimePValue(Number.POSITIVE_INFINITY)).toEqual({
      pValue: 0,
      log10PValue: Number.NEGATIVE_INFINITY,
    })
    expect(anytimePValue(Number.NaN).pValue).toBeNaN()
  })
})
