import { exponential, happens, pick, type Random } from '../random.ts'
import { type PlannedOutcome, type Scenario, SIMULATED_TAG, type Visitor } from '../scenario.ts'

/** Two names for the same thing: whatever this finds is chance. */
export const aaCheck: Scenario = {
  experiment: {
    key: 'aa-check',
    name: 'A/A check of the measurement (simulated)',
    hypothesis: 'Simulated traffic. Both variants are the same, so nothing should differ but by chance.',
    tags: [SIMULATED_TAG],
    variants: [
      { key: 'a', name: 'A', control: true, payload: null },
      { key: 'same-as-a', name: 'Same as A', payload: null },
    ],
    metrics: { primary: ['converted'], secondary: ['engagement_rate'] },
    dimensions: ['device'],
    minimumSample: 8000,
    analysis: { minimumDurationDays: 4 },
  },
  truth: {
    summary:
      'Both variants are the same: 15 % convert. However often one looks, a metric of such a test shows a significant difference in at most 5 % of all cases, by chance.',
    effects: [
      { metric: 'converted', variant: 'same-as-a', scale: 'absolute', effect: 0 },
      { metric: 'engagement_rate', variant: 'same-as-a', scale: 'absolute', effect: 0 },
    ],
  },
  schedule: { create: 0, start: 0.05 },
  unitPrefix: 'member',
  unitsPerDay: 4000,
  attributes: (random) => ({ device: pick(random, { phone: 0.65, desktop: 0.35 }) }),
  behaviour,
}

function behaviour(_visitor: Visitor, random: Random): PlannedOutcome[] {
  const converts = happens(random, 0.15)
  const engagement = (random() + random()) / 2
  return [
    { metric: 'engagement_rate', value: Math.round(engagement * 1000) / 1000, afterMinutes: 2 },
    ...(converts ? [{ metric: 'conversions', value: 1, afterMinutes: 5 + exponential(random, 40) }] : []),
  ]
}
