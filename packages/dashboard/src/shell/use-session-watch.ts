import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keys } from '../api/queries.ts'
import { RefusedError } from '../api/request.ts'
import { useLiveState } from '../api/stream.ts'

const ASK_AGAIN_MILLISECONDS = 5000

/**
 * Notices in mid-view that the session has ended: an answer says so, or the stream broke, which may mean that
 * as well as a server that is away.
 */
export function useSessionWatch(): void {
  const client = useQueryClient()
  const isLost = useLiveState() === 'lost'
  useEffect(() => {
    const ask = () => void client.invalidateQueries({ queryKey: keys.session })
    const look = (error: unknown) => {
      if (error instanceof RefusedError && error.status === 401) ask()
    }
    const endQueries = client.getQueryCache().subscribe(({ type, query }) => {
      const isOther = query.queryKey[0] !== keys.session[0]
      if (type === 'updated' && isOther && query.state.status === 'error') look(query.state.error)
    })
    const endMutations = client.getMutationCache().subscribe(({ type, mutation }) => {
      if (type === 'updated' && mutation?.state.status === 'error') look(mutation.state.error)
    })
    return () => {
      endQueries()
      endMutations()
    }
  }, [client])
  useEffect(() => {
    if (!isLost) return
    const timer = setInterval(
      () => void client.invalidateQueries({ queryKey: keys.session }),
      ASK_AGAIN_MILLISECONDS,
    )
    return () => clearInterval(timer)
  }, [client, isLost])
}
