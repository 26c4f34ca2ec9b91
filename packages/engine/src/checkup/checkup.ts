import { dayOf } from '../clock.ts'
import type { Metric } from '../metric.ts'
import type { ExperimentTotals } from '../projection/experiment-totals.ts'
import type { Checkup } from '../trust/evidence.ts'
import { type DailyEffect, dailyEffects } from './daily-effects.ts'
import { noveltyOf } from './novelty.ts'
import { type Arms, outliersOf } from './outliers.ts'
import { type CheckedMetric, type CheckupQuestion, controlOf, plannedMetrics, untilOf } from './question.ts'
import { scanUnits, type UnitScan } from './unit-scan.ts'
import { weekdayPatternOf } from './weekday.ts'

/** Of zeros and ones none lies out; a quantile does not follow a single unit. */
const KINDS_WITH_OUTLIERS: readonly Metric['kind'][] = ['mean', 'count', 'ratio']

/**
 * A closer look at the units: novelty and weekdays for the first primary metric (none for a quantile, whose daily
 * values do not add up to it), outliers for all metrics that can have some. Takes a pass over the units, O(units ×
 * metrics), with pauses for other work; see `scanUnits` for what that means.
 */
export async function checkupOf(question: CheckupQuestion, unitsBetweenPauses?: number): Promise<Checkup> {
  const { experiment, totals } = question
  const until = untilOf(question)
  const planned = plannedMetrics(question)
  const [first] = planned.filter(({ role }) => role === 'primary')
  const primary = first?.metric.kind === 'quantile' ? undefined : first
  const checked = planned.filter((each) => each === primary || hasOutliers(each))
  const requests = checked.map((each) => ({ metric: each.index, byDay: each === primary }))
  const scans = await scanUnits(totals, requests, until, unitsBetweenPauses)
  const arms = { variants: experiment.variants.map(({ key }) => key), control: controlOf(question) }
  const scan = primary && scans[checked.indexOf(primary)]
  return {
    ...(primary && scan ? overTime(scan, totals, primary.index, arms, until) : { novelty: {}, weekday: {} }),
    outliers: checked.flatMap((each, i) =>
      hasOutliers(each) ? outliersOf(each.metric.key, scans[i] as UnitScan, arms) : [],
    ),
  }
}

function hasOutliers({ metric }: CheckedMetric): boolean {
  return KINDS_WITH_OUTLIERS.includes(metric.kind)
}

function overTime(
  { days }: UnitScan,
  totals: ExperimentTotals,
  metric: number,
  { variants, control }: Arms,
  until: number,
): Pick<Checkup, 'novelty' | 'weekday'> {
  const window = windowOf(totals, metric)
  const hasEqualTime = window < Number.POSITIVE_INFINITY
  const comparable = hasEqualTime ? closedDays(days, dayOf(until - window)) : days
  const effects = variants.map((_, i) => (i === control ? [] : dailyEffects(comparable, control, i)))
  const byVariant = <T>(check: (effects: readonly DailyEffect[], hasEqualTime: boolean) => T | undefined) =>
    Object.fromEntries(
      variants.flatMap((variant, i) => {
        const found = check(effects[i] ?? [], hasEqualTime)
        return found ? [[variant, found] as const] : []
      }),
    )
  return { novelty: byVariant(noveltyOf), weekday: byVariant(weekdayPatternOf) }
}

/** Milliseconds after the exposure during which outcomes count; Infinity without a window. */
function windowOf({ plan }: ExperimentTotals, metric: number): number {
  const planned = plan.metrics[metric]
  const columns = (planned?.components ?? []).slice(0, planned?.outcomes).flat()
  return Math.max(...columns.map(({ column }) => plan.columns[column]?.to ?? Number.POSITIVE_INFINITY))
}

/** Days whose units have all had the whole window. */
function closedDays(days: UnitScan['days'], firstOpen: number): UnitScan['days'] {
  return new Map([...days].filter(([day]) => day < firstOpen))
}
