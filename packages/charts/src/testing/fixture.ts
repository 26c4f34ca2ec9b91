import type { HistoryPoint, MetricHistory, PosteriorAnalysis, SampleRatio, Traffic } from '@helios/sdk'
import type { NamedVariant } from '../built-chart.ts'
import type { ForestRow } from '../forest-plot.ts'

/** Made-up results for tests of charts: the same seed gives the same numbers. */

const HOUR = 3_600_000
/** Some Sunday evening. */
export const NOW = 1_795_370_400_000

/** A linear congruential generator (Numerical Recipes): good enough to draw pictures of. Values in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const NAMES = ['Control', 'Warm', 'Bold and short', 'Curious', 'Playful', 'Formal', 'Brief', 'Poetic']

/** The first is the control, with the key `v0`. */
export function madeVariants(count: number): NamedVariant[] {
  return Array.from({ length: count }, (_, i) => ({ key: `v${i}`, name: NAMES[i] ?? `Variant ${i}` }))
}

export interface HistoryShape {
  readonly points: number
  readonly variants: number
  readonly seed: number
}

/** Intervals shrink with the square root of time; the first points have no effect yet. */
export function madeHistory({ points, variants, seed }: HistoryShape): MetricHistory {
  const random = seeded(seed)
  const keys = madeVariants(variants).map(({ key }) => key)
  const phases = keys.map(() => random() * 2 * Math.PI)
  return {
    status: 'ok',
    refusals: [],
    metric: 'conversion',
    role: 'primary',
    kind: 'proportion',
    direction: 'increase',
    control: 'v0',
    alpha: 0.05,
    points: Array.from({ length: points }, (_, i) => madePoint(keys, i, points, phases)),
  }
}

function madePoint(
  keys: readonly string[],
  i: number,
  points: number,
  phases: readonly number[],
): HistoryPoint {
  const width = 0.12 / Math.sqrt(i + 1)
  const wander = (variant: number) => Math.sin((phases[variant] ?? 0) + 3 * Math.log(i + 1)) * width
  const effectOf = (variant: number) => {
    if (i < 2) return null
    const estimate = 0.006 * variant - 0.008 + wander(variant) * 0.7
    const absolute = { estimate, low: estimate - width, high: estimate + width }
    const relative = { estimate: estimate * 8, low: (estimate - width) * 8, high: (estimate + width) * 8 }
    return { method: 'two-proportion z, unpooled', absolute, relative }
  }
  return {
    at: NOW - (points - 1 - i) * HOUR,
    variants: Object.fromEntries(
      keys.map((key, variant) => [
        key,
        { n: (i + 1) * (120 - variant), mean: 0.12 + 0.006 * variant + wander(variant) * 0.5 },
      ]),
    ),
    effects: Object.fromEntries(keys.slice(1).map((key, variant) => [key, effectOf(variant)])),
  }
}

/** Units rise and fall with the day; every ninth hour has none. */
export function madeTraffic(hours: number, variants: number, seed: number): Traffic {
  const random = seeded(seed)
  const keys = madeVariants(variants).map(({ key }) => key)
  const all = Array.from({ length: hours }, (_, i) => {
    const at = NOW - (hours - 1 - i) * HOUR
    const busy = 40 + 30 * Math.sin((i / 24) * 2 * Math.PI)
    const units = keys.map((key) => [key, Math.round(busy * (0.8 + 0.4 * random()))] as const)
    return { at, units: Object.fromEntries(units) }
  })
  const kept = all.filter((_, i) => i % 9 !== 4)
  const totals = keys.map(
    (key) => [key, kept.reduce((sum, { units }) => sum + (units[key] ?? 0), 0)] as const,
  )
  return { hours: kept, units: Object.fromEntries(totals) }
}

export function madeSampleRatio(counts: readonly number[], pValue: number): SampleRatio {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const keys = madeVariants(counts.length).map(({ key }) => key)
  return {
    pValue,
    statistic: 1,
    degreesOfFreedom: counts.length - 1,
    counts: Object.fromEntries(keys.map((key, i) => [key, counts[i] ?? 0])),
    expected: Object.fromEntries(keys.map((key) => [key, expected])),
  }
}

/** One of each kind: better, worse, not decided, without numbers, and with a very wide interval. */
export function madeRows(): ForestRow[] {
  const method = 'two-proportion z, unpooled; delta method on the log'
  const row = { direction: 'increase', isSignificant: false, method } as const
  return [
    {
      ...row,
      label: 'Warm',
      detail: 'Conversion',
      estimate: 0.031,
      low: 0.012,
      high: 0.05,
      isSignificant: true,
    },
    {
      ...row,
      label: 'Bold and short',
      detail: 'Conversion',
      estimate: -0.024,
      low: -0.041,
      high: -0.007,
      isSignificant: true,
    },
    { ...row, label: 'Curious', detail: 'Conversion', estimate: 0.004, low: -0.015, high: 0.023 },
    {
      ...row,
      label: 'Playful',
      detail: 'Conversion',
      estimate: null,
      low: null,
      high: null,
      note: 'Too few units: 3 of at least 10 in each variant.',
    },
    {
      ...row,
      label: 'Formal',
      detail: 'Conversion in a segment with few units',
      estimate: 0.02,
      low: -0.3,
      high: 0.35,
    },
  ]
}

/** Each treatment is a little better than the one before; the last has no relative effect. */
export function madePosterior(variants: number): PosteriorAnalysis {
  const around = (estimate: number, half: number) => ({
    estimate,
    low: estimate - half,
    high: estimate + half,
  })
  const posteriorOf = (i: number): PosteriorAnalysis['variants'][string] => ({
    value: around(0.12 + 0.002 * i, 0.004),
    probabilityBest: i / (variants * variants),
    expectedLoss: 0.002 * (variants - i),
    ...(i === 0
      ? {}
      : {
          comparison: {
            chanceToBeatControl: 1 - 0.5 ** (5 * i),
            absolute: around(0.002 * i, 0.004),
            relative: i === variants - 1 && i > 1 ? null : around(0.017 * i, 0.03),
            chanceOfEquivalence: 0.1,
          },
        }),
  })
  return {
    method: 'beta-binomial, prior Beta(1, 1)',
    variants: Object.fromEntries(madeVariants(variants).map(({ key }, i) => [key, posteriorOf(i)])),
  }
}
