import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { type ListView, queryOf, viewOf } from './list-view.ts'

/** Browsers allow few changes of the address in a row, and people type quickly. */
const PAUSE_MILLISECONDS = 250

/** The view, kept in the address: reloading, going back and sharing show the same lines. */
export function useListView(): [ListView, (view: ListView) => void] {
  const [query, setQuery] = useSearchParams()
  const [view, setView] = useState(() => viewOf(query))
  const written = useRef(query.toString())

  useEffect(() => {
    if (query.toString() === written.current) return
    written.current = query.toString()
    setView(viewOf(query))
  }, [query])

  useEffect(() => {
    const next = queryOf(view, new URLSearchParams(written.current)).toString()
    if (next === written.current) return
    const timer = setTimeout(() => {
      written.current = next
      setQuery(next, { replace: true })
    }, PAUSE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [view, setQuery])

  return [view, setView]
}
