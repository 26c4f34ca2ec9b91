import { useCallback, useEffect, useState } from 'react'

/** Moves the focus to an element by its id, once it is there. */
export function useFocus(): (id: string) => void {
  const [wanted, setWanted] = useState<{ readonly id: string }>()
  useEffect(() => {
    if (wanted === undefined) return
    const element = document.getElementById(wanted.id)
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'center' })
  }, [wanted])
  return useCallback((id: string) => setWanted({ id }), [])
}
