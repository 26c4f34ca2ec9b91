import { createMetric, type Metric, type MetricInput } from './metric.ts'

const UNIT_INTERVAL = { minimum: 0, maximum: 1 }

const CONVERSATION_METRICS: readonly MetricInput[] = [
  {
    key: 'engagement_rate',
    kind: 'mean',
    aggregation: 'mean',
    range: UNIT_INTERVAL,
    description: 'How engaged the user was in each conversation, 0 to 1; averaged per unit.',
  },
  {
    key: 'conversation_length',
    kind: 'mean',
    aggregation: 'mean',
    unitOfMeasure: 'turns',
    description: 'Turns in a conversation; averaged per unit.',
  },
  {
    key: 'response_time',
    kind: 'mean',
    aggregation: 'mean',
    direction: 'decrease',
    unitOfMeasure: 's',
    description: 'Seconds until the bot answered; averaged per unit.',
  },
  {
    key: 'sentiment_score',
    kind: 'mean',
    aggregation: 'mean',
    range: { minimum: -1, maximum: 1 },
    description: "Sentiment of the user's messages, -1 to 1; averaged per unit.",
  },
  {
    key: 'satisfaction_rating',
    kind: 'mean',
    aggregation: 'mean',
    range: UNIT_INTERVAL,
    description: 'Rating divided by its maximum, 0 to 1; averaged per unit.',
  },
  {
    key: 'retention_rate',
    kind: 'retention',
    source: '*',
    retention: { fromDay: 1, toDay: 7 },
    description: 'Units with any outcome between one and seven days after their exposure.',
  },
]

const CAMPAIGN_METRICS: readonly MetricInput[] = [
  { key: 'sends', kind: 'count', description: 'Messages sent to the unit.' },
  { key: 'opens', kind: 'count', description: 'Messages that the unit opened.' },
  { key: 'impressions', kind: 'count', description: 'Times the content was seen.' },
  { key: 'clicks', kind: 'count', description: 'Times the content was clicked.' },
  { key: 'conversions', kind: 'count', description: 'Purchases, sign-ups or whatever the campaign is for.' },
  { key: 'revenue', kind: 'mean', unitOfMeasure: 'currency', description: 'Money earned, summed per unit.' },
  {
    key: 'cost',
    kind: 'mean',
    direction: 'decrease',
    unitOfMeasure: 'currency',
    description: 'Money spent, summed per unit.',
  },
  {
    key: 'converted',
    kind: 'proportion',
    source: 'conversions',
    description: 'Units with at least one conversion.',
  },
  {
    key: 'click_through_rate',
    kind: 'ratio',
    numerator: 'clicks',
    denominator: 'impressions',
    description: 'Clicks per impression.',
  },
  {
    key: 'conversion_rate',
    kind: 'ratio',
    numerator: 'conversions',
    denominator: 'clicks',
    description: 'Conversions per click.',
  },
  {
    key: 'open_rate',
    kind: 'ratio',
    numerator: 'opens',
    denominator: 'sends',
    description: 'Opens per message sent.',
  },
  {
    key: 'cost_per_click',
    kind: 'ratio',
    numerator: 'cost',
    denominator: 'clicks',
    direction: 'decrease',
    unitOfMeasure: 'currency',
    description: 'Money spent per click.',
  },
  {
    key: 'cost_per_acquisition',
    kind: 'ratio',
    numerator: 'cost',
    denominator: 'conversions',
    direction: 'decrease',
    unitOfMeasure: 'currency',
    description: 'Money spent per conversion.',
  },
  {
    key: 'return_on_investment',
    kind: 'ratio',
    numerator: [
      { source: 'revenue', weight: 1 },
      { source: 'cost', weight: -1 },
    ],
    denominator: 'cost',
    description: '(Revenue - cost) / cost.',
  },
]

/** Metrics that every Helios knows from the start; users define their own beside them. */
export const BUILT_IN_METRICS: readonly Metric[] = [...CONVERSATION_METRICS, ...CAMPAIGN_METRICS].map(
  (input) => createMetric(input, true),
)
