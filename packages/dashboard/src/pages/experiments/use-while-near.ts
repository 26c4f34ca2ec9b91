import { type RefObject, useEffect, useState } from 'react'

/**
 * The latest value while an element with `content-visibility: auto` is on the screen or near it, and what
 * the value was then while it is far. What nobody sees costs nothing when it changes; browsers that do not
 * tell get every value.
 */
export function useWhileNear<T>(value: T, element: RefObject<HTMLElement | null>): T {
  const [isFar, setFar] = useState(false)
  const [kept, setKept] = useState(value)
  useEffect(() => {
    const target = element.current
    const onChange = (event: Event) => setFar((event as ContentVisibilityAutoStateChangeEvent).skipped)
    target?.addEventListener('contentvisibilityautostatechange', onChange)
    return () => target?.removeEventListener('contentvisibilityautostatechange', onChange)
  }, [element])
  if (isFar) return kept
  if (kept !== value) setKept(value)
  return value
}
