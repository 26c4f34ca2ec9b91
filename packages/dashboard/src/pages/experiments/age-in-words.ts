import { formatAge } from '@helios/charts/format'
import type { ExperimentSummary } from '@helios/sdk'

/** Where an experiment stands in time: running for 3 days, created 2 hours ago. */
export function ageInWords(summary: ExperimentSummary, now: number): string {
  const { status, createdAt, startedAt, endedAt } = summary
  if (startedAt === undefined)
    return `${status === 'cancelled' ? 'cancelled' : 'created'} ${formatAge(endedAt ?? createdAt, now)}`
  if (endedAt !== undefined) return `ended ${formatAge(endedAt, now)}`
  return `started ${formatAge(startedAt, now)}`
}
