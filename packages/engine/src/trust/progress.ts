import { DAY_MILLISECONDS } from '../clock.ts'
import type { Evidence } from './evidence.ts'
import { variantsOf } from './variants.ts'

/** The variant with the fewest units among those that were to get some. */
export function smallestVariant(evidence: Evidence): { readonly variant: string; readonly units: number } {
  const { counts } = evidence.analysis.sampleRatio
  const variants = variantsOf(evidence).map((variant) => ({ variant, units: counts[variant] ?? 0 }))
  return variants.toSorted((a, b) => a.units - b.units)[0] ?? { variant: evidence.analysis.control, units: 0 }
}

/** Units that each variant must have before something is concluded; 0 where none were planned. */
export function sampleNeeded({ analysis, settings, minimumSample }: Evidence): number {
  return analysis.method === 'group-sequential' ? minimumSample / settings.looks : minimumSample
}

/** Whether each variant has them; undefined where none were planned. */
export function hasNeededSample(evidence: Evidence): boolean | undefined {
  const needed = sampleNeeded(evidence)
  return needed > 0 ? smallestVariant(evidence).units >= needed : undefined
}

/** Days that it has run; undefined for what knows nothing of time. */
export function daysRun({ schedule }: Evidence): number | undefined {
  return schedule && Math.max(0, (schedule.until - schedule.startedAt) / DAY_MILLISECONDS)
}

/** Whether units come in, and the longest duration is not over: whether there is something to wait for. */
export function isUnderWay(evidence: Evidence): boolean {
  return evidence.schedule?.isOpen === true && daysLeft(evidence) !== 0
}

/** Days until the longest duration is over, 0 when it is; undefined without one. */
export function daysLeft(evidence: Evidence): number | undefined {
  const maximum = evidence.schedule?.maximumDurationDays
  const days = daysRun(evidence)
  return maximum === undefined || days === undefined ? undefined : Math.max(0, maximum - days)
}

/** Days in which each variant gets so many more units at the pace so far; undefined before a first hour has passed. */
export function daysUntil(moreUnits: number, evidence: Evidence): number | undefined {
  const days = daysRun(evidence)
  const { units } = smallestVariant(evidence)
  return days !== undefined && days >= 1 / 24 && units > 0 ? (moreUnits * days) / units : undefined
}
