import { binomial, exponential, happens, logNormal, pick, poisson, type Random } from '../random.ts'
import { type PlannedOutcome, type Scenario, SIMULATED_TAG, type Visitor } from '../scenario.ts'

interface Subject {
  /** Factor on the probability to use the offer. */
  readonly conversion: number
  /** Probability of a click at each impression. */
  readonly click: number
  readonly unsubscribe: number
}

const SUBJECTS: Readonly<Record<string, Subject>> = {
  plain: { conversion: 1, click: 0.2, unsubscribe: 0.008 },
  personal: { conversion: 1.12, click: 0.22, unsubscribe: 0.008 },
  urgent: { conversion: 1, click: 0.2, unsubscribe: 0.014 },
}
const CONVERSION: Readonly<Record<string, number>> = { phone: 0.2, desktop: 0.26, tablet: 0.22 }
const DEVICES = { phone: 0.6, desktop: 0.32, tablet: 0.08 }
const COUNTRIES = { DE: 0.32, PT: 0.28, US: 0.25, BR: 0.15 }
const MEAN_ORDER = 38

/** A subject line that works, and one that only annoys. */
export const welcomeEmail: Scenario = {
  experiment: {
    key: 'welcome-email',
    name: 'Welcome email: subject line (simulated)',
    hypothesis:
      'Simulated traffic. A subject line that names what the reader looked at makes more readers use the welcome offer than a plain one; a deadline in the subject line does so too.',
    tags: [SIMULATED_TAG],
    variants: [
      { key: 'plain', name: 'Plain', control: true, payload: { subject: 'Welcome to Lumen' } },
      { key: 'personal', name: 'Personal', payload: { subject: 'Ana, your desk lamp is waiting' } },
      { key: 'urgent', name: 'Urgent', payload: { subject: 'Only today: 15 % off everything!' } },
    ],
    metrics: {
      primary: ['converted'],
      secondary: ['click_through_rate', 'revenue'],
      guardrails: ['unsubscribes'],
    },
    dimensions: ['country', 'device'],
    minimumSample: 6000,
    analysis: { minimumDurationDays: 4 },
  },
  metrics: [
    {
      key: 'unsubscribes',
      name: 'Unsubscribed',
      kind: 'proportion',
      direction: 'decrease',
      description: 'Readers who left the mailing list. Made for the simulated welcome email.',
    },
  ],
  truth: {
    summary:
      'Personal converts 12 % better than plain (relative), on every device and in every country; its click-through rate is 10 % higher, its revenue 12 %. Urgent converts no better, but 1.4 % of its readers unsubscribe instead of 0.8 %.',
    effects: [
      { metric: 'converted', variant: 'personal', scale: 'relative', effect: 0.12 },
      { metric: 'converted', variant: 'urgent', scale: 'relative', effect: 0 },
      { metric: 'click_through_rate', variant: 'personal', scale: 'relative', effect: 0.1 },
      { metric: 'click_through_rate', variant: 'urgent', scale: 'relative', effect: 0 },
      { metric: 'revenue', variant: 'personal', scale: 'relative', effect: 0.12 },
      { metric: 'revenue', variant: 'urgent', scale: 'relative', effect: 0 },
      { metric: 'unsubscribes', variant: 'personal', scale: 'absolute', effect: 0 },
      { metric: 'unsubscribes', variant: 'urgent', scale: 'absolute', effect: 0.006 },
    ],
  },
  schedule: { create: 0, start: 0 },
  unitPrefix: 'reader',
  unitsPerDay: 4000,
  attributes: (random) => ({ country: pick(random, COUNTRIES), device: pick(random, DEVICES) }),
  behaviour,
}

function behaviour({ variant, attributes }: Visitor, random: Random): PlannedOutcome[] {
  const subject = SUBJECTS[variant] as Subject
  const converts = happens(random, (CONVERSION[attributes['device'] ?? ''] ?? 0) * subject.conversion)
  const impressions = 1 + poisson(random, 0.5)
  const clicks = binomial(random, impressions, subject.click)
  const orderMinutes = 2 + exponential(random, 120)
  const order = logNormal(random, MEAN_ORDER, 0.5)
  const leaves = happens(random, subject.unsubscribe)
  return [
    { metric: 'impressions', value: impressions, afterMinutes: 1 },
    ...(clicks > 0 ? [{ metric: 'clicks', value: clicks, afterMinutes: 1 + exponential(random, 30) }] : []),
    ...(converts
      ? [
          { metric: 'conversions', value: 1, afterMinutes: orderMinutes },
          { metric: 'revenue', value: Math.round(order * 100) / 100, afterMinutes: orderMinutes },
        ]
      : []),
    ...(leaves ? [{ metric: 'unsubscribes', value: 1, afterMinutes: exponential(random, 60) }] : []),
  ]
}
