export const METRIC_KINDS = ['mean', 'proportion', 'count', 'ratio', 'quantile', 'retention'] as const
export type MetricKind = (typeof METRIC_KINDS)[number]
