import type { SummarisedMetric } from '../analyse.ts'
import { type ComparisonSetting, compareVariants, type NamedComparison } from '../compare-variants.ts'
import type { MetricSummary } from '../estimator.ts'
import type { Sample, SampleTestSettings } from '../sample-test.ts'
import { type AnalysisMethod, type MethodOptions, testFor } from './analysis-method.ts'
import { type MetricSamples, type SampleShape, samplesOf, summaryOf, type UnitFilter } from './samples.ts'
import type { TableMetric } from './table-question.ts'
import type { UnitValues } from './unit-values.ts'

/** How the units of a table are compared. */
export interface UnitComparison {
  readonly method: AnalysisMethod
  readonly options: MethodOptions
  readonly shape: SampleShape
  /** Starts the chance of methods that draw. */
  readonly seed: number
  readonly replicates?: number
  readonly setting: Omit<ComparisonSetting, 'estimators'>
}

/** A metric from the values of units: its statistics, and the comparison that the method makes of them. */
export function metricOfUnits(
  units: UnitValues,
  place: number,
  metric: TableMetric,
  comparison: UnitComparison,
  counts?: UnitFilter,
): SummarisedMetric {
  const gathered = samplesOf(units, place, comparison.shape, counts)
  const { alpha } = comparison.setting.settings
  const summaries = gathered.samples.map((sample) => summaryOf(sample, metric, alpha))
  return {
    metric: { key: metric.name, kind: metric.kind, direction: 'increase' },
    role: 'primary',
    summaries,
    compare: () => withNotes(compareSamples(gathered.samples, summaries, metric, comparison), gathered),
  }
}

function compareSamples(
  samples: readonly Sample[],
  summaries: readonly MetricSummary[],
  metric: TableMetric,
  comparison: UnitComparison,
): NamedComparison[] {
  const { method, setting } = comparison
  const test = testFor(method, metric)
  if (!test) return compareVariants(metric.kind, summaries, { ...setting, estimators: method.estimators })
  const { variants, control } = setting
  const settings = settingsFor(metric, comparison)
  const base = samples[variants.indexOf(control)] as Sample
  return variants.flatMap((variant, i) =>
    variant === control ? [] : [[variant, test.compare(base, samples[i] as Sample, settings)] as const],
  )
}

function settingsFor(
  metric: TableMetric,
  { options, seed, replicates, setting }: UnitComparison,
): SampleTestSettings {
  const bounds = options.bounds ?? (metric.kind === 'proportion' ? { lowest: 0, highest: 1 } : undefined)
  return {
    alpha: setting.settings.alpha,
    seed,
    ...(replicates === undefined ? {} : { replicates }),
    ...(metric.level === undefined ? {} : { quantile: metric.level }),
    ...(bounds ? { bounds } : {}),
  }
}

/** What was done to the values, among the things that must hold. */
function withNotes(
  comparisons: readonly NamedComparison[],
  { limits, unitsWithoutCovariate }: MetricSamples,
): NamedComparison[] {
  const notes = [
    ...(limits
      ? [
          `The question is of values winsorised at ${rounded(limits.low)} and ${rounded(limits.high)}, limits from all variants together: those beyond count as these.`,
        ]
      : []),
    ...(unitsWithoutCovariate > 0
      ? [`For ${unitsWithoutCovariate.toLocaleString('en-US')} missing covariates their mean stands in.`]
      : []),
  ]
  if (notes.length === 0) return [...comparisons]
  return comparisons.map(([variant, each]) => [
    variant,
    each.status === 'ok'
      ? {
          ...each,
          method: limits ? `${each.method}, winsorised` : each.method,
          assumptions: [...each.assumptions, ...notes],
        }
      : each,
  ])
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(6)))
}
