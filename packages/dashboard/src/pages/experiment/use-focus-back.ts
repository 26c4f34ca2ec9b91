import { useEffect, useState } from 'react'

/**
 * For windows that are mounted while they are open: the focus goes back to where it was before, or to the
 * content of the page when that is gone, as a button is whose step was taken.
 */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) {
        opener.focus({ preventScroll: true })
      } else if (document.activeElement === document.body) {
        document.getElementById('content')?.focus({ preventScroll: true })
      }
    },
    [opener],
  )
}
