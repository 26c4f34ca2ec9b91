import type { DensityCurve, Reading } from '@helios/charts'
import type {
  AuditEntry,
  Experiment,
  Finding,
  Health,
  Metric,
  MetricAnalysis,
  MetricHistory,
  PosteriorAnalysis,
  Recommendation,
  SampleRatio,
  SegmentAnalysis,
  Stopping,
  VariantComparison,
  VariantSummary,
} from '@helios/sdk'
import type { Computation } from './computation.ts'
import type { DailyUnits } from './traffic.ts'
import type { Verdict } from './verdict.ts'

/** What an experiment found, with all that is needed to judge it. Plain JSON. */
export interface Report {
  /** Milliseconds since 1970. */
  readonly generatedAt: number
  /** Zone in which days begin and times are written. */
  readonly timeZone: string
  /** Of Helios. */
  readonly release: string
  /** `refused`: the numbers would mislead, and there are none; `empty`: no unit has met a variant. */
  readonly status: 'ok' | 'refused' | 'empty'
  /** The answer in one sentence, with its evidence. */
  readonly verdict: Verdict
  /** What else is to be done, most important first. */
  readonly furtherRecommendations: readonly Recommendation[]
  readonly refusals: readonly Finding[]
  readonly warnings: readonly Finding[]
  readonly experiment: Experiment
  /** Those of the experiment: primary, guardrails, secondary. */
  readonly metrics: readonly Metric[]
  readonly units: number
  readonly sampleRatio: SampleRatio
  readonly results: readonly ReportedMetric[]
  readonly health: Health
  readonly stopping: Stopping
  readonly effectOverTime: readonly MetricHistory[]
  readonly segments: readonly SegmentAnalysis[]
  readonly posteriors: readonly ReportedPosterior[]
  readonly traffic: DailyUnits
  readonly computation: Computation
  /** Every version of the experiment, oldest first. */
  readonly changes: readonly AuditEntry[]
}

/** One metric: the control, and each treatment against it. */
export interface ReportedMetric {
  readonly metric: string
  readonly role: MetricAnalysis['role']
  readonly kind: MetricAnalysis['kind']
  readonly direction: MetricAnalysis['direction']
  readonly control: VariantSummary
  readonly treatments: readonly ReportedTreatment[]
  readonly omnibus?: NonNullable<MetricAnalysis['omnibus']>
}

export interface ReportedTreatment extends VariantSummary {
  readonly variant: string
  readonly comparison: VariantComparison
  /** Better or worse only where the adjusted p-value is below alpha. */
  readonly reading: Reading
}

export interface ReportedPosterior extends PosteriorAnalysis {
  readonly metric: string
  /** Density of each variant's value. */
  readonly curves: Readonly<Record<string, DensityCurve>>
  /** Whether all curves are the posteriors themselves, and none a normal approximation to one. */
  readonly isExact: boolean
}
