import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { fitAdditive } from './additive-fit.ts'
import { type Forecast, type ForecastQuestion, forecast, varianceFactors } from './forecast.ts'
import { fitMultiplicative } from './multiplicative-fit.ts'

/** Saudi oil production 1996–2013, as in Hyndman & Athanasopoulos 2018, 2nd edition, section 7.1. */
const OIL = [
  445.36, 453.2, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43, 521.28, 508.95, 488.89, 509.87,
  456.72, 473.82, 525.95, 549.83, 542.34,
]
/** International airline passengers 1949–1960 (Box & Jenkins). */
const PASSENGERS = [
  112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
  133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
  230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235,
  227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
  284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404,
  347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
  548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
]
/** Simulated with damped trend and additive season of 4. */
const QUARTERS = [
  53.296, 45.275, 51.729, 48.147, 57.002, 49.201, 53.756, 48.373, 57.935, 53.111, 57.355, 50.224, 57.478,
  54.688, 58.23, 49.545, 58.97, 50.294, 54.503, 48.064, 54.862, 49.606, 52.955, 45.696, 54.793, 49.323,
  49.226, 44.294, 50.501, 44.561, 45.22, 40.526, 47.841, 40.715, 41.624, 36.193, 41.803, 33.498, 37.565,
  29.222, 39.737, 32.949, 31.082, 27.841, 33.15, 27.457, 29.442, 20.063, 29.141, 22.084, 26.125, 16.698,
  27.466, 17.896, 20.887, 12.961, 25.298, 17.768, 24.915, 17.342,
]

const BASE = { horizon: 4, alpha: 0.05 } as const

function answerOf(question: ForecastQuestion): Forecast {
  const answer = forecast(question)
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

describe('fitAdditive', () => {
  it("gives the textbook's simple exponential smoothing", () => {
    const model = fitAdditive(OIL, { trend: 'none', season: 'none', period: 1 })
    expect(model.parameters.level).toBeCloseTo(0.834, 3)
    expect(model.start.level).toBeCloseTo(446.57, 1)
    // R's ses() prints AIC 178.1430 (without the constants of the density) and sigma 29.8282 for unrounded values.
    expect(model.standardDeviation).toBeCloseTo(29.83, 2)
    const aic = -2 * model.logLikelihood + 2 * model.estimated - 18 * (Math.log((2 * Math.PI) / 18) + 1)
    expect(aic).toBeCloseTo(178.143, 2)
  })

  // Joint search over parameters and states from several starts (SciPy, BFGS then Nelder–Mead).
  it.each([
    { trend: 'none', season: 'none', sumOfSquares: 1396.0055422741386 },
    { trend: 'none', season: 'additive', sumOfSquares: 231.72314110430116 },
    { trend: 'additive', season: 'none', sumOfSquares: 978.6673495306972 },
    { trend: 'additive', season: 'additive', sumOfSquares: 180.93890413887894 },
    { trend: 'damped', season: 'none', sumOfSquares: 970.8277342842831 },
    { trend: 'damped', season: 'additive', sumOfSquares: 175.20693371560634 },
  ] as const)('fits as well as a joint search: $trend, $season', ({ trend, season, sumOfSquares }) => {
    const model = fitAdditive(QUARTERS, { trend, season, period: season === 'none' ? 1 : 4 })
    expect(model.sumOfSquares / sumOfSquares).toBeLessThan(1 + 1e-7)
  })

  it('follows a change of scale and offset', () => {
    const shape = { trend: 'additive', season: 'additive', period: 4 } as const
    const model = fitAdditive(QUARTERS, shape)
    const moved = fitAdditive(
      QUARTERS.map((value) => 1e6 + 1000 * value),
      shape,
    )
    expect(moved.parameters.level).toBeCloseTo(model.parameters.level, 3)
    expect(moved.standardDeviation / model.standardDeviation).toBeCloseTo(1000, 2)
    expect(moved.start.level).toBeCloseTo(1e6 + 1000 * model.start.level, 0)
  })
})

describe('fitMultiplicative', () => {
  it('reaches the likelihood that R reports for the airline passengers', () => {
    const model = fitMultiplicative(PASSENGERS, { trend: 'damped', season: 'multiplicative', period: 12 })
    const n = PASSENGERS.length
    const withoutConstants = (model?.logLikelihood as number) + (n / 2) * (Math.log((2 * Math.PI) / n) + 1)
    // R's ets(AirPassengers): ETS(M,Ad,M), AIC 1395.166, so a log-likelihood of −679.583.
    expect(withoutConstants).toBeGreaterThan(-679.59)
    expect(model?.parameters.level).toBeGreaterThan(0.65)
    expect(model?.parameters.season).toBeLessThan(0.01)
  })
})

const LEVEL_OR_LINE = [
  { trend: 'none', season: 'none' },
  { trend: 'additive', season: 'none' },
] as const

describe('varianceFactors', () => {
  const parameters = { level: 0.4, trend: 0.25, season: 0.2, damping: 1 }
  const shape = { trend: 'additive', season: 'additive', period: 4 } as const

  it('are the closed forms', () => {
    const [a, b, g, m] = [0.4, 0.1, 0.2, 4]
    for (const [i, factor] of varianceFactors(shape, parameters, 13).entries()) {
      const h = i + 1
      const k = Math.floor((h - 1) / m)
      const trend = (h - 1) * (a * a + a * b * h + (b * b * h * (2 * h - 1)) / 6)
      const season = g * k * (2 * a + g + b * m * (k + 1))
      expect(factor).toBeCloseTo(1 + trend + season, 12)
    }
  })

  it('are what simulated errors give', () => {
    const damped = { ...parameters, damping: 0.9 }
    const random = new Random(12)
    const runs = 20_000
    const horizon = 6
    const squares = new Float64Array(horizon)
    for (let run = 0; run < runs; run++) {
      let [level, trend] = [0, 0]
      const season = [0, 0, 0, 0]
      for (let h = 0; h < horizon; h++) {
        const error = normalQuantile(random.nextOpen())
        const expected = level + 0.9 * trend
        const seasonal = season[h % 4] as number
        squares[h] = (squares[h] as number) + (expected + seasonal + error) ** 2 / runs
        level = expected + 0.4 * error
        trend = 0.9 * trend + 0.1 * error
        season[h % 4] = seasonal + 0.2 * error
      }
    }
    const factors = varianceFactors({ ...shape, trend: 'damped' }, damped, horizon)
    // A mean of n squared normal values has a relative standard error of √(2 / n); four of them.
    for (const [h, factor] of factors.entries())
      expect(Math.abs((squares[h] as number) / factor - 1)).toBeLessThan(4 * Math.sqrt(2 / runs))
  })
})

describe('forecast', () => {
  it('chooses among the additive models by the corrected AIC', () => {
    const answer = answerOf({ ...BASE, values: OIL })
    expect(answer.name).toBe('ETS(A,N,N)')
    expect(answer.candidates.map(({ name }) => name)).toEqual(['ETS(A,N,N)', 'ETS(A,A,N)', 'ETS(A,Ad,N)'])
    expect(answer.steps[0]?.mean).toBeCloseTo(542.68, 2)
    const [first, second] = answer.steps
    expect((second?.standardError as number) / (first?.standardError as number)).toBeCloseTo(
      Math.sqrt(1 + 0.8338 ** 2),
      3,
    )
    const seasonal = answerOf({ ...BASE, values: QUARTERS, period: 4 })
    expect(seasonal.candidates).toHaveLength(6)
    expect(seasonal.name).toMatch(/^ETS\(A,(A|Ad),A\)$/)
  })

  it('has intervals that hold nearly as often as they say', () => {
    const random = new Random(5)
    const runs = 200
    let covered = 0
    let steps = 0
    for (let run = 0; run < runs; run++) {
      let level = 50
      const values = Array.from({ length: 65 }, () => {
        const error = normalQuantile(random.nextOpen())
        const value = level + error
        level += 0.3 * error
        return value
      })
      const answer = answerOf({ values: values.slice(0, 60), horizon: 5, alpha: 0.1, shapes: LEVEL_OR_LINE })
      for (const [h, { low, high }] of answer.steps.entries()) {
        steps++
        const value = values[60 + h] as number
        if (value >= low && value <= high) covered++
      }
    }
    // 90 % less what estimating costs (2 % to 5 %); steps of one run hang together, so n is the number of runs.
    expect(covered / steps).toBeGreaterThan(0.85 - 3 * Math.sqrt((0.1 * 0.9) / runs))
    expect(covered / steps).toBeLessThan(0.9 + 3 * Math.sqrt((0.1 * 0.9) / runs))
  })

  it('simulates intervals of multiplicative models, the same for the same seed', () => {
    const question = {
      values: PASSENGERS,
      period: 12,
      horizon: 12,
      alpha: 0.05,
      shapes: [{ trend: 'additive', season: 'multiplicative' }],
      seed: 3,
    } as const
    const answer = answerOf(question)
    expect(answer.name).toBe('ETS(M,A,M)')
    expect(answerOf(question).steps).toEqual(answer.steps)
    for (const { mean, low, high, standardError } of answer.steps) {
      expect(low).toBeLessThan(mean)
      expect(high).toBeGreaterThan(mean)
      expect((high - low) / (2 * 1.96 * standardError)).toBeCloseTo(1, 1)
    }
    // One step ahead the errors are those of the model.
    const [first] = answer.steps
    const expected = (first?.mean as number) * answer.model.standardDeviation
    expect(Math.abs((first?.standardError as number) / expected - 1)).toBeLessThan(0.04)
  })

  it('says why it cannot answer', () => {
    const problem = (values: readonly number[], more: Partial<ForecastQuestion> = {}) =>
      forecast({ ...BASE, values, ...more })
    expect(problem([1, 2, Number.NaN, 4, 5, 6, 7])).toBe('gaps')
    expect(problem([])).toBe('too-short')
    expect(problem([1, 2, 3, 5])).toBe('too-short')
    expect(problem([3, 3, 3, 3, 3, 3, 3, 3])).toBe('constant')
    expect(problem(Array.from({ length: 20 }, (_, t) => 5 + 3 * t))).toBe('no-errors')
    expect(problem(OIL, { horizon: 0 })).toBe('invalid-question')
    expect(problem(OIL, { period: 2.5 })).toBe('invalid-question')
    expect(problem(OIL, { alpha: 1 })).toBe('invalid-question')
    expect(problem(OIL, { shapes: [{ trend: 'none', season: 'additive' }] })).toBe('invalid-question')
    expect(problem(OIL, { period: 12, shapes: [{ trend: 'none', season: 'additive' }] })).toBe('too-short')
    const signs = QUARTERS.map((value) => value - 40)
    expect(problem(signs, { period: 4, shapes: [{ trend: 'none', season: 'multiplicative' }] })).toBe(
      'too-short',
    )
  })
})
