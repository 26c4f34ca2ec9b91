import { useEffect, useState } from 'react'

/** Milliseconds since 1970: the only place of the pages that reads the clock. */
export function now(): number {
  return Date.now()
}

/** The present time, told again every so often, for ages and durations that are looked at. */
export function useNow(everyMilliseconds = 30_000): number {
  const [time, setTime] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), everyMilliseconds)
    return () => clearInterval(timer)
  }, [everyMilliseconds])
  return time
}
