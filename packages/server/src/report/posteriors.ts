import type { DensityCurve } from '@helios/charts'
import { type PosteriorFamily, posteriorCurve } from '@helios/engine'
import type { Analysis, MetricKind } from '@helios/sdk'
import type { ReportedPosterior } from './report.ts'

/** Which family a posterior is looked for in; where it is none of it, its curve says so. */
const FAMILIES: Readonly<Record<MetricKind, PosteriorFamily>> = {
  proportion: 'beta',
  retention: 'beta',
  count: 'gamma',
  mean: 'normal',
  ratio: 'normal',
  quantile: 'normal',
}
/** More densities than these cannot be told apart, nor be mailed. */
const MOST_CURVES = 40

/** The posteriors of the named metrics, each with the densities of its variants. */
export function reportedPosteriors(
  { metrics, alpha }: Analysis,
  named: readonly string[],
): ReportedPosterior[] {
  const found = new Map(Object.entries(metrics))
  return named.flatMap((metric) => {
    const { kind, posterior } = found.get(metric) ?? {}
    if (kind === undefined || posterior === undefined) return []
    const drawn = Object.entries(posterior.variants)
      .toSorted(([, a], [, b]) => b.probabilityBest - a.probabilityBest)
      .slice(0, MOST_CURVES)
      .flatMap(([variant, { value }]) => {
        const curve = posteriorCurve(value, alpha, FAMILIES[kind])
        return curve === undefined ? [] : [{ variant, curve }]
      })
    const curves: [string, DensityCurve][] = drawn.map(({ variant, curve: { x, density } }) => [
      variant,
      { x, density },
    ])
    const isExact = drawn.every(({ curve }) => curve.isExact)
    return [{ metric, ...posterior, curves: Object.fromEntries(curves), isExact }]
  })
}
