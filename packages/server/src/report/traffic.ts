import type { Traffic } from '@helios/sdk'

/** New units by day, where the server is. A unit counts once, at its first exposure. */
export interface DailyUnits {
  /** Ascending, of the last weeks, days without any left out; `at` is when the day begins. */
  readonly days: readonly { readonly at: number; readonly units: Readonly<Record<string, number>> }[]
  /** All units so far. */
  readonly units: Readonly<Record<string, number>>
}

export function dailyUnits({ hours, units }: Traffic): DailyUnits {
  const days = new Map<number, Map<string, number>>()
  for (const hour of hours) {
    const at = new Date(hour.at).setHours(0, 0, 0, 0)
    const sums = days.get(at) ?? new Map<string, number>()
    days.set(at, sums)
    for (const [variant, count] of Object.entries(hour.units)) {
      sums.set(variant, (sums.get(variant) ?? 0) + count)
    }
  }
  return { days: [...days].map(([at, sums]) => ({ at, units: Object.fromEntries(sums) })), units }
}
