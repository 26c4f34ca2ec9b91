import { useMemo } from 'react'
import { useMetrics } from '../../api/queries.ts'
import type { Catalogue } from './results/effects.ts'

/** The metrics by key; empty until they are known, and then keys stand in for names. */
export function useCatalogue(): Catalogue {
  const { data } = useMetrics()
  return useMemo(() => new Map(data?.map((metric) => [metric.key, metric])), [data])
}
