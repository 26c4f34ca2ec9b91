export {
  analyseExperiments,
  type ExperimentsAnalysis,
  type ExperimentsSummary,
  type ManyTests,
  type NamedAnalysis,
} from './analyse-experiments.ts'
export { analyseTable, type TableAnalysisSettings } from './analyse-table.ts'
export { parseCondition, parseMetric } from './notation.ts'
export { readTable, type TableProgress } from './read-table.ts'
export type { SummarisedExperiment, SummarisedTable } from './summarised-table.ts'
export type { TableCondition, TableMetric, TableMetricKind, TableQuestion } from './table-question.ts'
