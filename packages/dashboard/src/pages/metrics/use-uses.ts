import type { Experiment } from '@helios/sdk'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { request } from '../../api/request.ts'
import { type Use, usesByMetric } from './catalogue.ts'

/** Which experiments look at which metric. */
export function useUses(): UseQueryResult<ReadonlyMap<string, readonly Use[]>> {
  return useQuery({
    queryKey: ['experiments-by-metric'],
    queryFn: async () => {
      const { experiments } = await request<{ experiments: readonly Experiment[] }>('/v1/experiments')
      return usesByMetric(experiments)
    },
    // A map is no plain JSON: comparing it part by part would make no sense of it.
    structuralSharing: false,
  })
}
