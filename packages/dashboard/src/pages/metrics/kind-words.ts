import type { Aggregation, MetricKind } from '@helios/sdk'

interface KindWords {
  readonly label: string
  /** What one number per unit is, with an example. */
  readonly explanation: string
  /** How variants are compared. */
  readonly method: string
}

export const KIND_WORDS: Readonly<Record<MetricKind, KindWords>> = {
  mean: {
    label: 'Mean',
    explanation: 'An amount per unit, averaged over units: revenue per user, seconds per conversation.',
    method: 'Welch’s t on the means of the units',
  },
  proportion: {
    label: 'Proportion',
    explanation: 'Whether it happened at least once, yes or no: the share of users who bought.',
    method: 'Two-proportion z on the shares of units',
  },
  count: {
    label: 'Count',
    explanation: 'How often it happened per unit, averaged over units: messages opened per user.',
    method: 'Welch’s t on the counts of the units',
  },
  ratio: {
    label: 'Ratio',
    explanation: 'One total divided by another, over all units: clicks per impression.',
    method: 'Delta method, which respects that one unit brings many events',
  },
  quantile: {
    label: 'Quantile',
    explanation: 'The median or another quantile over units: the typical response time, or the slow tail.',
    method: 'None in this release: outcomes are kept, and no effect is shown',
  },
  retention: {
    label: 'Retention',
    explanation: 'Whether a unit came back within a span of days after its exposure.',
    method: 'Two-proportion z on the units whose days have passed',
  },
}

export const AGGREGATION_WORDS: Readonly<Record<Aggregation, string>> = {
  sum: 'Sum of the values',
  mean: 'Average of the values',
  count: 'Number of outcomes',
  any: 'Whether any is not zero',
  minimum: 'Smallest value',
  maximum: 'Largest value',
  last: 'Latest value',
}

export const DIRECTION_WORDS = { increase: 'Higher is better', decrease: 'Lower is better' } as const
