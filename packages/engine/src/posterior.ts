import type { PosteriorAnalysis, VariantPosterior } from '@helios/sdk'
import type { MetricSummary } from './estimator.ts'
import type { AnalysisSettings } from './experiment.ts'
import type { MetricKind } from './metric.ts'

export type { PosteriorAnalysis, VariantPosterior } from '@helios/sdk'

/**
 * Port: a Bayesian model of one metric. What is to be believed about every variant after the data.
 *
 * A pure function of its arguments, exact or by quadrature, never by random draws. Where the statistics do not
 * suffice (fewer than two units, no variation, invalid values) it answers undefined.
 */
export interface PosteriorModel {
  /** Standard name, e.g. `beta-binomial`. */
  readonly name: string
  readonly metricKinds: readonly MetricKind[]
  /**
   * @param summaries one per variant
   * @param control place of the control among them
   * @returns one answer per variant in their order, with the name of the model and its prior
   */
  describe(
    summaries: readonly MetricSummary[],
    control: number,
    settings: PosteriorSettings,
  ): ModelledVariants | undefined
}

export interface PosteriorSettings {
  /** Credible intervals hold 1 − alpha. */
  readonly alpha: number
  readonly direction: 'increase' | 'decrease'
  /** Standard deviation of the relative effects expected beforehand, around 0. */
  readonly priorDeviation: number
  /** Relative effects smaller than this do not matter. */
  readonly practicalEquivalence: number
}

export interface ModelledVariants {
  readonly method: string
  readonly variants: readonly VariantPosterior[]
}

interface PosteriorQuestion {
  readonly variants: readonly string[]
  readonly control: string
  readonly settings: AnalysisSettings
  readonly posteriors: readonly PosteriorModel[]
}

/** By the first model that takes metrics of this kind and has an answer. */
export function describePosterior(
  metric: { readonly kind: MetricKind; readonly direction: 'increase' | 'decrease' },
  summaries: readonly MetricSummary[],
  { variants, control, settings, posteriors }: PosteriorQuestion,
): PosteriorAnalysis | undefined {
  const { alpha, priorDeviation, practicalEquivalence } = settings
  for (const model of posteriors) {
    if (!model.metricKinds.includes(metric.kind)) continue
    const found = model.describe(summaries, variants.indexOf(control), {
      alpha,
      direction: metric.direction,
      priorDeviation,
      practicalEquivalence,
    })
    if (!found) continue
    const named = variants.map((variant, i) => [variant, found.variants[i] as VariantPosterior] as const)
    return { method: found.method, variants: Object.fromEntries(named) }
  }
  return undefined
}
