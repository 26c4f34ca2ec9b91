import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { qini, type RankedUnits } from './qini.ts'

const QUESTION = { alpha: 0.1, seed: 1, replicates: 200 } as const

/** Half of the units gain 0.4 by the treatment, the others nothing. */
function unitsOf(random: Random, n: number, predict: (gains: boolean) => number): RankedUnits {
  const units = Array.from({ length: n }, () => {
    const gains = random.next() < 0.5
    const treated = Number(random.next() < 0.5)
    const outcome = Number(random.next() < 0.2 + (gains ? 0.4 * treated : 0))
    return { prediction: predict(gains), treated, outcome }
  })
  return {
    predictions: units.map(({ prediction }) => prediction),
    treated: units.map(({ treated }) => treated),
    outcomes: units.map(({ outcome }) => outcome),
  }
}

describe('qini', () => {
  it('is the area between the curve and the line', () => {
    const answer = qini(
      { predictions: [4, 4, 3, 3, 1, 1], treated: [1, 0, 1, 0, 1, 0], outcomes: [1, 0, 1, 1, 0, 1] },
      QUESTION,
    )
    // Gains at a third, two thirds and all of the units: 1/3, (2 − 1)/3, (2 − 2)/3.
    expect(answer.curve.map(({ gain }) => gain)).toEqual([0, 1 / 3, 1 / 3, 0])
    expect(answer.areaUnderCurve).toBeCloseTo((1 / 3) * (1 / 6 + 1 / 3 + 1 / 6), 13)
    expect(answer.coefficient).toBeCloseTo(answer.areaUnderCurve, 13)
  })

  it('ends at the difference of the means, and is 0 for predictions that are all the same', () => {
    const units = unitsOf(new Random(3), 500, () => 0)
    const answer = qini(units, QUESTION)
    const mean = (arm: number) => {
      const own = [...(units.outcomes as number[])].filter((_, i) => units.treated[i] === arm)
      return own.reduce((sum, outcome) => sum + outcome, 0) / own.length
    }
    expect(answer.curve.at(-1)).toEqual({ share: 1, gain: expect.closeTo(mean(1) - mean(0), 12) })
    expect(answer.coefficient).toBeCloseTo(0, 13)
  })

  it('knows what perfect predictions gain', () => {
    const { coefficient, low, high } = qini(unitsOf(new Random(4), 20_000, Number), QUESTION)
    // The curve rises to 0.2 over the first half: area 0.15 against 0.1 under the line.
    expect(coefficient).toBeCloseTo(0.05, 2)
    expect(low).toBeLessThan(0.05)
    expect(high).toBeGreaterThan(0.05)
    expect(low).toBeGreaterThan(0.04)
    expect(
      qini(
        unitsOf(new Random(4), 20_000, (gains) => -Number(gains)),
        QUESTION,
      ).high,
    ).toBeLessThan(0)
  })

  it('covers 0 as often as it says when predictions say nothing', () => {
    const random = new Random(6)
    const runs = 150
    let covered = 0
    for (let run = 0; run < runs; run++) {
      const { low, high } = qini(
        unitsOf(random, 400, () => random.next()),
        { ...QUESTION, seed: run },
      )
      if (low <= 0 && 0 <= high) covered++
    }
    // Four standard errors of a binomial share of 90 %, and a point for 400 units being few.
    expect(Math.abs(covered / runs - 0.9)).toBeLessThan(0.01 + 4 * Math.sqrt((0.9 * 0.1) / runs))
  })

  it('is not a number without one of the arms', () => {
    const answer = qini({ predictions: [1, 2], treated: [1, 1], outcomes: [0, 1] }, QUESTION)
    expect(answer.coefficient).toBeNaN()
    expect(answer.low).toBeNaN()
  })
})
