import { exponential, happens, pick, type Random } from '../random.ts'
import { type PlannedOutcome, type Scenario, SIMULATED_TAG, type Visitor } from '../scenario.ts'

const OPEN: Readonly<Record<string, number>> = { morning: 0.3, evening: 0.345 }

/** An experiment that is over: it ran as long as planned, and what its analysis said was shipped. */
export const sendHour: Scenario = {
  experiment: {
    key: 'send-hour',
    name: 'Newsletter: hour of sending (simulated)',
    hypothesis: 'Simulated traffic. More readers open a newsletter that arrives in the evening.',
    tags: [SIMULATED_TAG],
    variants: [
      { key: 'morning', name: '8 in the morning', control: true, payload: { hour: 8 } },
      { key: 'evening', name: '7 in the evening', payload: { hour: 19 } },
    ],
    metrics: { primary: ['open_rate'], secondary: ['converted'] },
    dimensions: ['device'],
    minimumSample: 5000,
    analysis: { minimumDurationDays: 4 },
    maximumDurationDays: 7,
  },
  truth: {
    summary:
      'In the evening 34.5 % open the newsletter, in the morning 30 %: 15 % more. Conversions are the same.',
    effects: [
      { metric: 'open_rate', variant: 'evening', scale: 'relative', effect: 0.15 },
      { metric: 'converted', variant: 'evening', scale: 'absolute', effect: 0 },
    ],
  },
  schedule: { create: 0, start: 0, complete: 0.7 },
  unitPrefix: 'subscriber',
  unitsPerDay: 3000,
  attributes: (random) => ({ device: pick(random, { phone: 0.6, desktop: 0.4 }) }),
  behaviour,
}

function behaviour({ variant }: Visitor, random: Random): PlannedOutcome[] {
  const opens = happens(random, OPEN[variant] ?? 0)
  const converts = happens(random, 0.05)
  const openMinutes = exponential(random, 90)
  return [
    { metric: 'sends', value: 1, afterMinutes: 0 },
    ...(opens ? [{ metric: 'opens', value: 1, afterMinutes: openMinutes }] : []),
    ...(converts ? [{ metric: 'conversions', value: 1, afterMinutes: openMinutes + 10 }] : []),
  ]
}
