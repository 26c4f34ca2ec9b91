export {
  analyseExperiments,
  type ExperimentsAnalysis,
  type ExperimentsSummary,
  type ManyTests,
  type NamedAnalysis,
} from './analyse-experiments.ts'
export { analyseTable, type TableAnalysisSettings, unitComparisonOf } from './analyse-table.ts'
export { type AnalysisMethod, type MethodOptions, requireFit, sourceOf, testFor } from './analysis-method.ts'
export {
  EFFECT_SIZES_SOURCE,
  type EffectSizes,
  type EffectSizesByMetric,
  effectSizesOf,
} from './effect-sizes.ts'
export {
  analyseFactors,
  FACTORIAL_SOURCE,
  type FactorialAnalysis,
  type FactorialMetric,
  type NamedEffect,
} from './factorial-analysis.ts'
export { parseCondition, parseCovariate, parseMetric } from './notation.ts'
export { readTable, type TableProgress } from './read-table.ts'
export type { SampleShape } from './samples.ts'
export { SEGMENTS_SOURCE, segmentsOfTable, type TableSegments } from './segment-analysis.ts'
export type { SummarisedExperiment, SummarisedTable } from './summarised-table.ts'
export type {
  TableCondition,
  TableCovariate,
  TableMetric,
  TableMetricKind,
  TableQuestion,
} from './table-question.ts'
export { type TableUplift, UPLIFT_SOURCE, upliftOfTable } from './uplift-analysis.ts'
