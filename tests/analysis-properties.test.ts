import {
  type AnalysisInput,
  analyseSummaries,
  DEFAULT_ANALYSIS_SETTINGS,
  DEFAULT_ESTIMATORS,
  DEFAULT_POSTERIORS,
} from '@helios/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Whatever the statistics are, an analysis holds numbers that mean something, or says why there are none. */

const METHODS = ['always-valid', 'group-sequential', 'mixture-sprt', 'fixed-horizon'] as const
const KINDS = ['mean', 'count', 'proportion', 'retention', 'ratio', 'quantile'] as const

const number = fc.oneof(
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
  fc.constantFrom(0, 1, 0.5, 1e-300, 1e300, -1, 1e9, Number.NaN, Number.POSITIVE_INFINITY),
)
const units = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.constantFrom(0, 1, 2, 1e9))
const summary = (size: number) =>
  fc
    .tuple(
      units,
      fc.array(number, { minLength: size, maxLength: size }),
      fc.array(number, { minLength: 4, maxLength: 4 }),
    )
    .map(([n, mean, [a = 0, b = 0, c = 0, d = 0]]) => {
      const covariance =
        size === 1
          ? [[Math.abs(a)]]
          : [
              [Math.abs(a), b],
              [b, Math.abs(c)],
            ]
      const joint = {
        mean: [...mean, d],
        covariance: [...covariance.map((row) => [...row, 0]), [...mean.map(() => 0), Math.abs(d)]],
      }
      return n % 2 === 0 ? { units: n, mean, covariance } : { units: n, mean, covariance, joint }
    })

const metric = fc
  .constantFrom(...KINDS)
  .chain((kind) =>
    fc
      .tuple(
        fc.array(summary(kind === 'ratio' ? 2 : 1), { minLength: 3, maxLength: 3 }),
        fc.constantFrom('primary' as const, 'secondary' as const, 'guardrail' as const),
        fc.constantFrom('increase' as const, 'decrease' as const),
      )
      .map(([summaries, role, direction]) => ({ metric: { key: kind, kind, direction }, role, summaries })),
  )

const input = fc
  .record({
    method: fc.constantFrom(...METHODS),
    metrics: fc.uniqueArray(metric, { maxLength: 4, selector: (each) => each.metric.key }),
    counts: fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 3, maxLength: 3 }),
    minimumSample: fc.constantFrom(0, 100, 1e9),
    hasSchedule: fc.boolean(),
  })
  .map(
    ({ method, metrics, counts, minimumSample, hasSchedule }): AnalysisInput => ({
      variants: ['a', 'b', 'c'],
      control: 'b',
      counts,
      expected: [1, 1, 1],
      crossoverUnits: 0,
      stratifications: [],
      metrics,
      settings: { ...DEFAULT_ANALYSIS_SETTINGS, method },
      minimumSample,
      findings: [],
      ...(hasSchedule
        ? { schedule: { startedAt: 0, until: 1e9, isOpen: true, maximumDurationDays: 14 } }
        : {}),
      estimators: DEFAULT_ESTIMATORS,
      posteriors: DEFAULT_POSTERIORS,
      evenIfMisleading: true,
    }),
  )

/** Where a value that is no finite number stands; what was measured may be anything. */
function meaningless(value: unknown, place = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [place]
  if (typeof value === 'string')
    return /NaN|Infinity|undefined|null/.test(value) ? [`${place}: ${value}`] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) =>
    key === 'log10PValue' ? [] : meaningless(inside, `${place}.${key}`),
  )
}

describe('an analysis of anything', () => {
  it('holds no number without a meaning, and says none', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { metrics, health, stopping, recommendations } = analyseSummaries(given)
        const judged = { health, stopping, recommendations }
        const found = Object.values(metrics).flatMap(({ comparisons, posterior, omnibus }) =>
          meaningless({ comparisons, posterior, ...(omnibus ? {} : {}) }),
        )
        expect([...found, ...meaningless(judged)]).toEqual([])
        for (const { comparisons } of Object.values(metrics)) {
          for (const comparison of Object.values(comparisons)) {
            if (comparison.status !== 'ok') continue
            expect(comparison.pValue).toBeGreaterThanOrEqual(0)
            expect(comparison.pValue).toBeLessThanOrEqual(1)
            expect(comparison.absolute.low).toBeLessThanOrEqual(comparison.absolute.high)
          }
        }
        expect(health.score).toBeGreaterThanOrEqual(0)
        expect(health.score).toBeLessThanOrEqual(1)
      }),
      { seed: 4, numRuns: 100 },
    )
  })
})
