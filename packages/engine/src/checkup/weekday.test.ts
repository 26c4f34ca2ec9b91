import { describe, expect, it } from 'vitest'
import { Random } from '../random.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import { dailyEffects } from './daily-effects.ts'
import { normal } from './testing/built-totals.ts'
import { weekdayPatternOf } from './weekday.ts'

const MONDAY = 20_514

type Draw = (variant: number, day: number) => number

function trialOf(days: number, unitsPerDay: number, draw: Draw) {
  const byDay = Array.from({ length: days }, (_, day): [number, CrossMoments] => {
    const moments = new CrossMoments(2, 1)
    for (let i = 0; i < 2 * unitsPerDay; i++) moments.add(i % 2, [draw(i % 2, day)], 1)
    return [MONDAY + day, moments]
  })
  return dailyEffects(new Map(byDay), 0, 1)
}

function alarms(trials: number, days: number, unitsPerDay: number, draw: Draw, hasEqualTime = true): number {
  const pValues = Array.from(
    { length: trials },
    () => weekdayPatternOf(trialOf(days, unitsPerDay, draw), hasEqualTime)?.pValue ?? 1,
  )
  return pValues.filter((p) => p < 0.05).length / trials
}

/** 0.05 and four standard errors: passed by an honest test in all but 1 of 30,000 seeds. */
const bound = (trials: number) => 0.05 + 4 * Math.sqrt((0.05 * 0.95) / trials)

describe('the pattern of the week', () => {
  it('is found where weekends differ', () => {
    const random = new Random(21)
    const effects = trialOf(28, 200, (variant, day) => normal(random) + (day % 7 > 4 ? variant * 0.4 : 0))
    const found = weekdayPatternOf(effects, true)
    expect(found).toMatchObject({ weekdays: 7, degreesOfFreedom: 6 })
    expect(found?.pValue).toBeLessThan(1e-9)
  })

  it('is Cochran’s Q, with the p-value of Welch’s F', () => {
    // Two days, four units each: Q is the square of the difference over its variance, F the same.
    const values = [
      [
        [0, 2, 4, 6],
        [1, 3, 5, 7],
      ],
      [
        [0, 2, 4, 6],
        [9, 11, 13, 15],
      ],
    ]
    const days = values.map(([control = [], treatment = []], day): [number, CrossMoments] => {
      const moments = new CrossMoments(2, 1)
      for (const value of control) moments.add(0, [value], 1)
      for (const value of treatment) moments.add(1, [value], 1)
      return [day, moments]
    })
    const found = weekdayPatternOf(dailyEffects(new Map(days), 0, 1), true)
    // Effects 1 and 9, each with variance 2 · (20/3) / 4 = 10/3: Q = 64 / (20/3), with 12 degrees of freedom.
    expect(found?.statistic).toBeCloseTo(9.6, 12)
    expect(found).toMatchObject({ weekdays: 2, degreesOfFreedom: 1 })
    // 2 · scipy.stats.t.sf(√9.6, 12), SciPy 1.17.1
    expect(found?.pValue).toBeCloseTo(0.009217583066605695, 12)
  })

  it.each([
    ['two weeks', 14, 30],
    ['five days', 5, 20],
    ['two units a day', 21, 2],
  ])('is seen in at most 5 %% of the experiments without any: %s', (_, days, unitsPerDay) => {
    const random = new Random(22)
    const draw = () => normal(random)
    expect(alarms(800, days, unitsPerDay, draw)).toBeLessThan(bound(800))
  })

  it('is not taken for a trend, in a week and a half', () => {
    const random = new Random(23)
    const trend: Draw = (variant, day) => normal(random) + variant * 0.1 * day
    expect(alarms(400, 11, 100, trend)).toBeLessThan(bound(400))
  })

  it('is not taken for the shorter time that recent units have had', () => {
    const random = new Random(24)
    const grown: Draw = (variant, day) =>
      -Math.log(random.nextOpen()) * (1 - Math.exp((day - 10) / 2)) * (variant ? 2 : 1)
    expect(alarms(200, 10, 400, grown, false)).toBeLessThan(bound(200))
    expect(alarms(20, 10, 400, grown, true)).toBeGreaterThan(0.5)
  })

  it('needs two weekdays, and something that varies', () => {
    expect(weekdayPatternOf([], true)).toBeUndefined()
    const random = new Random(25)
    expect(
      weekdayPatternOf(
        trialOf(1, 20, () => normal(random)),
        true,
      ),
    ).toBeUndefined()
    expect(
      weekdayPatternOf(
        trialOf(9, 20, () => 1),
        true,
      ),
    ).toBeUndefined()
    expect(
      weekdayPatternOf(
        trialOf(9, 20, () => 1),
        false,
      ),
    ).toBeUndefined()
  })
})
