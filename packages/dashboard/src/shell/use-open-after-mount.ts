import { useEffect, useState } from 'react'

/**
 * False at the first drawing: a window notes who had the focus, to give it back, when it goes from closed to
 * open, which one that is born open never does.
 */
export function useOpenAfterMount(isOpen: boolean): boolean {
  const [isMounted, setMounted] = useState(false)
  useEffect(() => setMounted(true), [])
  return isOpen && isMounted
}
