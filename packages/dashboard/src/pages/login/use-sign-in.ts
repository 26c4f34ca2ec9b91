import type { Session } from '@helios/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { keys } from '../../api/queries.ts'
import { request } from '../../api/request.ts'
import { destinationIn, type Proof, tokenIn } from './sign-in.ts'

/** Signs in, by the link in the address at once and by a key when asked, and goes where the visitor wanted. */
export function useSignIn() {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const signIn = useMutation({
    mutationFn: (proof: Proof) => request<Session>('/v1/session', { method: 'POST', body: proof }),
    onSuccess: (session) => {
      // Whatever was kept belonged to whoever was signed in before.
      client.clear()
      client.setQueryData(keys.session, session)
      navigate(destinationIn(location.search, location.origin), { replace: true })
    },
  })
  const { mutate } = signIn
  useEffect(() => {
    const useToken = () => {
      const token = tokenIn(location.hash)
      if (token === undefined) return
      // At once, so that it is not kept in the history, in a bookmark, or in a picture of the screen.
      history.replaceState(history.state, '', location.pathname + location.search)
      mutate({ link: token })
    }
    useToken()
    addEventListener('hashchange', useToken)
    return () => removeEventListener('hashchange', useToken)
  }, [mutate])
  return signIn
}
