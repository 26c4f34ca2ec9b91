import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { exponentialVariate } from '../variates/variates.ts'
import { optimalRhoSquared, sequenceHalfWidth } from './asymptotic-confidence-sequence.ts'
import { minimumUnits } from './minimum-units.ts'

const UNEQUAL = [0.9, 0.1] as const

describe('minimumUnits', () => {
  it('asks for thirty units of each, and for more where a small variant is skewed', () => {
    expect(minimumUnits()).toBe(60)
    expect(minimumUnits({ shares: UNEQUAL })).toBe(300)
    expect(minimumUnits({ shares: [900, 100], skewness: [2, 2] })).toBe(456)
    expect(minimumUnits({ skewness: [6, 6] })).toBe(60)
    expect(minimumUnits({ skewness: [0, 6] })).toBe(144)
  })

  // 600 runs, looked at every 10 units up to 2,000: true rates are about 20 % and 4 %; a rate of 5 % leaves more than
  // 5 % + 4 × 0.89 % in fewer than one of 30,000 such tests.
  it('keeps error rates of exponential outcomes, a tenth in one variant', () => {
    const rate = (from: number) => {
      const random = new Random(11)
      let wrong = 0
      for (let run = 0; run < 600; run++) if (isEverWrong(random, from)) wrong++
      return wrong / 600
    }
    expect(rate(20)).toBeGreaterThan(0.1)
    expect(rate(minimumUnits({ shares: UNEQUAL, skewness: [2, 2] }))).toBeLessThan(0.0856)
  })

  it('answers NaN outside the domain', () => {
    expect(minimumUnits({ shares: [0, 1] })).toBeNaN()
    expect(minimumUnits({ skewness: [Number.NaN, 0] })).toBeNaN()
  })
})

const SETTINGS = { alpha: 0.05, rhoSquared: optimalRhoSquared({ alpha: 0.05, units: 500 }) }

function isEverWrong(random: Random, from: number): boolean {
  const [large, small] = [newSums(), newSums()]
  for (let units = 1; units <= 2000; units++) {
    add(units % 10 === 0 ? small : large, exponentialVariate(random))
    if (units < from || units % 10 !== 0) continue
    const standardError = Math.sqrt(varianceOfMean(large) + varianceOfMean(small))
    const difference = small.sum / small.n - large.sum / large.n
    if (Math.abs(difference) >= sequenceHalfWidth({ standardError, units }, SETTINGS)) return true
  }
  return false
}

function newSums() {
  return { n: 0, sum: 0, squares: 0 }
}

function add(sums: ReturnType<typeof newSums>, value: number): void {
  sums.n++
  sums.sum += value
  sums.squares += value * value
}

function varianceOfMean({ n, sum, squares }: ReturnType<typeof newSums>): number {
  return (squares - (sum * sum) / n) / (n - 1) / n
}
