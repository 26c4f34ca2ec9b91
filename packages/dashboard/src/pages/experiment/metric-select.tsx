import type { Experiment } from '@helios/sdk'
import { Select } from '@mantine/core'
import { type Catalogue, nameOfMetric } from './results/effects.ts'
import { useChoice } from './use-choice.ts'

/** The metric that is looked at closely, the same on every tab; undefined when there is none. */
export function useMetricChoice({ metrics }: Experiment) {
  return useChoice('metric', [...metrics.primary, ...metrics.guardrails, ...metrics.secondary])
}

interface Props {
  readonly experiment: Experiment
  readonly catalogue: Catalogue
  readonly value: string
  readonly onChange: (metric: string) => void
}

export function MetricSelect({ experiment: { metrics }, catalogue, value, onChange }: Props) {
  const group = (label: string, keys: readonly string[]) =>
    keys.length === 0
      ? []
      : [{ group: label, items: keys.map((key) => ({ value: key, label: nameOfMetric(catalogue, key) })) }]
  return (
    <Select
      size="xs"
      w={210}
      aria-label="Metric"
      allowDeselect={false}
      searchable={metrics.primary.length + metrics.guardrails.length + metrics.secondary.length > 10}
      data={[
        ...group('Primary', metrics.primary),
        ...group('Guardrails', metrics.guardrails),
        ...group('Secondary', metrics.secondary),
      ]}
      value={value}
      onChange={(metric) => {
        if (metric !== null) onChange(metric)
      }}
    />
  )
}
