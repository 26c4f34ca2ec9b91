import type {
  Analysis,
  ApiKey,
  AuditEntry,
  Experiment,
  ExperimentSummary,
  Metric,
  MetricHistory,
  Overview,
  SegmentAnalysis,
  Session,
  Traffic,
} from '@helios/sdk'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { request, segment } from './request.ts'

/** Names of what is kept; everything of one experiment lies below `experiment(key)`. */
export const keys = {
  session: ['session'],
  summaries: ['summaries'],
  experiment: (key: string) => ['experiment', key],
  metrics: ['metrics'],
  apiKeys: ['api-keys'],
  overview: ['overview'],
  demo: ['demo'],
} as const

/** Ask for numbers that the server would rather not show, because they mislead. */
export interface ReadingOptions {
  readonly evenIfMisleading?: boolean
}

export function useSession(): UseQueryResult<Session> {
  return useQuery({
    queryKey: keys.session,
    queryFn: () => request<Session>('/v1/session'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useSummaries(): UseQueryResult<readonly ExperimentSummary[]> {
  return useQuery({
    queryKey: keys.summaries,
    queryFn: async () =>
      (await request<{ summaries: readonly ExperimentSummary[] }>('/v1/summaries')).summaries,
  })
}

export function useExperiment(key: string): UseQueryResult<Experiment> {
  return useQuery({
    queryKey: [...keys.experiment(key), 'document'],
    queryFn: () => request<Experiment>(`/v1/experiments/${segment(key)}`),
  })
}

export function useAnalysis(key: string, options: ReadingOptions = {}): UseQueryResult<Analysis> {
  return useReading<Analysis>(key, 'analysis', options)
}

export function useTraffic(key: string): UseQueryResult<Traffic> {
  return useReading<Traffic>(key, 'traffic', {})
}

export function useHistory(
  key: string,
  metric: string,
  options: ReadingOptions = {},
): UseQueryResult<MetricHistory> {
  return useReading<MetricHistory>(key, 'history', { ...options, metric })
}

export function useSegments(
  key: string,
  metric: string,
  options: ReadingOptions = {},
): UseQueryResult<SegmentAnalysis> {
  return useReading<SegmentAnalysis>(key, 'segments', { ...options, metric })
}

export function useAudit(key: string): UseQueryResult<readonly AuditEntry[]> {
  return useQuery({
    queryKey: [...keys.experiment(key), 'audit'],
    queryFn: async () =>
      (await request<{ entries: readonly AuditEntry[] }>(`/v1/experiments/${segment(key)}/audit`)).entries,
  })
}

export function useMetrics(): UseQueryResult<readonly Metric[]> {
  return useQuery({
    queryKey: keys.metrics,
    queryFn: async () => (await request<{ metrics: readonly Metric[] }>('/v1/metrics')).metrics,
  })
}

export function useApiKeys(): UseQueryResult<readonly ApiKey[]> {
  return useQuery({
    queryKey: keys.apiKeys,
    queryFn: async () => (await request<{ keys: readonly ApiKey[] }>('/v1/keys')).keys,
  })
}

export function useOverview(): UseQueryResult<Overview> {
  return useQuery({ queryKey: keys.overview, queryFn: () => request<Overview>('/v1/overview') })
}

/** A reading of an experiment's numbers, with its question as part of the name. */
function useReading<T>(
  key: string,
  what: string,
  { metric, evenIfMisleading = false }: ReadingOptions & { readonly metric?: string },
): UseQueryResult<T> {
  const query = new URLSearchParams()
  if (metric !== undefined) query.set('metric', metric)
  if (evenIfMisleading) query.set('evenIfMisleading', 'true')
  const question = query.size > 0 ? `?${query}` : ''
  return useQuery({
    queryKey: [...keys.experiment(key), what, metric, evenIfMisleading],
    queryFn: () => request<T>(`/v1/experiments/${segment(key)}/${what}${question}`),
    // While the next metric is fetched the last picture stays, instead of a flash of nothing.
    placeholderData: keepPreviousData as never,
  })
}
