import { QueryClient } from '@tanstack/react-query'
import { RefusedError } from './request.ts'

const LONGEST_PAUSE_MILLISECONDS = 5000

/** What is shown stays until the stream says that it changed; what failed by the network is tried again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: true,
        networkMode: 'always',
        retry: (failures, error) => isWorthAnotherTry(error) && failures < 3,
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, LONGEST_PAUSE_MILLISECONDS),
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/** A refusal stays a refusal, unless the server is stopping or overwhelmed. */
function isWorthAnotherTry(error: unknown): boolean {
  return !(error instanceof RefusedError) || error.status >= 500 || error.status === 429
}
