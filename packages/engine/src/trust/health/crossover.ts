import type { Evidence, HealthPart } from '../evidence.ts'
import { count, percent } from '../words.ts'

/** Units seen in more than one variant: 1 − (share / limit)², so 0 from where the analysis is refused. */
export function crossoverPart({ analysis, settings }: Evidence): HealthPart | undefined {
  const { units, share } = analysis.crossover
  if (analysis.units === 0) return undefined
  const limit = settings.crossoverShare
  const score = share === 0 ? 1 : Math.max(0, 1 - (share / limit) ** 2)
  const message =
    units === 0
      ? 'No unit was seen in more than one variant.'
      : `${count(units)} units (${percent(share)}) were seen in more than one variant; the limit is ${percent(limit)}.`
  return { check: 'crossover', score, message }
}
