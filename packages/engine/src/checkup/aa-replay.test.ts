import type { AaReplay, ReplayedTest } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { DAY_MILLISECONDS } from '../clock.ts'
import type { MetricInput } from '../metric.ts'
import { Random } from '../random.ts'
import { type AaReplayOptions, aaReplayOf, MOST_REPLAYED_UNITS } from './aa-replay.ts'
import { type BuiltTotals, builtTotals, normal } from './testing/built-totals.ts'

const VARIANTS = [{ key: 'calm' }, { key: 'warm' }].map((each) => ({ ...each, name: each.key, weight: 1 }))
const NOW = 10 * DAY_MILLISECONDS

function replay({ totals, metrics }: BuiltTotals, options: AaReplayOptions = {}): Promise<AaReplay> {
  const experiment = { variants: VARIANTS as never, control: 'calm' }
  return aaReplayOf({ experiment, totals, metrics, now: NOW }, options)
}

function testOf({ metrics }: AaReplay, key = 'value'): ReplayedTest {
  const found = metrics[key]
  if (found?.status !== 'ok') throw new Error(`${key}: ${found?.message}`)
  return found
}

function trial(count: number, draw: (i: number) => Record<string, number>, metrics: readonly MetricInput[]) {
  const built = builtTotals(metrics)
  for (let i = 0; i < count; i++) built.add(i % 2, 0, draw(i))
  return built
}

const MEAN = { key: 'value', kind: 'mean' } as const

describe('replays of the control against itself', () => {
  it('find as much as chance does where the tests are honest', async () => {
    const random = new Random(41)
    const views = () => 1 + random.integer(9)
    const built = trial(4000, () => {
      const seen = views()
      return {
        value: normal(random),
        bought: random.next() < 0.3 ? 1 : 0,
        clicks: seen * normal(random),
        seen,
      }
    }, [
      MEAN,
      { key: 'buyers', kind: 'proportion', source: 'bought' },
      { key: 'rate', kind: 'ratio', numerator: 'clicks', denominator: 'seen' },
    ])
    const found = await replay(built, { replays: 1000, seed: 5 })
    expect(found).toMatchObject({
      replays: 1000,
      seed: 5,
      population: 'control',
      units: 2000,
      unitsAvailable: 2000,
    })
    const methods = ["Welch's t", 'two-proportion z', 'delta method for ratios, z']
    for (const [i, key] of ['value', 'buyers', 'rate'].entries()) {
      const { method, units, replays, falsePositives, uniformity, histogram } = testOf(found, key)
      expect([method, units, replays]).toEqual([methods[i], 2000, 1000])
      expect(falsePositives.alpha).toBe(0.05)
      expect(falsePositives.standardError).toBeCloseTo(Math.sqrt((0.05 * 0.95) / 1000), 12)
      expect(Math.abs(falsePositives.share - 0.05)).toBeLessThan(4 * falsePositives.standardError)
      expect(uniformity.pValue).toBeGreaterThan(0.001)
      expect(histogram).toHaveLength(20)
      expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(1000)
      expect(histogram[0]).toBe(Math.round(falsePositives.share * 1000))
    }
  })

  it('show that one huge unit decides: the statistic is ±1 whichever half it is in', async () => {
    const random = new Random(42)
    const built = trial(4000, (i) => ({ value: i === 0 ? 1e6 : normal(random) }), [MEAN])
    const { falsePositives, uniformity, histogram } = testOf(await replay(built))
    expect(falsePositives.share).toBe(0)
    // P(|t| > 1) ≈ 0.317 in every replay.
    expect(histogram[6]).toBe(200)
    expect(uniformity.distance).toBeGreaterThan(0.6)
    expect(uniformity.pValue).toBeLessThan(1e-12)
  })

  it('do not see what the experiment did, of the control or of all units', async () => {
    const random = new Random(43)
    const built = trial(2000, (i) => ({ value: normal(random) + 0.5 * (i % 2) }), [MEAN])
    const control = await replay(built)
    const all = await replay(built, { population: 'all' })
    expect([control.units, all.units]).toEqual([1000, 2000])
    for (const each of [control, all]) {
      const { share, standardError } = testOf(each).falsePositives
      expect(Math.abs(share - 0.05)).toBeLessThan(4 * standardError)
    }
  })

  it('give the same answer for the same seed, another for another, and more for more replays', async () => {
    const random = new Random(44)
    const built = trial(400, () => ({ value: normal(random) }), [MEAN])
    const first = await replay(built, { seed: 3 })
    expect(await replay(built, { seed: 3 })).toEqual(first)
    expect(testOf(await replay(built, { seed: 4 })).histogram).not.toEqual(testOf(first).histogram)
    const more = testOf(await replay(built, { seed: 3, replays: 233 })).histogram
    for (const [bar, count] of testOf(first).histogram.entries())
      expect(more[bar]).toBeGreaterThanOrEqual(count)
  })

  it('count neither withdrawn units, nor those without outcomes or with an open window where these matter', async () => {
    const random = new Random(45)
    const built = builtTotals([
      { key: 'value', kind: 'mean', aggregation: 'mean' },
      { key: 'back', kind: 'retention', source: 'visit', retention: { fromDay: 0, toDay: 4 } },
    ])
    for (let i = 0; i < 600; i++) {
      const slot = built.add(0, (i % 10) * DAY_MILLISECONDS, {
        ...(i % 7 < 3 ? { visit: 1 } : {}),
        ...(i % 3 === 0 ? { value: normal(random) } : {}),
      })
      if (i >= 500) built.totals.withdraw(slot)
    }
    const found = await replay(built)
    expect(found).toMatchObject({ units: 500, unitsAvailable: 500 })
    expect(testOf(found, 'value').units).toBe(167)
    // Exposed on one of the days 0 to 5: four whole days before the tenth.
    expect(testOf(found, 'back').units).toBe(300)
  })

  it('take a sample of more units than one replay divides', async () => {
    const built = builtTotals([MEAN])
    for (let i = 0; i < MOST_REPLAYED_UNITS + 20_000; i++) built.add(0, 0, { value: i })
    const found = await replay(built, { replays: 20 })
    expect(found).toMatchObject({ units: MOST_REPLAYED_UNITS, unitsAvailable: MOST_REPLAYED_UNITS + 20_000 })
    expect(testOf(found).units).toBe(MOST_REPLAYED_UNITS)
  })

  it('say why there is nothing to replay', async () => {
    const constant = await replay(trial(40, () => ({ value: 0.1 }), [MEAN]))
    expect(constant.metrics['value']).toMatchObject({ status: 'not-computable', reason: 'zero-variance' })
    const none = await replay(builtTotals([MEAN]))
    expect(none.metrics['value']).toMatchObject({ status: 'not-computable', reason: 'too-few-units' })
    const quantile = await replay(
      trial(40, (i) => ({ value: i }), [{ key: 'p90', kind: 'quantile', source: 'value', quantile: 0.9 }]),
    )
    expect(quantile.metrics['p90']).toMatchObject({ status: 'not-computable', reason: 'no-estimator' })
  })

  it.each([
    { replays: 19 },
    { replays: 2001 },
    { replays: 20.5 },
    { replays: Number.NaN },
    { seed: 0.5 },
    { seed: Number.POSITIVE_INFINITY },
    { population: 'nobody' as never },
  ])('refuse %o', async (options) => {
    await expect(replay(builtTotals([MEAN]), options)).rejects.toMatchObject({ code: 'HEL_REQUEST_INVALID' })
  })
})
