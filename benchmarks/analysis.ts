import {
  type AnalysisInput,
  analyseSummaries,
  DEFAULT_ANALYSIS_SETTINGS,
  DEFAULT_ESTIMATORS,
  DEFAULT_POSTERIORS,
} from '@helios/engine'
import { median, option, report } from './measure.ts'

/**
 * What one reading of results costs in processor time, from sufficient statistics to sentences: page of 10 metrics ×
 * 3 variants and of 50 × 4, Bayesian answers, health and recommendations included. Options: --reads.
 */
const READS = option('reads', 300)

function page(metrics: number, variants: number, method: AnalysisInput['settings']['method']): AnalysisInput {
  const names = Array.from({ length: variants }, (_, i) => String.fromCharCode(97 + i))
  const counts = names.map((_, i) => 10_000 + 37 * i)
  return {
    variants: names,
    control: 'a',
    counts,
    expected: names.map(() => 1),
    crossoverUnits: 3,
    stratifications: [],
    metrics: Array.from({ length: metrics }, (_, m) => metric(m, counts)),
    settings: { ...DEFAULT_ANALYSIS_SETTINGS, method },
    minimumSample: 10_000,
    findings: [],
    estimators: DEFAULT_ESTIMATORS,
    posteriors: DEFAULT_POSTERIORS,
    evenIfMisleading: false,
  }
}

const KINDS = ['proportion', 'mean', 'ratio', 'count'] as const

/** Metrics of all kinds in turn, with small differences between the variants. */
function metric(index: number, counts: readonly number[]): AnalysisInput['metrics'][number] {
  const kind = KINDS[index % KINDS.length] as (typeof KINDS)[number]
  return {
    metric: { key: `metric${index}`, kind, direction: 'increase' },
    role: index === 0 ? 'primary' : index % 5 === 4 ? 'guardrail' : 'secondary',
    summaries: counts.map((units, i) => {
      if (kind === 'proportion') {
        const share = Math.round(units * (0.1 + 0.002 * i + 0.001 * index)) / units
        return { units, mean: [share], covariance: [[(share * (1 - share) * units) / (units - 1)]] }
      }
      if (kind === 'ratio') {
        return {
          units,
          mean: [1 + 0.01 * i, 5],
          covariance: [
            [1.2, 0.8],
            [0.8, 6],
          ],
        }
      }
      return { units, mean: [10 + 0.05 * i + index], covariance: [[25 + index]] }
    }),
  }
}

/** Median milliseconds of one reading. */
function read(input: AnalysisInput): number {
  for (let i = 0; i < 50; i++) analyseSummaries(input)
  const times: number[] = []
  for (let i = 0; i < READS; i++) {
    const start = performance.now()
    analyseSummaries(input)
    times.push(performance.now() - start)
  }
  return median(times)
}

report('One reading of results, milliseconds (median)', {
  '10 metrics × 3 variants, always-valid': read(page(10, 3, 'always-valid')),
  '10 × 3, at most': 5,
  '50 metrics × 4 variants, always-valid': read(page(50, 4, 'always-valid')),
  '50 × 4, at most': 20,
  '10 metrics × 3 variants, fixed horizon': read(page(10, 3, 'fixed-horizon')),
  '50 metrics × 4 variants, fixed horizon': read(page(50, 4, 'fixed-horizon')),
})
