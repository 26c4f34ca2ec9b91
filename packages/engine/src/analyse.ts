import type {
  Analysis,
  Finding,
  MetricAnalysis,
  MetricRole,
  SampleRatio,
  StratumCheck,
  VariantSummary,
} from './analysis.ts'
import {
  adjustedByHolm,
  compareVariants,
  describeVariants,
  type NamedComparison,
} from './compare-variants.ts'
import type { Estimator, MetricSummary } from './estimator.ts'
import type { AnalysisSettings } from './experiment.ts'
import type { Metric } from './metric.ts'
import {
  type ChiSquareTest,
  goodnessOfFit,
  independence,
} from './statistics/hypothesis-tests/chi-square-tests.ts'

/** One metric of an experiment with its sufficient statistics, one summary per variant in their order. */
export interface SummarisedMetric {
  readonly metric: Pick<Metric, 'key' | 'kind' | 'direction'>
  readonly role: MetricRole
  readonly summaries: readonly MetricSummary[]
}

/** Counts of units per variant within the parts of something that should not matter: days, devices. */
export interface Stratification {
  readonly name: string
  readonly strata: readonly { readonly stratum: string; readonly counts: readonly number[] }[]
}

/** All that an analysis is made from: numbers only, however they were gathered. */
export interface AnalysisInput {
  readonly variants: readonly string[]
  readonly control: string
  /** Units per variant, in their order. */
  readonly counts: readonly number[]
  /** Units that each variant was to get; any positive scale. */
  readonly expected: readonly number[]
  readonly crossoverUnits: number
  readonly stratifications: readonly Stratification[]
  readonly metrics: readonly SummarisedMetric[]
  readonly settings: AnalysisSettings
  readonly minimumSample: number
  readonly findings: readonly Finding[]
  readonly estimators: readonly Estimator[]
  /** Show the numbers even when they would mislead. */
  readonly evenIfMisleading: boolean
}

/** p-value below which a mismatch of sample sizes is worth a warning, though not yet a refusal. */
const SUSPICIOUS_SAMPLE_RATIO = 0.01
const WORST_STRATA_SHOWN = 5

export function analyseSummaries(input: AnalysisInput): Analysis {
  const sampleRatio = checkSampleRatio(input)
  const units = sum(input.counts)
  const crossover = { units: input.crossoverUnits, share: units === 0 ? 0 : input.crossoverUnits / units }
  const refusals = refusalsFor(input, sampleRatio, crossover.share)
  const shown = refusals.length === 0 || input.evenIfMisleading
  const compared = shown ? input.metrics.map((metric) => compareMetric(metric, input)) : []
  const { metrics, comparisons } = withAdjustedPValues(input.metrics, compared)
  return {
    status: refusals.length > 0 ? 'refused' : 'ok',
    refusals,
    warnings: [...warningsFor(input, sampleRatio, units), ...input.findings],
    units,
    control: input.control,
    sampleRatio,
    crossover,
    alpha: input.settings.alpha,
    correction: { method: 'holm', comparisons },
    metrics,
  }
}

function checkSampleRatio({ variants, counts, expected, stratifications }: AnalysisInput): SampleRatio {
  const units = sum(counts)
  const scale = units === 0 ? 0 : units / sum(expected)
  const scaled = expected.map((weight) => weight * scale)
  const strata = stratifications.map((stratification) => checkStrata(stratification, variants))
  return {
    ...testFields(goodnessOfFit(counts, scaled)),
    counts: named(variants, counts),
    expected: named(variants, scaled),
    ...(strata.length > 0 ? { strata } : {}),
  }
}

/** Each stratum against the overall shares, and all of them together by a test of independence. */
function checkStrata({ name, strata }: Stratification, variants: readonly string[]): StratumCheck {
  const totals = variants.map((_, i) => sum(strata.map(({ counts }) => counts[i] ?? 0)))
  const all = sum(totals)
  const checked = strata.map(({ stratum, counts }) => {
    const size = sum(counts)
    const { pValue } = goodnessOfFit(
      counts,
      totals.map((total) => (total / all) * size),
    )
    return { stratum, counts: named(variants, counts), pValue }
  })
  return {
    name,
    strata: strata.length,
    ...testFields(independence(strata.map(({ counts }) => counts))),
    worst: checked.toSorted((a, b) => a.pValue - b.pValue).slice(0, WORST_STRATA_SHOWN),
  }
}

function refusalsFor(
  { settings }: AnalysisInput,
  sampleRatio: SampleRatio,
  crossoverShare: number,
): Finding[] {
  const findings: Finding[] = []
  if (sampleRatio.pValue < settings.sampleRatioAlpha) {
    findings.push({
      code: 'sample-ratio-mismatch',
      message: `The variants do not have the units they should (${shortP(sampleRatio.pValue)}): assignment, exposure or logging loses units of some variants, and whoever is lost may differ from whoever is left.`,
    })
  }
  if (crossoverShare > settings.crossoverShare) {
    findings.push({
      code: 'crossover',
      message: `${percent(crossoverShare)} of the units were seen in more than one variant (limit ${percent(settings.crossoverShare)}): the variants are mixed.`,
    })
  }
  return findings
}

function warningsFor(input: AnalysisInput, sampleRatio: SampleRatio, units: number): Finding[] {
  const { settings } = input
  const findings: Finding[] = []
  if (units === 0) findings.push({ code: 'no-units', message: 'No unit has met a variant yet.' })
  if (sampleRatio.pValue >= settings.sampleRatioAlpha && sampleRatio.pValue < SUSPICIOUS_SAMPLE_RATIO) {
    findings.push({
      code: 'sample-ratio-suspicious',
      message: `The sample sizes are unlikely under the intended shares (${shortP(sampleRatio.pValue)}); look for lost units before believing small effects.`,
    })
  }
  for (const check of sampleRatio.strata ?? []) {
    if (check.pValue < settings.sampleRatioAlpha) findings.push(allocationVaries(check))
  }
  const smallest = Math.min(...input.counts.filter((_, i) => (input.expected[i] ?? 0) > 0))
  if (units > 0 && smallest < input.minimumSample) {
    findings.push({
      code: 'below-minimum-sample',
      message: `The smallest variant has ${smallest} of the ${input.minimumSample} units it was planned to have: preliminary.`,
    })
  }
  return findings
}

function allocationVaries(check: StratumCheck): Finding {
  const worst = check.worst[0]
  const example = worst
    ? ` Worst: ${worst.stratum} (${Object.entries(worst.counts)
        .map(([key, count]) => `${key} ${count.toLocaleString('en')}`)
        .join(', ')}).`
    : ''
  return {
    code: 'allocation-varies',
    message: `The shares of the variants differ ${check.name === 'day' ? 'from day to day' : `between values of ${check.name}`} (${shortP(check.pValue)}): what differs by ${check.name} is mixed into the effect (Simpson's paradox).${example}`,
  }
}

interface ComparedMetric {
  readonly variants: Readonly<Record<string, VariantSummary>>
  readonly comparisons: readonly NamedComparison[]
  readonly omnibus?: MetricAnalysis['omnibus']
}

function compareMetric({ metric, summaries }: SummarisedMetric, input: AnalysisInput): ComparedMetric {
  const omnibus = omnibusOf(metric.kind, summaries)
  return {
    variants: describeVariants(summaries, input.variants),
    comparisons: compareVariants(metric.kind, summaries, input),
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

/** Holm over variants × primary metrics; other roles keep their own p-value. */
function withAdjustedPValues(
  given: readonly SummarisedMetric[],
  compared: readonly ComparedMetric[],
): { metrics: Record<string, MetricAnalysis>; comparisons: number } {
  const primary = compared.flatMap(({ comparisons }, i) => (given[i]?.role === 'primary' ? comparisons : []))
  const adjusted = adjustedByHolm(primary)
  const metrics: Record<string, MetricAnalysis> = {}
  for (const [i, { variants, comparisons, omnibus }] of compared.entries()) {
    const { metric, role } = given[i] as SummarisedMetric
    metrics[metric.key] = {
      role,
      kind: metric.kind,
      direction: metric.direction,
      variants,
      comparisons: adjusted.apply(comparisons),
      ...(omnibus ? { omnibus } : {}),
    }
  }
  return { metrics, comparisons: adjusted.comparisons }
}

function testFields({
  statistic,
  degreesOfFreedom,
  pValue,
}: ChiSquareTest): Pick<ChiSquareTest, 'statistic' | 'degreesOfFreedom' | 'pValue'> {
  return { statistic, degreesOfFreedom, pValue }
}

function named(keys: readonly string[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(keys.map((key, i) => [key, values[i] ?? 0]))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function percent(share: number): string {
  return `${(share * 100).toPrecision(2)} %`
}

/** The digits of very small ones mean nothing to a reader; the result holds them all. */
function shortP(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${p.toPrecision(2)}`
}
