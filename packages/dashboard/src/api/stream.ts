import type { ExperimentSummary, StreamMessages } from '@helios/sdk'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { keys } from './queries.ts'

/** `paused`: the page is hidden; browsers allow few connections to one server, and tabs share them. */
export type LiveState = 'connecting' | 'live' | 'lost' | 'paused'

const FIRST_PAUSE_MILLISECONDS = 500
const LONGEST_PAUSE_MILLISECONDS = 5000

type Listener = () => void
const listeners = new Set<Listener>()
let state: LiveState = 'connecting'

function setState(next: LiveState): void {
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}

/** Keeps what is shown up to date while the page is visible; watches one experiment more closely. */
export function useStream(experiment: string | undefined): void {
  const client = useQueryClient()
  useEffect(() => listen(client, experiment), [client, experiment])
}

/** Opens the stream again whenever it breaks or the page comes back; the function ends it for good. */
function listen(client: QueryClient, experiment: string | undefined): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = FIRST_PAUSE_MILLISECONDS
  let wasLost = false

  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }
  const open = () => {
    close()
    source = new EventSource(addressOf(experiment))
    source.onopen = () => {
      pause = FIRST_PAUSE_MILLISECONDS
      setState('live')
      // While nobody told us, anything may have changed.
      if (wasLost) void client.invalidateQueries()
      wasLost = false
    }
    source.onerror = () => {
      wasLost = true
      setState('lost')
      close()
      timer = setTimeout(open, pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)
    }
    take(source, 'summaries', ({ summaries }) => mergeSummaries(client, summaries))
    take(source, 'results', (message) => {
      void client.invalidateQueries({ queryKey: keys.experiment(message.experiment) })
    })
  }
  const onVisibility = () => {
    if (document.hidden) {
      close()
      wasLost = true
      setState('paused')
    } else open()
  }

  document.addEventListener('visibilitychange', onVisibility)
  onVisibility()
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    close()
  }
}

function addressOf(experiment: string | undefined): string {
  const query = new URLSearchParams({ topics: 'summaries' })
  if (experiment !== undefined) query.set('experiment', experiment)
  return `/v1/stream?${query}`
}

function take<Name extends keyof StreamMessages>(
  source: EventSource,
  name: Name,
  use: (message: StreamMessages[Name]) => void,
): void {
  source.addEventListener(name, (event) => use(JSON.parse(event.data) as StreamMessages[Name]))
}

/** Lines that did not change keep their identity, so that only the others are drawn again. */
export function mergeSummaries(client: QueryClient, changed: readonly ExperimentSummary[]): void {
  client.setQueryData<readonly ExperimentSummary[]>(keys.summaries, (known = []) => {
    const byKey = new Map(known.map((summary) => [summary.key, summary]))
    for (const summary of changed) byKey.set(summary.key, summary)
    return [...byKey.values()]
  })
}
