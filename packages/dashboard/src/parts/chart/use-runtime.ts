import { useCallback, useEffect, useState } from 'react'

type Runtime = typeof import('./runtime.ts')

export type RuntimeState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly runtime: Runtime }
  | { readonly status: 'failed'; readonly attempts: number; readonly retry: () => void }

let loaded: Runtime | undefined

/** Loads what draws charts, once for all of them; what could not be loaded can be tried again. */
export function useRuntime(): RuntimeState {
  const [runtime, setRuntime] = useState(loaded)
  const [attempt, setAttempt] = useState(1)
  const [failures, setFailures] = useState(0)
  useEffect(() => {
    if (loaded !== undefined) return setRuntime(loaded)
    let isWanted = true
    import('./runtime.ts').then(
      (found) => {
        loaded = found
        if (isWanted) setRuntime(found)
      },
      () => {
        if (isWanted) setFailures(attempt)
      },
    )
    return () => {
      isWanted = false
    }
  }, [attempt])
  const retry = useCallback(() => setAttempt((known) => known + 1), [])
  if (runtime !== undefined) return { status: 'ready', runtime }
  return failures === attempt ? { status: 'failed', attempts: failures, retry } : { status: 'loading' }
}
