import { useCallback, useEffect, useState } from 'react'

/** Where on the screen it then is: fields in the middle, the title of a step at the top. */
type Place = 'center' | 'start'

/** Moves the focus to an element by its id, once it is there. */
export function useFocus(): (id: string, place?: Place) => void {
  const [wanted, setWanted] = useState<{ readonly id: string; readonly place: Place }>()
  useEffect(() => {
    if (wanted === undefined) return
    const element = document.getElementById(wanted.id)
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: wanted.place })
  }, [wanted])
  return useCallback((id: string, place: Place = 'center') => setWanted({ id, place }), [])
}
