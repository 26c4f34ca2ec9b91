import type {
  Analysis,
  Finding,
  MetricAnalysis,
  MetricRole,
  SampleRatio,
  VariantComparison,
  VariantSummary,
} from './analysis.ts'
import { adjusted, compareVariants, describeVariants, type NamedComparison } from './compare-variants.ts'
import type { Estimator, MetricSummary, PlannedLook } from './estimator.ts'
import type { AnalysisSettings } from './experiment.ts'
import { refusalsFor, warningsFor } from './judge-sample.ts'
import type { Metric } from './metric.ts'
import { describePosterior, type PosteriorModel } from './posterior.ts'
import { checkSampleRatio, type SampleCounts, sum, testFields } from './sample-ratio-check.ts'
import { independence } from './statistics/hypothesis-tests/chi-square-tests.ts'
import type { AnalysisNumbers, Checkup, Evidence, Schedule } from './trust/evidence.ts'
import { guardrailVerdict } from './trust/guardrail.ts'
import { healthOf } from './trust/health.ts'
import { recommendationsFrom } from './trust/recommendations.ts'
import { stoppingOf } from './trust/stopping.ts'

export type { Stratification } from './sample-ratio-check.ts'

/** One metric of an experiment with its sufficient statistics, one summary per variant in their order. */
export interface SummarisedMetric {
  readonly metric: Pick<Metric, 'key' | 'kind' | 'direction'>
  readonly role: MetricRole
  readonly summaries: readonly MetricSummary[]
  /** Each variant against the control, where that takes more than the statistics; by estimators when absent. */
  readonly compare?: () => readonly NamedComparison[]
}

/** All that an analysis is made from: numbers only, however they were gathered. */
export interface AnalysisInput extends SampleCounts {
  readonly control: string
  readonly crossoverUnits: number
  readonly metrics: readonly SummarisedMetric[]
  readonly settings: AnalysisSettings
  /** Units per variant that were planned; 0 where none were. */
  readonly minimumSample: number
  /** The planned look that the metrics' statistics belong to, for a group-sequential test. */
  readonly look?: PlannedLook
  readonly schedule?: Schedule
  readonly checkup?: Checkup
  /** Variants that get no new units any more. */
  readonly stopped?: readonly string[]
  readonly findings: readonly Finding[]
  readonly estimators: readonly Estimator[]
  readonly posteriors: readonly PosteriorModel[]
  /** Show the numbers even when they would mislead. */
  readonly evenIfMisleading: boolean
}

export function analyseSummaries(input: AnalysisInput): Analysis {
  const analysis = numbersOf(input)
  const evidence = evidenceOf(input, analysis)
  const health = healthOf(evidence)
  const stopping = stoppingOf(evidence)
  return { ...analysis, health, stopping, recommendations: recommendationsFrom(evidence, health, stopping) }
}

/** Whether the numbers may be read, without computing them. */
export function judgeSample(input: Omit<AnalysisInput, 'evenIfMisleading'>): {
  readonly sampleRatio: SampleRatio
  readonly refusals: readonly Finding[]
} {
  const sampleRatio = checkSampleRatio(input)
  return { sampleRatio, refusals: refusalsFor(input, sampleRatio, crossoverShare(input)) }
}

function numbersOf(input: AnalysisInput): AnalysisNumbers {
  const { sampleRatio, refusals } = judgeSample(input)
  const units = sum(input.counts)
  const shown = refusals.length === 0 || input.evenIfMisleading
  const compared = shown ? input.metrics.map((metric) => compareMetric(metric, input)) : []
  const { metrics, comparisons } = withAdjustedPValues(input, compared)
  return {
    status: refusals.length > 0 ? 'refused' : 'ok',
    refusals,
    warnings: [...warningsFor(input, sampleRatio, units), ...input.findings],
    units,
    control: input.control,
    sampleRatio,
    crossover: { units: input.crossoverUnits, share: crossoverShare(input) },
    alpha: input.settings.alpha,
    method: input.settings.method,
    correction: { method: input.settings.correction, comparisons },
    metrics,
  }
}

function evidenceOf(input: AnalysisInput, analysis: AnalysisNumbers): Evidence {
  const { settings, minimumSample, counts, expected, schedule, checkup, stopped } = input
  const total = sum(expected)
  return {
    analysis,
    settings,
    minimumSample,
    counts,
    shares: expected.map((weight) => (total === 0 ? 0 : weight / total)),
    ...(schedule ? { schedule } : {}),
    ...(checkup ? { checkup } : {}),
    ...(stopped ? { stopped } : {}),
  }
}

function crossoverShare({
  counts,
  crossoverUnits,
}: Pick<AnalysisInput, 'counts' | 'crossoverUnits'>): number {
  const units = sum(counts)
  return units === 0 ? 0 : crossoverUnits / units
}

interface ComparedMetric {
  readonly variants: Readonly<Record<string, VariantSummary>>
  readonly comparisons: readonly NamedComparison[]
  readonly posterior?: MetricAnalysis['posterior']
  readonly omnibus?: MetricAnalysis['omnibus']
}

function compareMetric(
  { metric, summaries, compare }: SummarisedMetric,
  input: AnalysisInput,
): ComparedMetric {
  const omnibus = omnibusOf(metric.kind, summaries)
  const posterior = describePosterior(metric, summaries, input)
  return {
    variants: describeVariants(summaries, input.variants),
    comparisons: compare?.() ?? compareVariants(metric.kind, summaries, input),
    ...(posterior ? { posterior } : {}),
    ...(omnibus ? { omnibus } : {}),
  }
}

function omnibusOf(kind: string, summaries: readonly MetricSummary[]): MetricAnalysis['omnibus'] {
  if ((kind !== 'proportion' && kind !== 'retention') || summaries.some(({ units }) => units === 0))
    return undefined
  const table = summaries.map(({ units, mean }) => {
    const successes = Math.round((mean[0] ?? 0) * units)
    return [successes, units - successes]
  })
  return { method: "Pearson's chi-square, all variants", ...testFields(independence(table)) }
}

/** Adjusted over variants × primary metrics; other roles keep their own p-value. */
function withAdjustedPValues(
  { metrics: given, settings, control }: AnalysisInput,
  compared: readonly ComparedMetric[],
): { metrics: Record<string, MetricAnalysis>; comparisons: number } {
  const primary = compared.flatMap(({ comparisons, variants }, i) => {
    const summary = variants[control]
    return given[i]?.role === 'primary' && summary ? [{ comparisons, control: summary }] : []
  })
  const family = adjusted(primary, settings.correction)
  const metrics: Record<string, MetricAnalysis> = {}
  for (const [i, { variants, comparisons, posterior, omnibus }] of compared.entries()) {
    const { metric, role } = given[i] as SummarisedMetric
    const withP = family.apply(comparisons)
    metrics[metric.key] = {
      role,
      kind: metric.kind,
      direction: metric.direction,
      variants,
      comparisons: role === 'guardrail' ? withGuardrail(withP, metric.direction, settings) : withP,
      ...(posterior ? { posterior } : {}),
      ...(omnibus ? { omnibus } : {}),
    }
  }
  return { metrics, comparisons: family.comparisons }
}

function withGuardrail(
  comparisons: Readonly<Record<string, VariantComparison>>,
  direction: Metric['direction'],
  settings: AnalysisSettings,
): Record<string, VariantComparison> {
  return Object.fromEntries(
    Object.entries(comparisons).map(([variant, comparison]) => {
      const verdict = guardrailVerdict(comparison, direction, settings)
      return [
        variant,
        comparison.status === 'ok' && verdict ? { ...comparison, guardrail: verdict } : comparison,
      ]
    }),
  )
}
