import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { RefusedError, request } from './request.ts'

/** Ends the session and forgets what it had shown. */
export function useSignOut() {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  return useMutation({
    mutationFn: () => request('/v1/session', { method: 'DELETE' }).catch(whenSignedOutAlready),
    onSuccess: () => {
      navigate('/login')
      client.clear()
    },
  })
}

function whenSignedOutAlready(error: unknown): void {
  if (!(error instanceof RefusedError && error.status === 401)) throw error
}
