import { describe, expect, it } from 'vitest'
import { DAY_MILLISECONDS } from '../clock.ts'
import { Random } from '../random.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import { type BuiltTotals, builtTotals, normal } from './testing/built-totals.ts'
import { scanUnits, type UnitScan } from './unit-scan.ts'

const START = Date.parse('2026-03-01T10:00:00Z')
const METRICS = [
  { key: 'revenue', kind: 'mean', cap: 1.5 },
  { key: 'rate', kind: 'ratio', numerator: 'clicks', denominator: 'views' },
  { key: 'score', kind: 'mean', aggregation: 'mean' },
  { key: 'back', kind: 'retention', source: 'revenue', retention: { fromDay: 0, toDay: 2 } },
] as const
const NOW = START + 7.5 * DAY_MILLISECONDS

/** Units of a week; some have no score, some turn out to be others. */
function week(units: number): BuiltTotals {
  const random = new Random(3)
  const built = builtTotals(METRICS)
  for (let i = 0; i < units; i++) {
    const views = random.integer(5)
    built.add(random.integer(2), START + random.next() * 7 * DAY_MILLISECONDS, {
      revenue: normal(random),
      clicks: random.integer(views + 1),
      views,
      ...(random.next() < 0.5 ? { score: normal(random) } : {}),
    })
  }
  for (let slot = 0; slot < units; slot += 7) built.totals.withdraw(slot)
  return built
}

const requests = METRICS.map((_, metric) => ({ metric, byDay: true }))

function totalOf({ days }: UnitScan): CrossMoments {
  const [first] = days.values()
  const total = new CrossMoments(2, first?.components ?? 1)
  for (const moments of days.values()) total.merge(moments)
  return total
}

describe('a pass over the units', () => {
  it('finds what the statistics of the experiment know', async () => {
    const { totals } = week(500)
    const scans = await scanUnits(totals, requests, NOW)
    for (const [metric, scan] of scans.entries()) {
      const found = totalOf(scan)
      for (const [variant, known] of totals.summaries(metric, NOW).entries()) {
        const { units, mean, covariance } = found.summary(variant)
        expect(units).toBe(known.units)
        expect(units).toBeGreaterThan(20)
        for (const [i, value] of mean.entries()) expect(value).toBeCloseTo(known.mean[i] as number, 12)
        for (const [i, row] of covariance.entries())
          for (const [j, value] of row.entries())
            expect(value).toBeCloseTo(known.covariance[i]?.[j] as number, 12)
      }
    }
  })

  it('tells the days of exposure apart where that is asked for', async () => {
    const { totals } = week(500)
    const [byDay, together] = await scanUnits(
      totals,
      [
        { metric: 0, byDay: true },
        { metric: 0, byDay: false },
      ],
      NOW,
    )
    const units = [...(byDay?.days ?? [])].map(([day, moments]) => [day, moments.units(0), moments.units(1)])
    const arrivals = [...totals.arrivals.days].map(([day, counts]) => [day, ...counts])
    expect(units.toSorted()).toEqual(arrivals.toSorted())
    expect([...(together?.days.keys() ?? [])]).toEqual([0])
    expect(together && totalOf(together).units(1)).toBe(byDay && totalOf(byDay).units(1))
  })

  it('does not count units that turned out to be others', async () => {
    const { totals, add } = builtTotals(METRICS)
    add(0, START, { revenue: 1 })
    totals.withdraw(add(0, START, { revenue: 1e6 }))
    const [scan] = await scanUnits(totals, [{ metric: 0, byDay: true }], NOW)
    expect(scan && totalOf(scan).units(0)).toBe(1)
    expect(scan?.extremes[0]?.absoluteTotal).toBe(1)
    expect(scan?.extremes[0]?.candidates.map(([value]) => value)).toEqual([1, 1])
  })

  it('finds the same in chunks of any size', async () => {
    const { totals } = week(300)
    const whole = await scanUnits(totals, requests, NOW)
    for (const size of [1, 7, 299, 300]) {
      const scans = await scanUnits(totals, requests, NOW, size)
      expect(scans.map(({ days }) => [...days].map(([day, { data }]) => [day, ...data]))).toEqual(
        whole.map(({ days }) => [...days].map(([day, { data }]) => [day, ...data])),
      )
      expect(scans.map(({ extremes }) => extremes.map(shown))).toEqual(
        whole.map(({ extremes }) => extremes.map(shown)),
      )
    }
  })

  it('lets units come in meanwhile, and counts those that it has not passed', async () => {
    const { totals, add } = builtTotals(METRICS)
    for (let i = 0; i < 20; i++) add(i % 2, START, { revenue: 1 })
    const scanning = scanUnits(totals, [{ metric: 0, byDay: true }], NOW, 10)
    for (let i = 0; i < 2000; i++) add(i % 2, START, { revenue: 1 })
    const [scan] = await scanning
    expect(scan && totalOf(scan).units(0)).toBe(1010)
  })
})

function shown({ absoluteTotal, largest, candidates }: UnitScan['extremes'][number]) {
  return [absoluteTotal, largest.sum(3), candidates]
}
