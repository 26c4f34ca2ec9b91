export type {
  Analysis,
  Finding,
  FindingCode,
  MetricAnalysis,
  MetricRole,
  SampleRatio,
  StratumCheck,
  VariantComparison,
  VariantSummary,
} from '@helios/sdk'
