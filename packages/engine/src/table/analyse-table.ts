import type { Correction } from '@helios/sdk'
import { analyseSummaries } from '../analyse.ts'
import type { Analysis, Finding } from '../analysis.ts'
import { HeliosError } from '../errors.ts'
import type { Estimator } from '../estimator.ts'
import { type AnalysisSettings, DEFAULT_ANALYSIS_SETTINGS } from '../experiment.ts'
import type { PosteriorModel } from '../posterior.ts'
import type { AnalysisMethod, MethodOptions } from './analysis-method.ts'
import type { SampleShape } from './samples.ts'
import type { SummarisedExperiment, SummarisedTable } from './summarised-table.ts'
import type { TableMetric, TableQuestion } from './table-question.ts'
import { metricOfUnits, type UnitComparison } from './unit-metrics.ts'

const VARIANTS_NAMED = 10

export interface TableAnalysisSettings {
  /** Two-sided error rate in (0, 0.5]. */
  readonly alpha: number
  readonly estimators: readonly Estimator[]
  readonly posteriors: readonly PosteriorModel[]
  /** Show the numbers even when they would mislead. */
  readonly evenIfMisleading: boolean
  /** The method asked for, in the place of `estimators` and `posteriors`. */
  readonly method?: AnalysisMethod
  readonly options?: MethodOptions
  readonly correction?: Correction
  /** Units per variant that were planned; sequential methods are sharpest there. */
  readonly plannedUnits?: number
  /** Starts the chance of methods that draw; 1 when absent. */
  readonly seed?: number
  readonly replicates?: number
  readonly shape?: SampleShape
}

type Asked = Pick<TableQuestion, 'control' | 'weights'> & Partial<Pick<TableQuestion, 'metrics'>>

/** An analysis of a file knows nothing of when it was planned to be made, or how often it has been. */
const FIXED_HORIZON: Finding = {
  code: 'fixed-horizon',
  message:
    'The p-values and intervals hold for one look at a sample size planned beforehand. Looking again and again until a difference appears finds one in data without any.',
}

/**
 * Analyses the single experiment of a table. Throws HEL_USAGE when the control or the weights do not fit
 * the variants found, HEL_FILE_INVALID when there is nothing to compare.
 */
export function analyseTable(
  table: SummarisedTable,
  question: Pick<TableQuestion, 'variant'> & Asked,
  settings: TableAnalysisSettings,
): Analysis {
  const experiment = table.experiments[0] as SummarisedExperiment
  const problem = whyNotComparable(experiment, question)
  if (problem) throw new HeliosError('HEL_USAGE', { problem })
  return analyseSummarised(experiment, question, settings)
}

/** What keeps an experiment from being analysed, or undefined. */
export function whyNotComparable(
  { variants }: SummarisedExperiment,
  { variant, control, weights }: Pick<TableQuestion, 'variant' | 'control' | 'weights'>,
): string | undefined {
  const found = `${variants.slice(0, VARIANTS_NAMED).join(', ')}${variants.length > VARIANTS_NAMED ? ', …' : ''}`
  if (!variants.includes(control))
    return `the control "${control}" is not among the variants in ${variant}: ${found}`
  if (variants.length < 2)
    return `there is only one variant in ${variant}, ${found}: nothing to compare it with`
  if (!weights) return undefined
  const named = Object.keys(weights)
  const isSame = named.length === variants.length && variants.every((name) => Object.hasOwn(weights, name))
  if (!isSame) return `the weights name ${named.join(', ')}, but the variants in ${variant} are ${found}`
  const isPositive =
    Object.values(weights).every((weight) => weight >= 0) && Object.values(weights).some(Boolean)
  return isPositive ? undefined : 'weights must not be negative, and not all zero'
}

export function analyseSummarised(
  experiment: SummarisedExperiment,
  { control, weights, metrics: asked = [] }: Asked,
  settings: TableAnalysisSettings,
): Analysis {
  const { variants, counts, crossoverUnits, stratifications, findings } = experiment
  const { method, evenIfMisleading, plannedUnits = 0 } = settings
  const analysisSettings = analysisSettingsOf(settings)
  return analyseSummaries({
    variants,
    control,
    counts,
    expected: variants.map((variant) => (weights ? (weights[variant] as number) : 1)),
    crossoverUnits,
    stratifications,
    metrics: metricsOf(experiment, asked, control, settings),
    settings: analysisSettings,
    minimumSample: plannedUnits,
    findings: [...findings, ...(analysisSettings.method === 'fixed-horizon' ? [FIXED_HORIZON] : [])],
    estimators: method?.estimators ?? settings.estimators,
    posteriors: method?.posteriors ?? settings.posteriors,
    evenIfMisleading,
  })
}

/** Settings of the analysis of a table, which knows of no plan but what it is told. */
export function analysisSettingsOf({ alpha, method, correction }: TableAnalysisSettings): AnalysisSettings {
  return {
    ...DEFAULT_ANALYSIS_SETTINGS,
    method: method?.inference ?? 'fixed-horizon',
    alpha,
    ...(correction ? { correction } : {}),
  }
}

/** How units kept one by one are compared, or undefined where no method was asked for. */
export function unitComparisonOf(
  variants: readonly string[],
  control: string,
  settings: TableAnalysisSettings,
): UnitComparison | undefined {
  const { method, options = {}, shape = {}, seed = 1, replicates, plannedUnits = 0 } = settings
  if (!method) return undefined
  return {
    method,
    options,
    shape,
    seed,
    ...(replicates === undefined ? {} : { replicates }),
    setting: { variants, control, settings: analysisSettingsOf(settings), minimumSample: plannedUnits },
  }
}

function metricsOf(
  { metrics, units, variants }: SummarisedExperiment,
  asked: readonly TableMetric[],
  control: string,
  settings: TableAnalysisSettings,
): SummarisedExperiment['metrics'] {
  const comparison = unitComparisonOf(variants, control, settings)
  if (!units || !comparison || asked.length === 0) return metrics
  return asked.map((metric, place) => metricOfUnits(units, place, metric, comparison))
}
