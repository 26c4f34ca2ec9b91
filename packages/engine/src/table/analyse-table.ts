import { analyseSummaries } from '../analyse.ts'
import type { Analysis, Finding } from '../analysis.ts'
import { HeliosError } from '../errors.ts'
import type { Estimator } from '../estimator.ts'
import { DEFAULT_ANALYSIS_SETTINGS } from '../experiment.ts'
import type { PosteriorModel } from '../posterior.ts'
import type { SummarisedExperiment, SummarisedTable } from './summarised-table.ts'
import type { TableQuestion } from './table-question.ts'

const VARIANTS_NAMED = 10

export interface TableAnalysisSettings {
  /** Two-sided error rate in (0, 0.5]. */
  readonly alpha: number
  readonly estimators: readonly Estimator[]
  readonly posteriors: readonly PosteriorModel[]
  /** Show the numbers even when they would mislead. */
  readonly evenIfMisleading: boolean
}

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
  question: Pick<TableQuestion, 'variant' | 'control' | 'weights'>,
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
  { variants, counts, crossoverUnits, stratifications, metrics, findings }: SummarisedExperiment,
  { control, weights }: Pick<TableQuestion, 'control' | 'weights'>,
  { alpha, estimators, posteriors, evenIfMisleading }: TableAnalysisSettings,
): Analysis {
  return analyseSummaries({
    variants,
    control,
    counts,
    expected: variants.map((variant) => (weights ? (weights[variant] as number) : 1)),
    crossoverUnits,
    stratifications,
    metrics,
    settings: { ...DEFAULT_ANALYSIS_SETTINGS, method: 'fixed-horizon', alpha },
    minimumSample: 0,
    findings: [...findings, FIXED_HORIZON],
    estimators,
    posteriors,
    evenIfMisleading,
  })
}
