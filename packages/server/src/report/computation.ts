import type { Correction, InferenceMethod, VarianceReduction } from '@helios/sdk'
import type { ReportSource } from './source.ts'

/** How the numbers were obtained, and what must hold for them to mean what they say. */
export interface Computation {
  readonly method: InferenceMethod
  readonly alpha: number
  readonly correction: { readonly method: Correction; readonly comparisons: number }
  readonly sampleRatioAlpha: number
  readonly guardrailMargin: number
  readonly practicalEquivalence: number
  readonly priorDeviation: number
  /** Each statistical method with the metrics that it compared. */
  readonly estimators: readonly UsedMethod[]
}

export interface UsedMethod {
  readonly method: string
  readonly metrics: readonly string[]
  readonly assumptions: readonly string[]
  readonly varianceReduction?: VarianceReduction
}

export function computationOf({ analysis, experiment }: ReportSource): Computation {
  const { sampleRatioAlpha, guardrailMargin, practicalEquivalence, priorDeviation } = experiment.analysis
  const { method, alpha, correction } = analysis
  return {
    method,
    alpha,
    correction,
    sampleRatioAlpha,
    guardrailMargin,
    practicalEquivalence,
    priorDeviation,
    estimators: usedMethods(analysis.metrics),
  }
}

/** Differences and relative effects by name of the method, in the order of the metrics. */
function usedMethods(metrics: ReportSource['analysis']['metrics']): UsedMethod[] {
  const used = new Map<string, { metrics: Set<string>; assumptions: Set<string>; first: UsedMethod }>()
  for (const [metric, { comparisons }] of Object.entries(metrics)) {
    for (const comparison of Object.values(comparisons)) {
      if (comparison.status !== 'ok') continue
      const { method, relative, assumptions, varianceReduction } = comparison
      const name = relative.status === 'ok' ? `${method}; relative: ${relative.method}` : method
      const first = {
        method: name,
        metrics: [],
        assumptions: [],
        ...(varianceReduction ? { varianceReduction } : {}),
      }
      const known = used.get(name) ?? { metrics: new Set(), assumptions: new Set(), first }
      used.set(name, known)
      known.metrics.add(metric)
      for (const assumption of assumptions) known.assumptions.add(assumption)
    }
  }
  return [...used.values()].map(({ first, ...known }) => ({
    ...first,
    metrics: [...known.metrics],
    assumptions: [...known.assumptions],
  }))
}
