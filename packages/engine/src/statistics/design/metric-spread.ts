import type { CompleteQuestion, PlannedMetric, PlannedRatio } from './power-question.ts'

/**
 * How widely the difference of a treatment and the control scatters: its variance times the units of the treatment.
 *
 * Notation: n units in the treatment, r n in the control; σ₁² / n + σ₀² / (r n) = s² / n.
 */
export interface Spread {
  /** s², if there is an effect. */
  readonly withEffect: number
  /** s² as the test takes it to be, if there is none; for most tests the same. */
  readonly assumed: number
}

/** Value of the control. */
export function baselineOf(metric: PlannedMetric): number {
  return metric.kind === 'ratio' ? metric.numerator.mean / metric.denominator.mean : metric.baseline
}

/** Values between which the treatment's value must lie. */
export function boundsOf({ kind }: PlannedMetric): { readonly low: number; readonly high: number } {
  if (kind === 'proportion' || kind === 'retention') return { low: 0, high: 1 }
  return { low: kind === 'count' ? 0 : Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
}

/** Whether the exact t test stands for the comparison: one variance for all, and one look. */
export function isExactT({ metric, plan }: Pick<CompleteQuestion, 'metric' | 'plan'>): boolean {
  return metric.kind === 'mean' && plan.method === 'fixed-horizon'
}

/**
 * Spread of the difference for a true effect.
 *
 * A fixed-horizon test of two proportions uses the pooled standard error; the others the unpooled one.
 *
 * @param effect absolute
 */
export function spreadFor(question: CompleteQuestion, effect: number): Spread {
  const { metric, controlRatio: r, hypothesis, plan } = question
  const control = baselineOf(metric)
  const treatment = control + effect
  const factor = varianceFactor(question)
  switch (metric.kind) {
    case 'proportion':
    case 'retention': {
      const withEffect = treatment * (1 - treatment) + (control * (1 - control)) / r
      const isPooled = plan.method === 'fixed-horizon' && hypothesis.kind === 'difference'
      const middle = (r * control + treatment) / (1 + r)
      const pooled = middle * (1 - middle) * (1 + 1 / r)
      return { withEffect: factor * withEffect, assumed: factor * (isPooled ? pooled : withEffect) }
    }
    case 'mean':
      return same(factor * metric.standardDeviation ** 2 * (1 + 1 / r))
    case 'count':
      return same(factor * (metric.dispersion ?? 1) * (treatment + control / r))
    case 'ratio':
      return same(factor * ratioVariance(metric) * (1 + 1 / r))
  }
}

/** What clusters and covariates do to the variance. */
export function varianceFactor({ varianceSaved, clusters }: CompleteQuestion): number {
  return (1 - varianceSaved) * (clusters?.designEffect ?? 1)
}

/**
 * Variance of one unit's part in a ratio of sums: (σ_N² + R² σ_D² − 2 R ρ σ_N σ_D) / μ_D².
 *
 * Source: delta method; Deng, Knoblich & Lu 2018, doi:10.1145/3219819.3219919, equation 4.
 */
export function ratioVariance({ numerator, denominator, correlation }: PlannedRatio): number {
  const ratio = numerator.mean / denominator.mean
  const first = numerator.standardDeviation
  const second = ratio * denominator.standardDeviation
  // (a − b)² + 2 (1 − ρ) a b loses nothing where a and b nearly cancel.
  return ((first - second) ** 2 + 2 * (1 - correlation) * first * second) / denominator.mean ** 2
}

function same(variance: number): Spread {
  return { withEffect: variance, assumed: variance }
}
