import type { DemoStatus } from '@helios/sdk'
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { keys } from '../api/queries.ts'
import { RefusedError, request } from '../api/request.ts'

const REFRESH_MILLISECONDS = 2000
const STEPS = [0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
const SLOWEST = 0.2
const FASTEST = 100

/** Null on a server without a demo, which is then not asked again. */
export function useDemo(): UseQueryResult<DemoStatus | null> {
  return useQuery({
    queryKey: keys.demo,
    queryFn: () => request<DemoStatus>('/v1/demo').catch(nullWhenThereIsNone),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data ? REFRESH_MILLISECONDS : false),
  })
}

/** Who may not read sees no demo either. */
function nullWhenThereIsNone(error: unknown): null {
  if (error instanceof RefusedError && (error.status === 404 || error.status === 403)) return null
  throw error
}

/** Shows the new speed at once, and takes it back when the server refuses. */
export function useDemoSpeed(): UseMutationResult<DemoStatus, Error, number> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (speed: number) => request<DemoStatus>('/v1/demo', { method: 'PATCH', body: { speed } }),
    onMutate: async (speed) => {
      await client.cancelQueries({ queryKey: keys.demo })
      client.setQueryData<DemoStatus | null>(keys.demo, (demo) => demo && { ...demo, speed })
    },
    onSuccess: (demo) => client.setQueryData(keys.demo, demo),
    onError: () => client.invalidateQueries({ queryKey: keys.demo }),
  })
}

/** The next step up; a paused demo starts gently. */
export function faster(speed: number): number {
  return STEPS.find((step) => step > speed) ?? FASTEST
}

/** The next step down; it never pauses, which has a button of its own. */
export function slower(speed: number): number {
  return STEPS.findLast((step) => step < speed) ?? SLOWEST
}
