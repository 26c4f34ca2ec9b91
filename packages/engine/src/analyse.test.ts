import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnalysisInput, analyseSummaries, type SummarisedMetric } from './analyse.ts'
import type { ComputedComparison, Estimator, MetricSummary } from './estimator.ts'
import { DEFAULT_ANALYSIS_SETTINGS } from './experiment.ts'

/** Answers with the treatment's mean as p-value, and with both means as the effect. */
const stub: Estimator = {
  name: 'stub',
  metricKinds: ['mean', 'proportion'],
  inference: 'always-valid',
  compare: (control, treatment, { alpha }): ComputedComparison => {
    const estimate = (treatment.mean[0] as number) - (control.mean[0] as number)
    const interval = { estimate, low: estimate, high: estimate }
    const p = treatment.mean[0] as number
    return {
      status: 'ok',
      method: 'stub',
      inference: 'always-valid',
      absolute: interval,
      relative: { status: 'ok', method: 'stub', ...interval },
      standardError: 1,
      statistic: 0,
      pValue: p,
      log10PValue: Math.log10(p),
      alpha,
      assumptions: [],
    }
  },
}

const summary = (mean: number, units = 100): MetricSummary => ({ units, mean: [mean], covariance: [[1]] })

function metric(key: string, role: SummarisedMetric['role'], means: readonly number[]): SummarisedMetric {
  return {
    metric: { key, kind: 'mean', direction: 'increase' },
    role,
    summaries: means.map((mean) => summary(mean)),
  }
}

function analyse(extra: Partial<AnalysisInput> = {}) {
  return analyseSummaries({
    variants: ['a', 'b'],
    control: 'a',
    counts: [100, 100],
    expected: [1, 1],
    crossoverUnits: 0,
    stratifications: [],
    metrics: [metric('spend', 'primary', [0.5, 0.04])],
    settings: DEFAULT_ANALYSIS_SETTINGS,
    minimumSample: 0,
    findings: [],
    estimators: [stub],
    posteriors: [],
    evenIfMisleading: false,
    ...extra,
  })
}

const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code)

describe('an analysis', () => {
  it('of a sound experiment says what it found, without a warning', () => {
    const { status, refusals, warnings, units, alpha, metrics } = analyse()
    expect({ status, refusals, warnings, units, alpha }).toEqual({
      status: 'ok',
      refusals: [],
      warnings: [],
      units: 200,
      alpha: 0.05,
    })
    expect(metrics['spend']).toMatchObject({
      role: 'primary',
      kind: 'mean',
      variants: { a: { n: 100, mean: 0.5, variance: 1 }, b: { n: 100, mean: 0.04 } },
      comparisons: { b: { status: 'ok', absolute: { estimate: 0.04 - 0.5 } } },
    })
  })

  it.each([0, 1, 2])('compares with the named control, at whatever place it stands: %i', (place) => {
    const variants = ['x', 'y']
    variants.splice(place, 0, 'base')
    const means = variants.map((key) => ({ base: 0.9, x: 0.1, y: 0.2 })[key] as number)
    const found = analyse({
      variants,
      control: 'base',
      counts: [9, 9, 9],
      expected: [1, 1, 1],
      metrics: [metric('spend', 'secondary', means)],
    })
    expect(found.control).toBe('base')
    const comparisons = found.metrics['spend']?.comparisons
    expect(Object.keys(comparisons ?? {}).toSorted()).toEqual(['x', 'y'])
    expect(comparisons).toMatchObject({
      x: { absolute: { estimate: 0.1 - 0.9 } },
      y: { absolute: { estimate: 0.2 - 0.9 } },
    })
  })

  it('says so when no estimator knows the kind of metric', () => {
    const quantile = {
      ...metric('p90', 'primary', [1, 2]),
      metric: { key: 'p90', kind: 'quantile', direction: 'decrease' },
    } as const
    const { metrics, correction } = analyse({ metrics: [quantile] })
    expect(metrics['p90']?.comparisons['b']).toMatchObject({
      status: 'not-computable',
      reason: 'no-estimator',
    })
    expect(correction.comparisons).toBe(0)
  })

  it('uses the first estimator that knows the kind', () => {
    const other: Estimator = {
      ...stub,
      metricKinds: ['count'],
      compare: () => {
        throw new Error('Not mine')
      },
    }
    expect(analyse({ estimators: [other, stub, { ...other, metricKinds: ['mean'] }] }).status).toBe('ok')
  })

  it('has nothing to say before a unit came', () => {
    const empty = { units: 0, mean: [Number.NaN], covariance: [[Number.NaN]] }
    const spend = { ...metric('spend', 'primary', []), summaries: [empty, empty] }
    const found = analyse({ counts: [0, 0], expected: [0, 0], metrics: [spend], minimumSample: 10 })
    expect(found).toMatchObject({ status: 'ok', units: 0, crossover: { units: 0, share: 0 } })
    expect(found.sampleRatio.expected).toEqual({ a: 0, b: 0 })
    expect(codes(found.warnings)).toEqual(['no-units'])
  })

  it('shows the linearised variance of a ratio', () => {
    const ratio: SummarisedMetric = {
      metric: { key: 'rate', kind: 'ratio', direction: 'increase' },
      role: 'secondary',
      summaries: [0, 1].map(() => ({
        units: 10,
        mean: [2, 4],
        covariance: [
          [3, 1],
          [1, 5],
        ],
      })),
    }
    // (3 - 2·0.5·1 + 0.5²·5) / 4²
    expect(analyse({ metrics: [ratio] }).metrics['rate']?.variants['a']).toEqual({
      n: 10,
      mean: 0.5,
      variance: 3.25 / 16,
    })
  })

  it('tests all variants of a proportion at once', () => {
    const bought = {
      ...metric('bought', 'primary', [0.1, 0.3]),
      metric: { key: 'bought', kind: 'proportion', direction: 'increase' },
    } as const
    // 10 of 100 against 30 of 100: chi-square 12.5 with one degree of freedom.
    expect(analyse({ metrics: [bought] }).metrics['bought']?.omnibus).toMatchObject({
      degreesOfFreedom: 1,
      statistic: expect.closeTo(12.5, 10),
    })
    expect(analyse().metrics['spend']).not.toHaveProperty('omnibus')
  })
})

describe('an analysis is refused', () => {
  // 100 against 160 of equal shares: chi-square 13.8, p = 0.0002.
  const lopsided = { counts: [100, 160], expected: [1, 1] }

  it('when the sample ratio is too unlikely, and hides the numbers', () => {
    const found = analyse(lopsided)
    expect(found).toMatchObject({
      status: 'refused',
      metrics: {},
      correction: { comparisons: 0 },
      units: 260,
    })
    expect(codes(found.refusals)).toEqual(['sample-ratio-mismatch'])
    expect(found.refusals[0]?.message).toMatch(/p = 0\.0002/)
    expect(found.sampleRatio).toMatchObject({ counts: { a: 100, b: 160 }, expected: { a: 130, b: 130 } })
  })

  it('but shows them to who insists, still refused', () => {
    const found = analyse({ ...lopsided, evenIfMisleading: true })
    expect(found.status).toBe('refused')
    expect(found.metrics['spend']?.comparisons['b']?.status).toBe('ok')
  })

  it.each([
    [0.0001, 'ok', ['sample-ratio-suspicious']],
    [0.001, 'refused', []],
    [0, 'ok', ['sample-ratio-suspicious']],
  ])('from the p-value on that its settings say (%f: %s)', (sampleRatioAlpha, status, warnings) => {
    const found = analyse({ ...lopsided, settings: { ...DEFAULT_ANALYSIS_SETTINGS, sampleRatioAlpha } })
    expect([found.status, codes(found.warnings)]).toEqual([status, warnings])
  })

  it('not for a ratio that its shares explain', () => {
    expect(analyse({ counts: [100, 160], expected: [5, 8] })).toMatchObject({
      status: 'ok',
      sampleRatio: { pValue: 1 },
    })
  })

  it('when a variant has units that was to get none', () => {
    expect(codes(analyse({ counts: [100, 1], expected: [1, 0] }).refusals)).toEqual(['sample-ratio-mismatch'])
  })

  it('when more units crossed over than its settings allow', () => {
    expect(analyse({ crossoverUnits: 2 })).toMatchObject({
      status: 'ok',
      crossover: { units: 2, share: 0.01 },
    })
    const found = analyse({ crossoverUnits: 3 })
    expect(found).toMatchObject({ status: 'refused', metrics: {} })
    expect(codes(found.refusals)).toEqual(['crossover'])
    expect(
      analyse({ crossoverUnits: 3, settings: { ...DEFAULT_ANALYSIS_SETTINGS, crossoverShare: 0.02 } }).status,
    ).toBe('ok')
  })

  it('for every reason there is, not only the first', () => {
    expect(codes(analyse({ ...lopsided, crossoverUnits: 50 }).refusals)).toEqual([
      'sample-ratio-mismatch',
      'crossover',
    ])
  })
})

describe('an analysis warns', () => {
  it('of a suspicious sample ratio', () => {
    // Chi-square 7.2, p = 0.007.
    const found = analyse({ counts: [100, 142] })
    expect([found.status, codes(found.warnings)]).toEqual(['ok', ['sample-ratio-suspicious']])
  })

  it('of a smallest variant below the planned sample', () => {
    expect(codes(analyse({ minimumSample: 101 }).warnings)).toEqual(['below-minimum-sample'])
    expect(codes(analyse({ minimumSample: 100 }).warnings)).toEqual([])
  })

  it('of shares that differ between strata, though they are right in sum', () => {
    const day = (stratum: string, ...counts: number[]) => ({ stratum, counts })
    const strata = [day('Monday', 90, 10), day('Tuesday', 10, 90), day('Wednesday', 50, 50)]
    const found = analyse({ counts: [150, 150], stratifications: [{ name: 'day', strata }] })
    expect(found.status).toBe('ok')
    expect(codes(found.warnings)).toEqual(['allocation-varies'])
    expect(found.warnings[0]?.message).toContain('Monday (a 90, b 10)')
    expect(found.sampleRatio.strata?.[0]).toMatchObject({ name: 'day', strata: 3, degreesOfFreedom: 2 })
    expect(found.sampleRatio.strata?.[0]?.worst.map(({ stratum }) => stratum)).toEqual([
      'Monday',
      'Tuesday',
      'Wednesday',
    ])
  })

  it('of no stratum when all have the same shares, and shows the five that depart most', () => {
    const strata = Array.from({ length: 9 }, (_, i) => ({ stratum: `${i}`, counts: [100 + i, 100 - i] }))
    const found = analyse({ counts: [936, 864], stratifications: [{ name: 'day', strata }] })
    expect(codes(found.warnings)).toEqual([])
    expect(found.sampleRatio.strata?.[0]?.worst).toHaveLength(5)
  })

  it('of what it was told', () => {
    const finding = { code: 'fixed-horizon', message: 'Look once.' } as const
    expect(analyse({ findings: [finding] }).warnings).toEqual([finding])
  })
})

describe('the correction for many comparisons', () => {
  it('is over variants and primary metrics, and nothing else', () => {
    const variants = ['a', 'b', 'c']
    const { metrics, correction } = analyse({
      variants,
      counts: [100, 100, 100],
      expected: [1, 1, 1],
      metrics: [
        metric('first', 'primary', [1, 0.01, 0.04]),
        metric('aside', 'secondary', [1, 0.001, 0.002]),
        metric('second', 'primary', [1, 0.02, 0.03]),
        metric('guard', 'guardrail', [1, 0.003, 0.004]),
      ],
    })
    expect(correction).toEqual({ method: 'holm', comparisons: 4 })
    const adjusted = (key: string) =>
      variants.slice(1).map((variant) => {
        const comparison = metrics[key]?.comparisons[variant]
        return comparison?.status === 'ok' ? comparison.pValueAdjusted : undefined
      })
    // Holm 1979: 4·0.01, 3·0.02, 2·0.03, then at least as much as the one before.
    expect(adjusted('first')).toEqual([0.04, 0.06])
    expect(adjusted('second')).toEqual([0.06, 0.06])
    expect(adjusted('aside')).toEqual([0.001, 0.002])
    expect(adjusted('guard')).toEqual([0.003, 0.004])
  })

  it('leaves out comparisons that could not be made', () => {
    const { metrics, correction } = analyse({
      variants: ['a', 'b', 'c'],
      counts: [100, 100, 100],
      expected: [1, 1, 1],
      metrics: [metric('spend', 'primary', [1, Number.NaN, 0.04])],
    })
    expect(correction.comparisons).toBe(1)
    expect(metrics['spend']?.comparisons['c']).toMatchObject({ pValueAdjusted: 0.04 })
  })

  it('never makes a p-value smaller, nor larger than one', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(p, p), { minLength: 1, maxLength: 5 }), (pairs) => {
        const given = pairs.map(([b, c], i) => metric(`m${i}`, 'primary', [1, b, c]))
        const { metrics } = analyse({
          variants: ['a', 'b', 'c'],
          counts: [9, 9, 9],
          expected: [1, 1, 1],
          metrics: given,
        })
        for (const { comparisons } of Object.values(metrics)) {
          for (const comparison of Object.values(comparisons)) {
            if (comparison.status !== 'ok') throw new Error('It was computed')
            expect(comparison.pValueAdjusted).toBeGreaterThanOrEqual(comparison.pValue)
            expect(comparison.pValueAdjusted).toBeLessThanOrEqual(1)
          }
        }
      }),
    )
  })
})
