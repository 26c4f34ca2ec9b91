import { exponential, happens, logNormal, pick, type Random } from '../random.ts'
import { type PlannedOutcome, type Scenario, SIMULATED_TAG, type Visitor } from '../scenario.ts'

const CONVERSION: Readonly<Record<string, number>> = { paid: 0.1, free: 0.12 }
const MEAN_ORDER = 45
const SHIPPING_COST = 4.5

/** A draft that waits for somebody to start it; then its visitors come. */
export const freeShipping: Scenario = {
  experiment: {
    key: 'free-shipping',
    name: 'Free shipping (simulated, a draft)',
    hypothesis:
      'Simulated traffic. Free shipping makes more visitors from Germany and Portugal buy, and earns more than it costs.',
    tags: [SIMULATED_TAG],
    unit: 'shopper',
    variants: [
      { key: 'paid', name: 'Paid shipping', control: true, payload: { shipping: SHIPPING_COST } },
      { key: 'free', name: 'Free shipping', payload: { shipping: 0 } },
    ],
    metrics: { primary: ['converted'], secondary: ['revenue', 'cost'] },
    dimensions: ['country'],
    audience: { attribute: 'country', operator: 'in', value: ['DE', 'PT'] },
    coverage: 0.5,
    minimumSample: 2000,
  },
  truth: {
    summary:
      'A draft: its visitors come once somebody starts it. Then 12 % buy instead of 10 %, 20 % more, and each of their orders costs 4.50. Half of the visitors from Germany and Portugal take part, and nobody else.',
    effects: [
      { metric: 'converted', variant: 'free', scale: 'relative', effect: 0.2 },
      { metric: 'revenue', variant: 'free', scale: 'relative', effect: 0.2 },
      { metric: 'cost', variant: 'free', scale: 'absolute', effect: 0.12 * SHIPPING_COST },
    ],
  },
  schedule: { create: 1 },
  unitPrefix: 'shopper',
  unitsPerDay: 4000,
  attributes: (random) => ({ country: pick(random, { DE: 0.4, PT: 0.3, US: 0.3 }) }),
  behaviour,
}

function behaviour({ variant }: Visitor, random: Random): PlannedOutcome[] {
  if (!happens(random, CONVERSION[variant] ?? 0)) return []
  const afterMinutes = 4 + exponential(random, 25)
  const order = Math.round(logNormal(random, MEAN_ORDER, 0.5) * 100) / 100
  return [
    { metric: 'conversions', value: 1, afterMinutes },
    { metric: 'revenue', value: order, afterMinutes },
    ...(variant === 'free' ? [{ metric: 'cost', value: SHIPPING_COST, afterMinutes }] : []),
  ]
}
