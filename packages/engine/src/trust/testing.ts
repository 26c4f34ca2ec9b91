import { DAY_MILLISECONDS } from '../clock.ts'
import { DEFAULT_ANALYSIS_SETTINGS } from '../experiment.ts'
import { normalLog10TwoSidedP, normalTwoSidedP } from '../statistics/distributions/normal.ts'
import { goodnessOfFit } from '../statistics/hypothesis-tests/chi-square-tests.ts'
import type { Compared, Evidence } from './evidence.ts'

/** Evidence for the tests of this room: a sound experiment, but for what a test says. */

type Metric = Evidence['analysis']['metrics'][string]

const DAY_ONE = Date.UTC(2026, 2, 2)

/** A comparison of relative effects with a control of 10 and normal intervals. */
export function comparison(estimate: number, standardError: number, extra: Partial<Compared> = {}): Compared {
  const half = 1.959963984540054 * standardError
  const relative = { estimate, low: estimate - half, high: estimate + half }
  const z = estimate / standardError
  return {
    status: 'ok',
    method: 'test',
    absolute: { estimate: 10 * estimate, low: 10 * relative.low, high: 10 * relative.high },
    relative: { status: 'ok', method: 'test', ...relative },
    standardError: 10 * standardError,
    statistic: z,
    pValue: normalTwoSidedP(z),
    log10PValue: normalLog10TwoSidedP(z),
    pValueAdjusted: normalTwoSidedP(z),
    alpha: 0.05,
    inference: 'fixed-horizon',
    assumptions: [],
    ...extra,
  }
}

export function metric(
  comparisons: Readonly<Record<string, Metric['comparisons'][string]>>,
  extra: Partial<Metric> = {},
): Metric {
  const variants = Object.fromEntries(
    ['A', ...Object.keys(comparisons)].map((variant) => [variant, { n: 5000, mean: 10, variance: 1 }]),
  )
  return { role: 'primary', kind: 'mean', direction: 'increase', variants, comparisons, ...extra }
}

export interface EvidenceChanges {
  readonly metrics?: Readonly<Record<string, Metric>>
  /** Units of the variants A (the control), B, C …; 5,000 each unless given. */
  readonly counts?: Readonly<Record<string, number>>
  readonly expected?: Readonly<Record<string, number>>
  readonly days?: number
  readonly schedule?: Partial<NonNullable<Evidence['schedule']>>
  readonly analysis?: Partial<Evidence['analysis']>
  readonly settings?: Partial<Evidence['settings']>
  readonly minimumSample?: number
  readonly checkup?: Evidence['checkup']
  readonly stopped?: readonly string[]
}

/** Running for two weeks, always-valid, without a planned sample. */
export function evidenceOf(changes: EvidenceChanges = {}): Evidence {
  const {
    metrics = { purchase: metric({ B: comparison(0.031, 0.01) }) },
    days = 14,
    minimumSample = 0,
  } = changes
  const variants = Object.keys(Object.values(metrics)[0]?.variants ?? { A: 0, B: 0 })
  const counts = changes.counts ?? Object.fromEntries(variants.map((variant) => [variant, 5000]))
  const units = sumOf(counts)
  const weights = changes.expected ?? Object.fromEntries(Object.keys(counts).map((variant) => [variant, 1]))
  const keys = Object.keys(counts)
  const shares = keys.map((variant) => (weights[variant] ?? 0) / sumOf(weights))
  const expected = Object.fromEntries(keys.map((variant, i) => [variant, units * (shares[i] ?? 0)]))
  const { statistic, degreesOfFreedom, pValue } = goodnessOfFit(
    Object.values(counts),
    Object.values(expected),
  )
  const settings = { ...DEFAULT_ANALYSIS_SETTINGS, ...changes.settings }
  return {
    analysis: {
      status: 'ok',
      refusals: [],
      warnings: [],
      units,
      control: 'A',
      sampleRatio: { statistic, degreesOfFreedom, pValue, counts, expected },
      crossover: { units: 0, share: 0 },
      alpha: settings.alpha,
      method: settings.method,
      correction: { method: 'holm', comparisons: 1 },
      metrics,
      ...changes.analysis,
    },
    settings,
    minimumSample,
    counts: Object.values(counts),
    shares,
    schedule: {
      startedAt: DAY_ONE,
      until: DAY_ONE + days * DAY_MILLISECONDS,
      isOpen: true,
      ...changes.schedule,
    },
    ...(changes.checkup ? { checkup: changes.checkup } : {}),
    ...(changes.stopped ? { stopped: changes.stopped } : {}),
  }
}

/** As a file, which knows nothing of time. */
export function withoutSchedule({ schedule: _, ...evidence }: Evidence): Evidence {
  return evidence
}

/** Refused for a sample-ratio mismatch, with the numbers shown all the same. */
export function refused(changes: EvidenceChanges = {}): Evidence {
  const message = 'The variants do not have the units they should (p < 0.0001).'
  const analysis = { status: 'refused', refusals: [{ code: 'sample-ratio-mismatch', message }] } as const
  return evidenceOf({
    counts: { A: 5000, B: 5600 },
    ...changes,
    analysis: { ...analysis, ...changes.analysis },
  })
}

function sumOf(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((total, value) => total + value, 0)
}
