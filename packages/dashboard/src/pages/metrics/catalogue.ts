import type { Experiment, Metric, MetricKind, MetricRole } from '@helios/sdk'

export type Origin = 'all' | 'yours' | 'built-in'

export interface CatalogueFilter {
  readonly search: string
  readonly origin: Origin
  readonly kind: MetricKind | 'all'
}

export const NO_FILTER: CatalogueFilter = { search: '', origin: 'all', kind: 'all' }

/** The metrics that a filter leaves, every word of the search being somewhere in name, key or description. */
export function matching(metrics: readonly Metric[], { search, origin, kind }: CatalogueFilter): Metric[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return metrics.filter((metric) => {
    if (kind !== 'all' && metric.kind !== kind) return false
    if (origin !== 'all' && metric.builtIn !== (origin === 'built-in')) return false
    const text = [metric.key, metric.name, metric.description].join(' ').toLocaleLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** One experiment that looks at a metric. */
export interface Use {
  readonly experiment: Experiment
  readonly role: MetricRole
}

/** Who looks at each metric, the latest experiment first. */
export function usesByMetric(experiments: readonly Experiment[]): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>()
  const add = (role: MetricRole, keys: readonly string[], experiment: Experiment) => {
    for (const key of keys) {
      const known = uses.get(key)
      if (known) known.push({ experiment, role })
      else uses.set(key, [{ experiment, role }])
    }
  }
  for (const experiment of experiments.toSorted((a, b) => b.createdAt - a.createdAt)) {
    add('primary', experiment.metrics.primary, experiment)
    add('secondary', experiment.metrics.secondary, experiment)
    add('guardrail', experiment.metrics.guardrails, experiment)
  }
  return uses
}

/** Names under which outcomes of a metric are sent. */
export function sourcesOf({ terms, denominator }: Metric): string[] {
  return [...new Set([...terms, ...denominator].map(({ source }) => source))]
}
