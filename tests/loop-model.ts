import type { VariantSummary } from '@helios/engine'
import { expect } from 'vitest'

/**
 * The statistics of the loop from scratch: every event is kept, and everything is added up at the end.
 */

export const START = Date.parse('2026-03-01T10:00:00Z')
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const LATENESS_DAYS = 2

export const METRICS = [
  { key: 'spend', kind: 'mean' },
  { key: 'capped', kind: 'mean', source: 'spend', cap: 5 },
  { key: 'first_hours', kind: 'count', source: 'spend', aggregation: 'count', windowDays: 0.25 },
  { key: 'bought', kind: 'proportion', source: 'spend', windowDays: 1 },
  { key: 'rating', kind: 'mean', aggregation: 'mean' },
  { key: 'best', kind: 'mean', source: 'rating', aggregation: 'maximum' },
  { key: 'worst', kind: 'mean', source: 'rating', aggregation: 'minimum', missing: 'zero' },
  { key: 'latest', kind: 'mean', source: 'rating', aggregation: 'last' },
  {
    key: 'value',
    kind: 'ratio',
    numerator: [
      { source: 'spend', weight: 1 },
      { source: 'rating', weight: -1 },
    ],
    denominator: 'visits',
  },
  { key: 'visits', kind: 'count' },
  { key: 'adjusted', kind: 'mean', source: 'visits', covariateDays: 1 },
  { key: 'back', kind: 'retention', source: '*', retention: { fromDay: 0.5, toDay: 1 } },
] as const
type MetricSpec = {
  key: string
  kind: string
  source?: string
  aggregation?: string
  windowDays?: number
  cap?: number
  missing?: string
}

export const EXPERIMENTS = [
  { key: 'one', variants: ['a', 'b'], metrics: METRICS.map(({ key }) => key), dimensions: ['country'] },
  { key: 'two', variants: ['x', 'y', 'z'], metrics: ['spend', 'bought', 'latest', 'back'], dimensions: [] },
]

export interface Exposure {
  readonly type: 'exposure'
  readonly id: string
  readonly experiment: string
  readonly variant: string
  readonly unit: string
  readonly at: number
  /** Values of the dimensions that were declared when it was taken in. */
  readonly dimensions?: Readonly<Record<string, string>>
}
export interface Outcome {
  readonly id: string
  readonly metric: string
  readonly unit: string
  readonly value: number
  readonly at: number
}
export type Event = Exposure | Outcome

/** All that counts at a moment. */
export interface Known {
  readonly events: readonly Event[]
  readonly endedAt: ReadonlyMap<string, number>
  readonly now: number
}

/** From scratch: sort out each unit's first exposure, then its outcomes, then the two-pass formulas. */
export function recompute(
  known: Known,
  key: string,
  metricKey: string,
  isIn: (first: Exposure) => boolean = () => true,
) {
  const { variants } = EXPERIMENTS.find((each) => each.key === key) as (typeof EXPERIMENTS)[number]
  const first = new Map<string, Exposure>()
  const seen = new Map<string, Set<string>>()
  for (const event of known.events) {
    if (!('experiment' in event) || event.experiment !== key) continue
    const earlier = first.get(event.unit)
    if (!earlier || event.at < earlier.at) first.set(event.unit, event)
    seen.set(event.unit, (seen.get(event.unit) ?? new Set()).add(event.variant))
  }
  const vectors = new Map<string, number[][]>(variants.map((variant) => [variant, []]))
  for (const [unitName, exposure] of first) if (!isIn(exposure)) first.delete(unitName)
  for (const [unitName, { at, variant }] of first) {
    const vector = vectorOf(known, key, metricKey, unitName, at)
    if (vector) vectors.get(variant)?.push(vector)
  }
  return {
    counts: variants.map((variant) => [...first.values()].filter((each) => each.variant === variant).length),
    first: [...first.values()],
    crossovers: [...seen.values()].filter((set) => set.size > 1).length,
    vectors,
  }
}

function vectorOf(
  known: Known,
  key: string,
  metricKey: string,
  unitName: string,
  exposedAt: number,
): number[] | undefined {
  const metric = METRICS.find((each) => each.key === metricKey) as MetricSpec
  const endedAt = known.endedAt.get(key) ?? Number.POSITIVE_INFINITY
  const outcomes = known.events.filter(
    (event): event is Outcome => 'metric' in event && event.unit === unitName && event.at <= endedAt,
  )
  const within = (source: string, from: number, to: number) =>
    outcomes.filter(
      (each) =>
        (source === '*' || each.metric === source) && each.at - exposedAt >= from && each.at - exposedAt < to,
    )
  const total = (list: readonly Outcome[]) => list.reduce((sum, each) => sum + each.value, 0)
  const window = (metric.windowDays ?? Number.POSITIVE_INFINITY) * DAY
  if (metric.kind === 'retention') {
    const day = (time: number) => Math.floor(time / DAY)
    if (day(exposedAt) >= day(Math.min(known.now, endedAt) - DAY)) return undefined
    return [within('*', 0.5 * DAY, DAY).length > 0 ? 1 : 0]
  }
  if (metric.kind === 'ratio') {
    return [
      total(within('spend', 0, window)) - total(within('rating', 0, window)),
      total(within('visits', 0, window)),
    ]
  }
  const list = within(metric.source ?? metric.key, 0, window)
  if (metric.kind === 'proportion') return [list.some((each) => each.value !== 0) ? 1 : 0]
  const values = list.map((each) => each.value)
  const aggregate = {
    sum: () => total(list),
    count: () => list.length,
    mean: () => (list.length === 0 ? undefined : total(list) / list.length),
    maximum: () => (list.length === 0 ? undefined : Math.max(...values)),
    minimum: () => (list.length === 0 ? 0 : Math.min(...values)),
    last: () => list.toSorted((a, b) => a.at - b.at || a.value - b.value).at(-1)?.value,
  }[metric.aggregation ?? 'sum'] as () => number | undefined
  const value = aggregate()
  return value === undefined ? undefined : [Math.min(value, metric.cap ?? Number.POSITIVE_INFINITY)]
}

/** Compares one summary with the two-pass formulas, to the rounding of the naive computation. */
export function expectSummary(
  found: (Pick<VariantSummary, 'n' | 'mean'> & { readonly variance?: number }) | undefined,
  rows: readonly number[][],
  isRatio: boolean,
  what: string,
): void {
  expect(found?.n, `${what} n`).toBe(rows.length)
  const scale = Math.max(1, ...rows.flat().map(Math.abs))
  const mean = (i: number) => rows.reduce((sum, row) => sum + (row[i] as number), 0) / rows.length
  const expected = isRatio ? mean(0) / mean(1) : mean(0)
  if (Number.isFinite(expected)) {
    const tolerance = 1e-11 * scale * Math.max(1, isRatio ? 1 / mean(1) ** 2 : 1)
    expect(Math.abs((found?.mean as number) - expected), `${what} mean`).toBeLessThanOrEqual(tolerance)
  }
  if (isRatio || rows.length < 2 || found?.variance === undefined) return
  const variance = rows.reduce((sum, row) => sum + ((row[0] as number) - mean(0)) ** 2, 0) / (rows.length - 1)
  const error = Math.abs(found.variance - variance)
  expect(error, `${what} variance`).toBeLessThanOrEqual(1e-10 * scale * scale)
}
