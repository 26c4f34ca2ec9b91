import { exponential, happens, logNormal, pick, type Random } from '../random.ts'
import { type PlannedOutcome, type Scenario, SIMULATED_TAG, type Visitor } from '../scenario.ts'

/** Visitors who do not wait for a slow page; they would not have bought anything either. */
const IMPATIENT = 0.08
const CONVERSION = 0.1
const MEAN_ORDER = 52

/** A fault of measurement that looks like a gain: the treatment loses visitors before they are counted. */
export const checkoutRedirect: Scenario = {
  experiment: {
    key: 'checkout-redirect',
    name: 'Checkout on a page of its own (simulated)',
    hypothesis: 'Simulated traffic. Fewer distractions on a separate checkout page make more visitors buy.',
    tags: [SIMULATED_TAG],
    unit: 'visitor',
    variants: [
      { key: 'in-place', name: 'In place', control: true, payload: { redirect: false } },
      { key: 'redirect', name: 'Redirect', payload: { redirect: true } },
    ],
    metrics: { primary: ['converted'], secondary: ['revenue'] },
    dimensions: ['device'],
    minimumSample: 1000,
  },
  truth: {
    summary:
      'The redirect changes nobody. But it is slow: 8 % of its visitors, those without patience, leave before their exposure is recorded. Helios must refuse the numbers for a sample-ratio mismatch; read nevertheless, they show a gain of 8.7 % that does not exist.',
    effects: [
      { metric: 'converted', variant: 'redirect', scale: 'relative', effect: 1 / (1 - IMPATIENT) - 1 },
      { metric: 'revenue', variant: 'redirect', scale: 'relative', effect: 1 / (1 - IMPATIENT) - 1 },
    ],
  },
  schedule: { create: 0.2, start: 0.25 },
  unitPrefix: 'visitor',
  unitsPerDay: 4000,
  attributes: (random) => ({ device: pick(random, { phone: 0.7, desktop: 0.3 }) }),
  behaviour,
}

function behaviour({ variant }: Visitor, random: Random): PlannedOutcome[] | undefined {
  const isImpatient = happens(random, IMPATIENT)
  if (isImpatient && variant === 'redirect') return undefined
  const buys = !isImpatient && happens(random, CONVERSION / (1 - IMPATIENT))
  if (!buys) return []
  const afterMinutes = 3 + exponential(random, 15)
  const order = Math.round(logNormal(random, MEAN_ORDER, 0.6) * 100) / 100
  return [
    { metric: 'conversions', value: 1, afterMinutes },
    { metric: 'revenue', value: order, afterMinutes },
  ]
}
