import { describe, expect, it } from 'vitest'
import { pointForecasts, type SmoothingShape, smooth } from './exponential-smoothing.ts'

const VALUES = [112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118]

describe('smooth', () => {
  it('is the weighted mean of the past with a level alone', () => {
    const shape: SmoothingShape = { trend: 'none', season: 'none', period: 1 }
    const { state, fitted, errors, sumOfSquares } = smooth(
      VALUES,
      shape,
      { level: 0.3, trend: 0, season: 0, damping: 1 },
      { level: 112, trend: 0, season: [] },
    )
    const weighted = VALUES.reduce((sum, value, t) => sum + 0.3 * 0.7 ** (VALUES.length - 1 - t) * value, 0)
    expect(state.level).toBeCloseTo(weighted + 0.7 ** VALUES.length * 112, 10)
    expect([...fitted.slice(0, 4)]).toEqual([112, 112, expect.closeTo(113.8, 12), expect.closeTo(119.26, 12)])
    expect(sumOfSquares).toBeCloseTo(
      errors.reduce((sum, error) => sum + error * error, 0),
      10,
    )
  })

  it('follows a line and a season without error once it knows them', () => {
    const season = [3, -1, -2]
    const line = Array.from({ length: 9 }, (_, t) => 10 + 2 * (t + 1) + (season[t % 3] as number))
    const shape: SmoothingShape = { trend: 'additive', season: 'additive', period: 3 }
    const parameters = { level: 0.4, trend: 0.2, season: 0.3, damping: 1 }
    const { state, sumOfSquares } = smooth(line, shape, parameters, { level: 10, trend: 2, season })
    expect(sumOfSquares).toBeLessThan(1e-24)
    expect(pointForecasts(shape, parameters, state, 9, 4)).toEqual(
      [33, 31, 32, 39].map((value) => expect.closeTo(value, 10)),
    )
  })

  it('multiplies the season, and lets a damped trend level off', () => {
    const shape: SmoothingShape = { trend: 'damped', season: 'multiplicative', period: 2 }
    const state = { level: 100, trend: 10, season: [1.2, 0.8] }
    // Three values have been seen: the next one is at the second place of the cycle.
    expect(pointForecasts(shape, { damping: 0.5 }, state, 3, 3)).toEqual(
      [105 * 0.8, 107.5 * 1.2, 108.75 * 0.8].map((value) => expect.closeTo(value, 10)),
    )
  })
})
