import { describe, expect, it } from 'vitest'
import { createMetric } from '../metric.ts'
import { NumberReader } from './arrays.ts'
import { Checkpoints } from './checkpoints.ts'
import { MetricMoments } from './metric-moments.ts'
import { planFor } from './plan.ts'

const START = 1_000_000
const SECOND = 1000

function prepared(variants = 2, metrics = 1) {
  const plan = planFor(
    Array.from({ length: metrics }, (_, i) =>
      createMetric(i % 2 === 0 ? { key: `m${i}`, kind: 'mean' } : RATIO(`m${i}`)),
    ),
  )
  const moments = plan.metrics.map((metric) => new MetricMoments(metric, variants))
  const make = () => new Checkpoints(moments, variants, START, () => unitsIn(moments))
  return { moments, checkpoints: make(), make }
}

function unitsIn(moments: readonly MetricMoments[]): number {
  return (moments[0]?.summaries(START) ?? []).reduce((sum, { units }) => sum + units, 0)
}

const RATIO = (key: string) => ({ key, kind: 'ratio', numerator: 'clicks', denominator: 'impressions' })

/** An event at each time, which adds one unit. */
function follow({ moments, checkpoints }: ReturnType<typeof prepared>, times: Iterable<number>): void {
  for (const at of times) {
    const units = moments[0]?.summaries(at)[0]?.units ?? 0
    if (checkpoints.isCrossedBy(at)) checkpoints.cross(at, units === 0)
    for (const each of moments) each.add(0, START, Float64Array.of(units, 2 * units), 1)
  }
}

const seconds = (...values: number[]) => values.map((value) => START + value * SECOND)
const kept = (checkpoints: Checkpoints) =>
  Array.from({ length: checkpoints.count }, (_, i) => [
    (checkpoints.at(i) - START) / SECOND,
    checkpoints.units(i),
  ])

describe('checkpoints', () => {
  it('are taken at the end of each interval that had events, by the time of events', () => {
    const subject = prepared()
    follow(subject, seconds(3, 4, 10, 10.001, 12, 55, 49, 60, 71))
    // 10 belongs to the first interval; 49 came late, when 55 was known.
    expect(kept(subject.checkpoints)).toEqual([
      [10, 3],
      [20, 5],
      [60, 8],
    ])
  })

  it('are none before the first unit, and none for the interval that is not over', () => {
    const subject = prepared()
    follow(subject, seconds(0, 100, 105, 110))
    expect(kept(subject.checkpoints)).toEqual([
      [0, 1],
      [100, 2],
    ])
    const other = prepared()
    follow(other, seconds(95, 100, 101))
    expect(kept(other.checkpoints)).toEqual([[100, 2]])
  })

  it('double their interval when they become too many, and stay on its grid', () => {
    const subject = prepared()
    const times = Array.from({ length: 1000 }, (_, i) => 1 + i * 10)
    follow(subject, seconds(...times))
    const ends = kept(subject.checkpoints).map(([at]) => at as number)
    expect(ends.length).toBeGreaterThan(120)
    expect(ends.length).toBeLessThanOrEqual(240)
    // 1,000 intervals of 10 s: doubled three times.
    expect(ends).toEqual(ends.map((_, i) => (i + 1) * 80))
    expect(kept(subject.checkpoints)).toEqual(ends.map((end) => [end, end / 10]))
  })

  it('keep the last of those that share an interval, dated as it was', () => {
    const subject = prepared()
    const dense = Array.from({ length: 240 }, (_, i) => 1 + i * 10)
    follow(subject, seconds(...dense, 2401, 2415, 9001))
    const last = kept(subject.checkpoints).slice(-3)
    expect(last).toEqual([
      [2380, 238],
      [2400, 240],
      [2420, 242],
    ])
  })

  it('are fewer where each takes much memory, but at least eight', () => {
    const large = prepared(1000, 12)
    follow(large, seconds(...Array.from({ length: 300 }, (_, i) => 1 + i * 10)))
    expect(large.checkpoints.count).toBeGreaterThanOrEqual(8)
    expect(large.checkpoints.byteLength).toBeLessThan(5 * 2 ** 20)
    const huge = prepared(1000, 50)
    follow(huge, seconds(...Array.from({ length: 300 }, (_, i) => 1 + i * 10)))
    expect(huge.checkpoints.count).toBeGreaterThan(4)
    expect(huge.checkpoints.count).toBeLessThanOrEqual(8)
  })

  it('hold means and covariances of every metric as they were', () => {
    const subject = prepared(2, 2)
    follow(subject, seconds(1, 2, 3))
    const then = subject.moments.map((each) => each.summaries(START))
    follow(subject, seconds(11))
    expect([0, 1].map((metric) => subject.checkpoints.summaries(0, metric))).toEqual(then)
    expect(then[1]?.[0]).toEqual({
      units: 3,
      mean: [1, 2],
      covariance: [
        [1, 2],
        [2, 4],
      ],
    })
  })

  it('go on after a restore as if nothing had been', () => {
    const times = seconds(...Array.from({ length: 900 }, (_, i) => 1 + i * 7))
    const whole = prepared()
    follow(whole, times)
    const parts = prepared()
    follow(parts, times.slice(0, 450))
    const restored = parts.make()
    restored.restore(new NumberReader(parts.checkpoints.numbers()))
    let units = 450
    for (const at of times.slice(450)) {
      if (restored.isCrossedBy(at)) restored.cross(at, false)
      parts.moments[0]?.add(0, START, Float64Array.of(units++), 1)
    }
    expect(restored.numbers()).toEqual(whole.checkpoints.numbers())
  })
})
