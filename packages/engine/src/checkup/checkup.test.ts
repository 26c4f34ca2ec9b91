import { describe, expect, it } from 'vitest'
import { DAY_MILLISECONDS } from '../clock.ts'
import { Random } from '../random.ts'
import { checkupOf } from './checkup.ts'
import { type BuiltTotals, builtTotals, normal } from './testing/built-totals.ts'

const VARIANTS = ['calm', 'warm', 'bold'].map((key) => ({ key, name: key, weight: 1 })) as never
const DAYS = 15

/** Three variants; warm wears off. */
function fortnight(windowDays?: number): BuiltTotals {
  const random = new Random(51)
  const window = windowDays === undefined ? {} : { windowDays }
  const built = builtTotals(
    [
      { key: 'value', kind: 'mean', ...window },
      { key: 'rate', kind: 'ratio', numerator: 'clicks', denominator: 'views' },
      { key: 'buyers', kind: 'proportion', source: 'clicks' },
      { key: 'median', kind: 'quantile', source: 'value', quantile: 0.5 },
    ],
    3,
  )
  for (let i = 0; i < 18_000; i++) {
    const day = Math.floor((i / 18_000) * DAYS)
    const variant = random.integer(3)
    const value = 10 + normal(random) + (variant === 1 ? Math.exp(-day / 3) : 0)
    built.add(variant, (day + random.next()) * DAY_MILLISECONDS, {
      value,
      clicks: random.integer(2),
      views: 1 + random.integer(3),
    })
  }
  return built
}

function check({ totals, metrics }: BuiltTotals, now: number, chunk?: number, endedAt?: number) {
  const experiment = { variants: VARIANTS, control: 'calm', ...(endedAt === undefined ? {} : { endedAt }) }
  return checkupOf({ experiment, totals, metrics, now }, chunk)
}

describe('a checkup', () => {
  it('looks at novelty and weekdays of the first primary metric, and at outliers of all that can have some', async () => {
    const found = await check(fortnight(), DAYS * DAY_MILLISECONDS)
    expect(Object.keys(found.novelty)).toEqual(['warm', 'bold'])
    expect(found.novelty['warm']).toMatchObject({ days: DAYS })
    expect(found.novelty['warm']?.pValue).toBeLessThan(1e-6)
    expect(found.novelty['bold']?.pValue).toBeGreaterThan(0.001)
    expect(found.weekday['bold']).toMatchObject({ weekdays: 7 })
    expect(found.weekday['bold']?.pValue).toBeGreaterThan(0.001)
    expect(found.outliers.map(({ metric, variant }) => `${metric} ${variant}`)).toEqual([
      'value calm',
      'value warm',
      'value bold',
      'rate calm',
      'rate warm',
      'rate bold',
    ])
    for (const { influence, shareOfLargest } of found.outliers) {
      expect(influence).toBeGreaterThan(0)
      expect(influence).toBeLessThan(0.2)
      expect(shareOfLargest).toBeLessThan(0.1)
    }
  })

  it('is the same in chunks of any size', async () => {
    const built = fortnight()
    const now = DAYS * DAY_MILLISECONDS
    const whole = await check(built, now)
    expect(await check(built, now, 997)).toEqual(whole)
    expect(await check(built, now, 1_000_000)).toEqual(whole)
  })

  it('compares days whose units have all had the whole window, until the experiment ended', async () => {
    const built = fortnight(3)
    const days = async (now: number, endedAt?: number) =>
      (await check(built, now * DAY_MILLISECONDS, undefined, endedAt)).novelty['bold']?.days
    expect(await days(DAYS)).toBe(DAYS - 3)
    expect(await days(DAYS + 2.5)).toBe(DAYS - 1)
    expect(await days(DAYS + 9)).toBe(DAYS)
    expect(await days(DAYS + 9, DAYS * DAY_MILLISECONDS)).toBe(DAYS - 3)
  })

  it('does not count withdrawn units', async () => {
    const built = fortnight()
    const before = await check(built, DAYS * DAY_MILLISECONDS)
    built.totals.withdraw(built.add(0, 0, { value: 1e6, clicks: 1e6, views: 1 }))
    expect(await check(built, DAYS * DAY_MILLISECONDS)).toEqual(before)
    built.add(0, 0, { value: 1e6 })
    const after = await check(built, DAYS * DAY_MILLISECONDS)
    expect(after.outliers[0]?.influence).toBeGreaterThan(100)
  })

  it('of nobody, or of a quantile, has nothing over time', async () => {
    const empty = builtTotals([{ key: 'value', kind: 'mean' }], 3)
    expect(await check(empty, 0)).toEqual({ novelty: {}, weekday: {}, outliers: [] })
    const median = builtTotals([{ key: 'median', kind: 'quantile', source: 'value', quantile: 0.5 }], 3)
    for (let i = 0; i < 300; i++) median.add(i % 3, (i % 10) * DAY_MILLISECONDS, { value: i })
    expect(await check(median, 0)).toEqual({ novelty: {}, weekday: {}, outliers: [] })
  })
})
