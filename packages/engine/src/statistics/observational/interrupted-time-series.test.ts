import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import type { TInference } from '../hypothesis-tests/t-inference.ts'
import { interruptedTimeSeries } from './interrupted-time-series.ts'

const VALUES = [
  18.262, 19.168, 17.226, 19.379, 17.999, 20.691, 18.719, 21.701, 22.677, 24.623, 22.497, 22.746, 23.478,
  25.537, 21.921, 23.659, 23.421, 25.928, 22.374, 23.408, 24.206, 25.54, 21.897, 24.359, 27.585, 28.974,
  27.514, 29.405, 28.025, 32.143, 29.276, 28.849, 30.738, 34.333, 31.694, 34.809, 35.961, 35.301, 31.335,
  33.079,
]

describe('interruptedTimeSeries', () => {
  it.each([
    {
      cycle: 1,
      slope: [0.27764086956521816, 0.053823974759742294],
      level: [2.045817561807323, 0.8662627171651918],
      bend: [0.19304589514066386, 0.1006657744000668],
      end: [4.941505988917281, 1.7680377190601415],
    },
    {
      cycle: 4,
      slope: [0.28745449318568717, 0.05323855151001467],
      level: [1.7571815729699494, 0.7875856820804958],
      bend: [0.20536103066439484, 0.09749038405515319],
      end: [4.837597032935872, 1.7579938050226915],
    },
  ])('equals segmented regression with Newey–West errors (NumPy), cycle of $cycle', (reference) => {
    const answer = interruptedTimeSeries({
      values: VALUES,
      interruption: 24,
      alpha: 0.05,
      cycle: reference.cycle,
    })
    if (typeof answer === 'string') throw new Error(answer)
    const expectTest = (test: TInference, [estimate, standardError]: readonly number[]): void => {
      expect(test.estimate).toBeCloseTo(estimate as number, 11)
      expect(test.standardError).toBeCloseTo(standardError as number, 11)
    }
    expect(answer.lags).toBe(3)
    expect(answer.label).toBe('observational')
    expectTest(answer.slopeBefore, reference.slope)
    expectTest(answer.levelChange, reference.level)
    expectTest(answer.slopeChange, reference.bend)
    expectTest(answer.effectAtEnd, reference.end)
  })

  it('has an average effect between the first and the last', () => {
    const line = Array.from(
      { length: 30 },
      (_, t) => 2 + 0.5 * t + (t >= 20 ? 3 + 0.2 * (t - 20) : 0) + (t % 3) * 1e-3,
    )
    const answer = interruptedTimeSeries({ values: line, interruption: 20, alpha: 0.05, cycle: 3 })
    if (typeof answer === 'string') throw new Error(answer)
    expect(answer.levelChange.estimate).toBeCloseTo(3, 9)
    expect(answer.slopeChange.estimate).toBeCloseTo(0.2, 9)
    expect(answer.averageEffect.estimate).toBeCloseTo(3.9, 9)
    expect(answer.effectAtEnd.estimate).toBeCloseTo(4.8, 9)
  })

  it('finds a jump where there is none about as often as alpha says, in a long autocorrelated series', () => {
    const random = new Random(4)
    let found = 0
    const runs = 300
    for (let run = 0; run < runs; run++) {
      let error = 0
      const values = Array.from({ length: 200 }, (_, t) => {
        error = 0.3 * error + normalQuantile(random.nextOpen())
        return t * 0.01 + error
      })
      const answer = interruptedTimeSeries({ values, interruption: 120, alpha: 0.05 })
      if (typeof answer !== 'string' && answer.levelChange.pValue < 0.05) found++
    }
    // Newey–West errors are known to be too small: 10 % with an allowance of 3 standard errors of the count.
    expect(found / runs).toBeLessThan(0.1 + 3 * Math.sqrt((0.1 * 0.9) / runs))
    expect(found / runs).toBeGreaterThan(0.02)
  })

  it('refuses gaps, and sides that are too short', () => {
    const answer = (values: readonly number[], interruption: number) =>
      interruptedTimeSeries({ values, interruption, alpha: 0.05 })
    expect(answer([1, 2, Number.NaN, 4, 5, 6, 7], 4)).toBe('invalid-values')
    expect(answer([1, 2, 3, 4, 5, 6], 2)).toBe('too-few-rows')
    expect(answer([], 0)).toBe('too-few-rows')
    expect(answer([1, 2, 3, 4, 5, 6], 2.5)).toBe('invalid-values')
  })
})
