import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { betaVariate, exponentialVariate, gammaVariate, normalVariate, poissonVariate } from './variates.ts'

const N = 100_000
/** Beyond five standard errors lies one run in 1.7 million; the seeds are fixed. */
const STANDARD_ERRORS = 5

const draws = {
  normal: [normalVariate, 0, 1, 3],
  exponential: [exponentialVariate, 1, 1, 9],
  'gamma 0.3': [(random: Random) => gammaVariate(random, 0.3), 0.3, 0.3, 3 + 6 / 0.3],
  'gamma 7': [(random: Random) => gammaVariate(random, 7), 7, 7, 3 + 6 / 7],
  'beta 2 5': [(random: Random) => betaVariate(random, 2, 5), 2 / 7, 10 / (49 * 8), 2.88],
  'poisson 2.5': [(random: Random) => poissonVariate(random, 2.5), 2.5, 2.5, 3 + 1 / 2.5],
  'poisson 100': [(random: Random) => poissonVariate(random, 100), 100, 100, 3.01],
} as const

describe('variates', () => {
  it.each(Object.entries(draws))(
    '%s has the mean and the variance it should',
    (name, [draw, mean, variance, kurtosis]) => {
      const random = new Random(name)
      let sum = 0
      let squares = 0
      for (let i = 0; i < N; i++) {
        const deviation = draw(random) - mean
        sum += deviation
        squares += deviation * deviation
      }
      expect(Math.abs(sum / N)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(variance / N))
      const varianceError = variance * Math.sqrt((kurtosis - 1) / N)
      expect(Math.abs(squares / N - variance)).toBeLessThan(STANDARD_ERRORS * varianceError)
    },
  )
})
