import type { Analysis, Experiment } from '@helios/engine'
import type { ComputedComparison } from '@helios/sdk'
import { type DemoApi, RequestRefused } from './api.ts'
import type { Scenario, Schedule } from './scenario.ts'

const CONFLICT = 409
export const LIFE_STEPS = ['create', 'start', 'complete'] as const satisfies readonly (keyof Schedule)[]
export type LifeStep = (typeof LIFE_STEPS)[number]

/** Takes an experiment one step on. A step that was taken before, by us or by somebody else, is left as it is. */
export async function takeStep(api: DemoApi, scenario: Scenario, step: LifeStep): Promise<void> {
  try {
    if (step === 'create') await create(api, scenario)
    else if (step === 'start') await start(api, scenario)
    else await complete(api, scenario)
  } catch (error) {
    if (!(error instanceof RequestRefused && error.status === CONFLICT)) throw error
  }
}

async function create(api: DemoApi, { experiment, metrics = [] }: Scenario): Promise<void> {
  const known = await api.get<{ metrics: readonly { key: string }[] }>('/v1/metrics')
  const missing = metrics.filter(({ key }) => !known.metrics.some((one) => one.key === key))
  for (const metric of missing) await api.post('/v1/metrics', { ...metric, why: 'Simulated: for the demo' })
  await api.post('/v1/experiments', { ...experiment, why: 'Simulated: for the demo' })
}

async function start(api: DemoApi, { experiment }: Scenario): Promise<void> {
  await api.post(`/v1/experiments/${experiment.key}/start`, { why: 'Simulated: visitors come from now on' })
}

/** Ends it as an owner would: ships what the analysis found better, or the control. */
async function complete(api: DemoApi, { experiment: { key, metrics } }: Scenario): Promise<void> {
  const analysis = await api.get<Analysis>(`/v1/experiments/${key}/analysis`)
  const primary = metrics?.primary?.[0] ?? ''
  const winner = winnerOf(analysis, primary)
  await api.post<Experiment>(`/v1/experiments/${key}/complete`, {
    ship: winner?.variant ?? analysis.control,
    why: winner ? reasonFor(winner, primary) : 'Simulated: no variant was clearly better than the control',
  })
}

export interface Winner {
  readonly variant: string
  readonly comparison: ComputedComparison
}

/** The variant that is better than the control by the most, among those of which the analysis is sure. */
export function winnerOf({ metrics, alpha }: Analysis, metric: string): Winner | undefined {
  const { comparisons = {}, direction } = metrics[metric] ?? {}
  const sign = direction === 'decrease' ? -1 : 1
  return Object.entries(comparisons)
    .flatMap(([variant, comparison]) =>
      comparison.status === 'ok' && comparison.pValueAdjusted < alpha ? [{ variant, comparison }] : [],
    )
    .filter(({ comparison }) => sign * comparison.absolute.estimate > 0)
    .toSorted((a, b) => sign * (b.comparison.absolute.estimate - a.comparison.absolute.estimate))[0]
}

function reasonFor({ variant, comparison: { relative, alpha } }: Winner, metric: string): string {
  const found = `Simulated: the planned time is over, and ${variant} is better on ${metric}`
  if (relative.status !== 'ok') return found
  const [estimate, low, high] = [relative.estimate, relative.low, relative.high].map(percent)
  return `${found}: ${estimate} (${Math.round((1 - alpha) * 100)} % interval ${low} to ${high})`
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`
}
