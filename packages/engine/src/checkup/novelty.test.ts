import { describe, expect, it } from 'vitest'
import { Random } from '../random.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import { type DailyPoint, dailyEffects } from './daily-effects.ts'
import { noveltyOf, trendOf } from './novelty.ts'
import { normal } from './testing/built-totals.ts'

const FIRST_DAY = 20_500

interface Setting {
  readonly days: number
  readonly unitsPerDay: number
  readonly draw: (variant: number, day: number) => readonly number[]
}

function trialOf({ days, unitsPerDay, draw }: Setting) {
  const byDay = Array.from({ length: days }, (_, day): [number, CrossMoments] => {
    const moments = new CrossMoments(2, draw(0, 0).length)
    for (let i = 0; i < 2 * unitsPerDay; i++) moments.add(i % 2, draw(i % 2, day), 1)
    return [FIRST_DAY + day, moments]
  })
  return dailyEffects(new Map(byDay), 0, 1)
}

/** Share of the trials whose p is below 0.05. */
function alarms(trials: number, hasEqualTime: boolean, setting: Setting): number {
  const pValues = Array.from({ length: trials }, () => noveltyOf(trialOf(setting), hasEqualTime)?.pValue ?? 1)
  return pValues.filter((p) => p < 0.05).length / trials
}

/** 0.05 and four standard errors: passed by an honest test in all but 1 of 30,000 seeds. */
const bound = (trials: number) => 0.05 + 4 * Math.sqrt((0.05 * 0.95) / trials)

const point = (day: number, value: number, variance: number): DailyPoint => ({
  day,
  value,
  weight: 1 / variance,
  parts: [{ variance, degreesOfFreedom: 1e9 }],
})

describe('the trend of the effect over the days', () => {
  it('is that of weighted least squares', () => {
    // numpy.linalg.solve(X'WX, X'Wy) and √ of the diagonal of (X'WX)⁻¹, NumPy 2; p from the normal.
    const trend = trendOf([point(10, 3, 1), point(11, 1, 4), point(13, 2, 2), point(16, -1, 1)])
    expect(trend?.slope).toBeCloseTo(-0.6298076923076922, 12)
    expect(trend?.standardError).toBeCloseTo(0.22996655275194994, 12)
    expect(trend?.pValue).toBeCloseTo(0.006168402170499986, 8)
  })

  it('needs three days, and something that varies', () => {
    expect(trendOf([point(1, 1, 1), point(2, 3, 1)])).toBeUndefined()
    expect(noveltyOf([], true)).toBeUndefined()
    // Sums of thirds leave rounding behind, which must not look like variance.
    for (const outcomes of [[1], [1 / 3], [0.1, 0.7]]) {
      const constant = trialOf({ days: 9, unitsPerDay: 1001, draw: () => outcomes })
      expect([noveltyOf(constant, true), noveltyOf(constant, false)]).toEqual([undefined, undefined])
    }
  })

  it('takes days with two units of both variants', () => {
    const day = (first: number, second: number) => {
      const moments = new CrossMoments(2, 1)
      for (let i = 0; i < first; i++) moments.add(0, [i], 1)
      for (let i = 0; i < second; i++) moments.add(1, [i * i], 1)
      return moments
    }
    const days = new Map([day(2, 2), day(9, 1), day(1, 9), day(3, 4), day(5, 5)].entries())
    expect(dailyEffects(days, 0, 1).map((each) => each.day)).toEqual([0, 3, 4])
  })
})

describe('novelty', () => {
  it('is found where the effect wears off, with its size early and later', () => {
    const random = new Random(11)
    const draw = (variant: number, day: number) => [10 + normal(random) + variant * Math.exp(-day / 3)]
    const found = noveltyOf(trialOf({ days: 12, unitsPerDay: 400, draw }), true)
    expect(found?.days).toBe(12)
    expect(found?.slope).toBeLessThan(-0.03)
    expect(found?.pValue).toBeLessThan(1e-6)
    expect(found?.early).toBeGreaterThan(0.5)
    expect(found?.later).toBeLessThan(0.2)
  })

  it('goes the other way where users learn', () => {
    const random = new Random(12)
    const draw = (variant: number, day: number) => [normal(random) + variant * 0.05 * day]
    const found = noveltyOf(trialOf({ days: 12, unitsPerDay: 400, draw }), true)
    expect(found?.slope).toBeCloseTo(0.05, 1)
    expect(found?.pValue).toBeLessThan(1e-6)
  })

  it.each([
    ['a normal metric', 30, (random: Random) => [normal(random)]],
    ['two units a day', 2, (random: Random) => [normal(random)]],
    ['a rare success', 40, (random: Random) => [random.next() < 0.03 ? 1 : 0]],
    ['a heavy tail', 30, (random: Random) => [Math.exp(1.5 * normal(random))]],
    [
      'a ratio',
      20,
      (random: Random) => {
        const views = 1 + random.integer(9)
        return [views * (0.3 + 0.1 * normal(random)), views]
      },
    ],
  ])('is seen in at most 5 %% of the experiments without any: %s', (_, unitsPerDay, sample) => {
    const random = new Random(13)
    const setting: Setting = { days: 14, unitsPerDay, draw: () => sample(random) }
    expect(alarms(800, true, setting)).toBeLessThan(bound(800))
  })

  it('is not taken for days whose units vary more', () => {
    const random = new Random(14)
    const setting = {
      days: 14,
      unitsPerDay: 15,
      draw: (_: number, day: number) => [normal(random) * (1 + day)],
    }
    expect(alarms(800, true, setting)).toBeLessThan(bound(800))
  })
})

describe('where outcomes count without end', () => {
  const random = new Random(15)
  const soFar = (day: number) => -Math.log(random.nextOpen()) * (14 - day)
  const grown = (draw: Setting['draw']): Setting => ({ days: 14, unitsPerDay: 300, draw })

  it('a lasting effect on what units do is no novelty, though recent units have done less', () => {
    const setting = grown((variant, day) => [soFar(day) * (variant ? 1.2 : 1)])
    expect(alarms(200, false, setting)).toBeLessThan(bound(200))
    expect(alarms(20, true, setting)).toBeGreaterThan(0.8)
  })

  it('nor is an effect that comes once, nor both together', () => {
    const once = grown((variant, day) => [soFar(day) * 0.3 + variant * 0.5])
    const both = grown((variant, day) => [soFar(day) * 0.3 * (variant ? 1.15 : 1) + variant * 0.5])
    expect(alarms(200, false, once)).toBeLessThan(bound(200))
    expect(alarms(200, false, both)).toBeLessThan(bound(200))
  })

  it('what wears off is still found', () => {
    const setting = grown((variant, day) => [soFar(day) * (variant && day < 4 ? 1.6 : 1)])
    expect(alarms(20, false, setting)).toBe(1)
    const found = noveltyOf(trialOf(setting), false)
    expect(found?.slope).toBeLessThan(0)
    expect(found?.early).toBeGreaterThan(found?.later ?? Number.NaN)
  })
})
