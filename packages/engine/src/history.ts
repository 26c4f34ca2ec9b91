import type {
  ComputedComparison,
  EffectAtPoint,
  HistoryPoint,
  IntervalEstimate,
  MetricHistory,
} from '@helios/sdk'
import { type ComparisonSetting, compareVariants, describeVariants } from './compare-variants.ts'
import type { MetricSummary, PlannedLook } from './estimator.ts'
import { looksTaken } from './looks-taken.ts'
import { plannedLook } from './planned-looks.ts'
import { type AskedMetric, metricIn, readabilityOf, type Standing } from './standing.ts'

/** Comparisons after which other work of the process gets its turn. */
const COMPARISONS_BETWEEN_PAUSES = 2000

/**
 * The effect on a metric as a reader would have seen it at each moment that was kept; the last point is the
 * present. O(checkpoints × variants). Throws HEL_METRIC_NOT_FOUND.
 */
export async function historyOf(
  standing: Standing,
  key: string,
  evenIfMisleading: boolean,
): Promise<MetricHistory> {
  const { input } = standing
  const asked = metricIn(standing, key)
  const readability = readabilityOf(standing)
  const isShown = readability.status === 'ok' || evenIfMisleading
  const { kind, direction } = asked.metric
  const header = { metric: key, role: asked.role, kind, direction }
  // Taken before the first pause: what is kept may change while the points are computed.
  const moments = isShown ? momentsOf(standing, asked) : []
  const points: HistoryPoint[] = []
  let sincePause = 0
  for (const { at, summaries, look } of moments) {
    points.push(pointOf(at, kind, summaries, look ? { ...input, look } : input))
    sincePause += input.variants.length
    if (sincePause < COMPARISONS_BETWEEN_PAUSES) continue
    sincePause = 0
    await new Promise(setImmediate)
  }
  return { ...readability, ...header, control: input.control, alpha: input.settings.alpha, points }
}

interface Moment {
  readonly at: number
  readonly summaries: readonly MetricSummary[]
  /** The planned look that it was, in a group-sequential test. */
  readonly look?: PlannedLook
}

function momentsOf(standing: Standing, { index, summaries }: AskedMetric): Moment[] {
  const { experiment, totals, now } = standing
  const { startedAt, endedAt = now, analysis } = experiment
  if (startedAt === undefined) return []
  const { history } = totals
  if (analysis.method === 'group-sequential') {
    const taken = looksTaken(experiment, totals, now)
    return taken.map(({ at, checkpoint }, i) => ({
      at,
      summaries: checkpoint === undefined ? summaries : history.summaries(checkpoint, index),
      look: plannedLook(analysis, taken.slice(0, i + 1)),
    }))
  }
  const past = Array.from({ length: history.count }, (_, i) => ({
    at: history.at(i),
    summaries: history.summaries(i, index),
  }))
  return [...past, { at: Math.min(now, endedAt), summaries }]
}

function pointOf(
  at: number,
  kind: AskedMetric['metric']['kind'],
  summaries: readonly MetricSummary[],
  setting: ComparisonSetting,
): HistoryPoint {
  const described = Object.entries(describeVariants(summaries, setting.variants))
  const compared = compareVariants(kind, summaries, setting)
  return {
    at,
    variants: Object.fromEntries(described.map(([variant, { n, mean }]) => [variant, { n, mean }])),
    effects: Object.fromEntries(
      compared.map(([variant, comparison]) => [
        variant,
        comparison.status === 'ok' ? effectOf(comparison) : null,
      ]),
    ),
  }
}

function effectOf({ method, absolute, relative }: ComputedComparison): EffectAtPoint {
  return { method, absolute, relative: intervalOf(relative) }
}

/** The interval alone; null where there is none. */
export function intervalOf(relative: ComputedComparison['relative']): IntervalEstimate | null {
  if (relative.status !== 'ok') return null
  const { estimate, low, high } = relative
  return { estimate, low, high }
}
