import type { ExperimentStatus, ExperimentSummary, Finding, HealthLevel } from '@helios/sdk'

const HOUR_MILLISECONDS = 3_600_000
const NAMES = ['Greeting tone', 'Welcome e-mail', 'Checkout redirect', 'Pricing page', 'Onboarding tour']
const STATUSES: readonly ExperimentStatus[] = [
  'running',
  'running',
  'running',
  'paused',
  'draft',
  'completed',
]
const METRICS = ['satisfaction_rating', 'converted', 'revenue', 'response_time']

const MISMATCH: Finding = {
  code: 'sample-ratio-mismatch',
  message:
    'The variants have other shares of units than they should (p = 3.1e-12): units were lost or counted twice in some of them.',
}
const SMALL: Finding = {
  code: 'below-minimum-sample',
  message: '812 units in the smallest variant; the answer is preliminary below 4,000.',
}

const SCORES: Readonly<Record<HealthLevel, number>> = { idle: 1, good: 0.93, attention: 0.61, bad: 0 }

/** Lines of a list as a server sends them; the same ones for the same count and time. */
export function summariesFixture(count: number, now: number): ExperimentSummary[] {
  return Array.from({ length: count }, (_, index) => summaryFixture(index, now))
}

export function summaryFixture(index: number, now: number): ExperimentSummary {
  const status = STATUSES[index % STATUSES.length] ?? 'running'
  const hasStarted = status !== 'draft'
  const createdAt = now - (index + 2) * 7 * HOUR_MILLISECONDS
  const [level, findings] = healthOf(index, hasStarted)
  const name = NAMES[index % NAMES.length] ?? ''
  return {
    key: `experiment-${index}`,
    name: index < NAMES.length ? name : `${name} ${Math.floor(index / NAMES.length) + 1}`,
    status,
    unit: index % 3 === 0 ? 'conversation' : 'user',
    version: 2,
    tags: index % 4 === 0 ? ['simulated', 'growth'] : index % 4 === 1 ? ['bot'] : [],
    variants: 2 + (index % 3),
    metrics: 20,
    createdAt,
    ...(hasStarted ? { startedAt: createdAt + HOUR_MILLISECONDS } : {}),
    ...(status === 'completed' ? { endedAt: now - 2 * HOUR_MILLISECONDS, shipped: 'warm' } : {}),
    units: hasStarted ? 1237 * (index + 1) : 0,
    recentUnits: recentUnitsFixture(index, hasStarted),
    health: { level, findings, ...(hasStarted ? { score: SCORES[level] } : {}) },
    ...(hasStarted && index % 7 !== 5 ? { leading: leadingFixture(index) } : {}),
  }
}

function healthOf(index: number, hasStarted: boolean): [HealthLevel, readonly Finding[]] {
  if (!hasStarted) return ['idle', []]
  if (index % 9 === 2) return ['bad', [MISMATCH, SMALL]]
  return index % 5 === 1 ? ['attention', [SMALL]] : ['good', []]
}

function recentUnitsFixture(index: number, hasStarted: boolean): number[] {
  return Array.from({ length: 24 }, (_, hour) =>
    hasStarted ? Math.round(60 + 50 * Math.sin((hour + index) / 4)) : 0,
  )
}

function leadingFixture(index: number): NonNullable<ExperimentSummary['leading']> {
  const effect = ((index % 5) - 2) * 0.021 + 0.004
  const isSignificant = index % 3 !== 1
  const half = isSignificant ? Math.abs(effect) * 0.6 : Math.abs(effect) * 2 + 0.01
  const interval = { estimate: effect, low: effect - half, high: effect + half }
  return {
    metric: METRICS[index % METRICS.length] ?? '',
    direction: index % METRICS.length === 3 ? 'decrease' : 'increase',
    variant: 'warm',
    variantName: 'Warm',
    method: 'Welch’s t',
    absolute: interval,
    relative: index % 6 === 0 ? null : interval,
    pValueAdjusted: isSignificant ? 0.003 : 0.41,
    isSignificant,
  }
}
