import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'

/** Somebody is about to leave; nothing happened yet. */
export interface Leaving {
  readonly leave: () => void
  readonly stay: () => void
}

/**
 * Asks before work is left: links and the back button are held until `leave` is called, and closing the tab
 * asks in the browser's own words. Browsers without the Navigation API leave at once.
 */
export function useLeaving(isDirty: boolean): Leaving | undefined {
  const [destination, setDestination] = useState<NavigationDestination>()
  const [isGranted, setGranted] = useState(false)
  const [path, navigate] = useLocation()
  const isGuarded = isDirty && !isGranted

  useEffect(() => {
    if (!isGuarded) return
    const onNavigate = (event: NavigateEvent) => {
      const isHere = new URL(event.destination.url).pathname === path
      if (isHere || !event.cancelable || event.downloadRequest !== null) return
      event.preventDefault()
      setDestination(event.destination)
    }
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const navigation = 'navigation' in window ? window.navigation : undefined
    navigation?.addEventListener('navigate', onNavigate)
    window.addEventListener('beforeunload', onUnload)
    return () => {
      navigation?.removeEventListener('navigate', onNavigate)
      window.removeEventListener('beforeunload', onUnload)
    }
  }, [isGuarded, path])

  // Only once the guard is gone, or it would hold this too.
  useEffect(() => {
    if (!isGranted || destination === undefined) return
    if (destination.key !== '') window.navigation.traverseTo(destination.key)
    else if (!destination.sameDocument) location.assign(destination.url)
    else {
      const { pathname, search, hash } = new URL(destination.url)
      navigate(`${pathname}${search}${hash}`)
    }
  }, [isGranted, destination, navigate])

  if (destination === undefined || isGranted) return undefined
  return { leave: () => setGranted(true), stay: () => setDestination(undefined) }
}
