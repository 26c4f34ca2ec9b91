export {
  type AnalysisInput,
  analyseSummaries,
  type Stratification,
  type SummarisedMetric,
} from './analyse.ts'
export type * from './analysis.ts'
export { type Clock, DAY_MILLISECONDS, type ManualClock, manualClock, systemClock } from './clock.ts'
export type { DecisionRequest } from './decide.ts'
export {
  BUILT_IN_METRICS,
  DEFAULT_ESTIMATORS,
  DEFAULT_POLICIES,
  DEFAULT_POSTERIORS,
  Helios,
  type HeliosOptions,
} from './defaults.ts'
export { describeError, ERRORS, type ErrorCode, type ErrorDetails, HeliosError } from './errors.ts'
export type * from './estimator.ts'
export {
  type AnalysisSettings,
  DEFAULT_ANALYSIS_SETTINGS,
  type Experiment,
  type ExperimentEdit,
  ExperimentEditSchema,
  type ExperimentInput,
  ExperimentInputSchema,
} from './experiment.ts'
export { ACTIONS, type Action, type AuditEntry, type ChangeNote, TRANSITIONS } from './life-cycle.ts'
export type { LoopStatus } from './loop.ts'
export { ANALYSIS_METHODS, SAMPLE_TESTS } from './methods.ts'
export { METRIC_KINDS, type Metric, type MetricInput, MetricInputSchema, type MetricKind } from './metric.ts'
export { MAXIMUM_BATCH } from './observe.ts'
export type { Policy } from './policy.ts'
export type { PosteriorModel } from './posterior.ts'
export type { Sample, SampleTest, SampleTestSettings } from './sample-test.ts'
export {
  type PosteriorCurve,
  type PosteriorFamily,
  posteriorCurve,
} from './statistics/bayesian/posterior-curve.ts'
export { answerPower } from './statistics/design/answer-power.ts'
export { assurance, type EffectBelief } from './statistics/design/assurance.ts'
export { unitsWithin } from './statistics/design/duration.ts'
export {
  type Alternative,
  type EffectPoint,
  type PowerPoint,
  type PowerReport,
  powerReport,
} from './statistics/design/power-curves.ts'
export type {
  PlannedMetric,
  PowerAnswer,
  PowerProblem,
  PowerProblemReason,
  PowerQuestion,
  SolvedPower,
} from './statistics/design/power-question.ts'
export { type SampleSize, type SampleSizeQuestion, sampleSize } from './statistics/design/sample-size.ts'
export { memoryStorage } from './storage/memory.ts'
export { type SqliteOptions, sqliteStorage } from './storage/sqlite.ts'
export type { EventLog, Registry, SnapshotStore, StateStore, Storage, StoredDocument } from './storage.ts'
export * from './table/index.ts'
export type { Factor, Variant, VariantInput } from './variant.ts'
