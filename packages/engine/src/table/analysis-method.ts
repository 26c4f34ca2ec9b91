import { HeliosError } from '../errors.ts'
import type { Estimator, InferenceMethod } from '../estimator.ts'
import type { PosteriorModel } from '../posterior.ts'
import type { SampleTest } from '../sample-test.ts'
import type { TableMetric, TableMetricKind, TableQuestion } from './table-question.ts'

/** A way to compare variants that can be asked for by name. */
export interface AnalysisMethod {
  /** Standard name, e.g. `mann-whitney`. */
  readonly name: string
  readonly title: string
  /** Author, year and DOI. */
  readonly source: string
  /** Where the source depends on the kind of metric, in the place of it. */
  readonly sourceByKind?: Readonly<Record<TableMetricKind, string>>
  /** When its answers may be read. */
  readonly inference: InferenceMethod
  /** The first that takes a metric is used; a test that takes the units' own values before an estimator. */
  readonly tests: readonly SampleTest[]
  readonly estimators: readonly Estimator[]
  readonly posteriors?: readonly PosteriorModel[]
  /** Whether what is asked for is the posterior. */
  readonly isBayesian?: boolean
  /** Kinds of metrics that it takes. */
  readonly metricKinds: readonly TableMetricKind[]
  /** Whether covariates change its answer. */
  readonly usesCovariates?: boolean
  readonly needs?: 'covariates' | 'strata'
}

/** What is asked of a method besides the metrics. */
export interface MethodOptions {
  /** Share of units capped on either side. */
  readonly winsorise?: number
  readonly bounds?: { readonly lowest: number; readonly highest: number }
}

/**
 * Throws HEL_USAGE, naming the way out, where a method cannot answer a question.
 *
 * @param known all methods, to name those that can
 */
export function requireFit(
  method: AnalysisMethod,
  known: readonly AnalysisMethod[],
  { metrics, covariates = [], strata = [] }: Pick<TableQuestion, 'metrics' | 'covariates' | 'strata'>,
  { winsorise = 0, bounds }: MethodOptions = {},
): void {
  for (const metric of metrics) requireKind(method, known, metric)
  if (method.needs === 'covariates' && covariates.length === 0)
    refuse(
      `${method.name} adjusts for what was known before; say what: --covariate EXPR (a column or a sum of columns, fixed before the units met their variant)`,
    )
  if (covariates.length > 0 && !method.usesCovariates)
    refuse(
      `${method.name} takes no covariates; leave --covariate out, or choose ${namesOf(known.filter((each) => each.usesCovariates))}`,
    )
  const quantile = metrics.find(({ kind }) => kind === 'quantile')
  if (covariates.length > 0 && quantile)
    refuse(
      `covariates adjust a mean, a proportion or a ratio, and ${quantile.name} is a quantile; ask for it without --covariate`,
    )
  if (method.needs === 'strata' && strata.length === 0)
    refuse(`${method.name} weighs groups of units; say which column tells them apart: --stratum COLUMN`)
  for (const metric of metrics) {
    if (winsorise > 0 && metric.kind !== 'mean' && metric.kind !== 'count')
      refuse(
        `--winsorise caps extreme values, which metric ${metric.name}, a ${metric.kind}, does not have; use it with mean(…) or count(…) alone`,
      )
    const isBounded = metric.kind === 'proportion' || bounds !== undefined
    if (testFor(method, metric)?.needs === 'bounds' && !isBounded)
      refuse(
        `${method.name} needs to know between which values each unit of ${metric.name} must lie: --bounds LOWEST,HIGHEST`,
      )
  }
}

/** Sources of a method for the metrics at hand, each once. */
export function sourceOf(
  { source, sourceByKind }: AnalysisMethod,
  { metrics }: Pick<TableQuestion, 'metrics'>,
): string {
  if (!sourceByKind) return source
  return [...new Set(metrics.map(({ kind }) => sourceByKind[kind]))].join('; ')
}

/** The test by which a method compares a metric, where it takes the units' own values. */
export function testFor(
  { tests }: AnalysisMethod,
  { kind }: Pick<TableMetric, 'kind'>,
): SampleTest | undefined {
  return tests.find(({ metricKinds }) => metricKinds.includes(kind))
}

function requireKind(method: AnalysisMethod, known: readonly AnalysisMethod[], metric: TableMetric): void {
  if (method.metricKinds.includes(metric.kind)) return
  const others = known.filter(({ metricKinds }) => metricKinds.includes(metric.kind))
  refuse(
    `${method.name} takes metrics of kind ${listOf(method.metricKinds)}, and ${metric.name} is a ${metric.kind}; declare it otherwise, or choose another method for it: ${namesOf(others)}`,
  )
}

function namesOf(methods: readonly AnalysisMethod[]): string {
  return listOf(methods.map(({ name }) => name))
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_USAGE', { problem })
}
