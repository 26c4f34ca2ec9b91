import { DAY_MILLISECONDS } from '../clock.ts'
import { type Aggregation, ANY_OUTCOME, type Metric, type MetricTerm } from '../metric.ts'

/** One running number per unit: outcomes of one source, aggregated over one window. */
export interface ColumnPlan {
  readonly source: string
  readonly aggregation: Aggregation | 'present'
  /** Window relative to the exposure, [from, to) in milliseconds; covariates lie before it. */
  readonly from: number
  readonly to: number
  /** Without outcomes the column is NaN instead of zero. */
  readonly sparse: boolean
}

export interface WeightedColumn {
  readonly column: number
  readonly weight: number
}

/** How the columns of a unit become the vector that the sufficient statistics of a metric hold. */
export interface MetricPlan {
  readonly key: string
  /** Value, or numerator and denominator; then the same before the exposure, when there is a covariate. */
  readonly components: readonly (readonly WeightedColumn[])[]
  /** Components that estimators without variance reduction use: 1 or 2. */
  readonly outcomes: number
  readonly cap: number
  /** The quantile that is wanted of the units' values, instead of their mean. */
  readonly quantile?: number
  /** A unit whose vector is not complete does not count. */
  readonly sparse: boolean
  /** Milliseconds after the exposure from which a unit counts; statistics are kept per day of exposure. */
  readonly maturesAfter?: number
}

/** What one experiment keeps per unit. Two experiments with equal signatures keep the same. */
export interface ProjectionPlan {
  readonly columns: readonly ColumnPlan[]
  readonly metrics: readonly MetricPlan[]
  /** Dimensions by whose values the statistics are kept once more. */
  readonly dimensions: readonly string[]
  /** Columns and metrics that outcomes of a source change. */
  readonly bySource: ReadonlyMap<string, Affected>
  /** Longest time before an exposure that matters to a covariate, in milliseconds. */
  readonly covariateMilliseconds: number
  readonly signature: string
}

export interface Affected {
  readonly columns: readonly number[]
  readonly metrics: readonly number[]
  /**
   * All these columns count from the exposure without end. Then an outcome once counted stays counted
   * whatever earlier exposure arrives; otherwise the outcomes of late exposures must be gone through again.
   */
  readonly open: boolean
}

export function isOpen(column: ColumnPlan): boolean {
  return column.from === 0 && column.to === Number.POSITIVE_INFINITY
}

export function planFor(metrics: readonly Metric[], dimensions: readonly string[] = []): ProjectionPlan {
  const columns = new ColumnTable()
  const plans = metrics.map((metric) => planMetric(metric, columns))
  const covariateDays = metrics.map((metric) => metric.covariateDays ?? 0)
  return {
    columns: columns.plans,
    metrics: plans,
    dimensions,
    bySource: affectedBySource(columns.plans, plans),
    covariateMilliseconds: Math.max(0, ...covariateDays) * DAY_MILLISECONDS,
    signature: JSON.stringify([
      columns.plans.map((c) => ({ ...c, to: finite(c.to) })),
      plans.map((m) => ({ ...m, cap: finite(m.cap) })),
      dimensions,
    ]),
  }
}

/** Columns that several metrics share, such as the clicks of a rate and of a count, are kept once. */
class ColumnTable {
  readonly plans: ColumnPlan[] = []
  readonly #indices = new Map<string, number>()

  add(plan: ColumnPlan): number {
    const name = JSON.stringify([plan.source, plan.aggregation, plan.from, finite(plan.to), plan.sparse])
    const known = this.#indices.get(name)
    if (known !== undefined) return known
    this.#indices.set(name, this.plans.length)
    return this.plans.push(plan) - 1
  }
}

function planMetric(metric: Metric, columns: ColumnTable): MetricPlan {
  const sparse = metric.missing === 'exclude'
  const to = metric.toMilliseconds ?? Number.POSITIVE_INFINITY
  const parts = [metric.terms, ...(metric.denominator.length > 0 ? [metric.denominator] : [])]
  const over = (from: number, end: number, isSparse: boolean) =>
    parts.map((terms) => weighted(terms, metric, columns, { from, to: end, sparse: isSparse }))
  const outcomes = over(metric.fromMilliseconds, to, sparse)
  const before =
    metric.covariateDays === undefined || metric.quantile !== undefined
      ? []
      : over(-metric.covariateDays * DAY_MILLISECONDS, 0, false)
  return {
    key: metric.key,
    components: [...outcomes, ...before],
    outcomes: outcomes.length,
    cap: metric.cap ?? Number.POSITIVE_INFINITY,
    ...(metric.quantile === undefined ? {} : { quantile: metric.quantile }),
    sparse,
    ...(metric.matured && metric.toMilliseconds !== undefined ? { maturesAfter: metric.toMilliseconds } : {}),
  }
}

function weighted(
  terms: readonly MetricTerm[],
  metric: Metric,
  columns: ColumnTable,
  window: Pick<ColumnPlan, 'from' | 'to' | 'sparse'>,
): WeightedColumn[] {
  const aggregation = metric.kind === 'retention' ? 'present' : metric.aggregation
  return terms.map(({ source, weight }) => ({
    column: columns.add({ source, aggregation, ...window }),
    weight,
  }))
}

function affectedBySource(
  columns: readonly ColumnPlan[],
  metrics: readonly MetricPlan[],
): Map<string, Affected> {
  const sources = [...new Set(columns.map((column) => column.source))]
  return new Map(
    sources.map((source) => {
      const touched = columns.flatMap((column, i) =>
        column.source === source || column.source === ANY_OUTCOME ? [i] : [],
      )
      const using = metrics.flatMap((metric, i) =>
        metric.components.some((terms) => terms.some(({ column }) => touched.includes(column))) ? [i] : [],
      )
      const open = touched.every((i) => isOpen(columns[i] as ColumnPlan))
      return [source, { columns: touched, metrics: using, open }]
    }),
  )
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** What outcomes of a source change, also for sources that only a wildcard column counts. */
export function affectedBy(plan: ProjectionPlan, source: string): Affected | undefined {
  return plan.bySource.get(source) ?? plan.bySource.get(ANY_OUTCOME)
}
