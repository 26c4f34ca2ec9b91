import type { MetricAnalysis } from '../analysis.ts'
import type { IntervalEstimate } from '../estimator.ts'
import type { Compared, Direction, Evidence } from './evidence.ts'

/** Variants that are to be judged, the control apart, in an order that does not depend on how they were listed. */
export function treatmentsOf(evidence: Evidence): string[] {
  return variantsOf(evidence).filter((variant) => variant !== evidence.analysis.control)
}

/**
 * Variants that were to get units (all of them before a unit came), without those that were stopped; where each
 * treatment was stopped, with them.
 */
export function variantsOf({ analysis, stopped = [] }: Evidence): string[] {
  const expected = Object.entries(analysis.sampleRatio.expected)
  const hasUnits = expected.some(([, units]) => units > 0)
  const all = expected.flatMap(([variant, units]) => (units > 0 || !hasUnits ? [variant] : [])).toSorted()
  const going = all.filter((variant) => variant === analysis.control || !stopped.includes(variant))
  return going.some((variant) => variant !== analysis.control) ? going : all
}

/** Key and analysis of the metrics of a role, in their order. */
export function metricsOf(
  { analysis }: Evidence,
  role: MetricAnalysis['role'],
): (readonly [key: string, metric: MetricAnalysis])[] {
  return Object.entries(analysis.metrics).filter(([, metric]) => metric.role === role)
}

/** The comparison of a variant with the control, where it could be made. */
export function comparedIn(metric: MetricAnalysis | undefined, variant: string): Compared | undefined {
  const comparison = metric?.comparisons[variant]
  return comparison?.status === 'ok' ? comparison : undefined
}

/** Whether the treatment looks better than the control: 1, worse: −1, neither: 0. */
export function betterness({ absolute }: Compared, direction: Direction): -1 | 0 | 1 {
  const sign = Math.sign(absolute.estimate) * (direction === 'increase' ? 1 : -1)
  return sign > 0 ? 1 : sign < 0 ? -1 : 0
}

/**
 * The relative effect turned so that more is better, as a share of the size of the control; undefined where there
 * is no relative effect. Where the control is negative its relative effects have the opposite sign of the absolute
 * ones.
 */
export function relativeGain(
  { absolute, relative }: Pick<Compared, 'absolute' | 'relative'>,
  direction: Direction,
): IntervalEstimate | undefined {
  if (relative.status !== 'ok') return undefined
  const isNegativeControl = absolute.estimate * relative.estimate < 0
  const { estimate, low, high } = relative
  return (direction === 'decrease') === isNegativeControl
    ? { estimate, low, high }
    : { estimate: -estimate, low: -high, high: -low }
}
