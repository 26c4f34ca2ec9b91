import type { MetricHistory } from '@helios/sdk'
import { type BuiltChart, entryOf, type NamedVariant } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import {
  formatCount,
  formatTime,
  formatValue,
  isNumber,
  type NumberStyle,
  styleOfMetric,
} from './format/index.ts'
import { largestVariants, marksOf } from './marks.ts'
import { namesOf } from './names.ts'
import { chartOverTime, describe, type OverTime } from './over-time.ts'
import { endsOf, fittedScale, lineOf, type TimedSeries } from './timed-series.ts'
import { tooltipHtml } from './tooltip.ts'

export interface MetricOverTimeOptions {
  readonly history: MetricHistory
  readonly variants: readonly NamedVariant[]
  readonly theme: ChartTheme
  /** Style of the metric's values; known from its kind when absent. */
  readonly style?: NumberStyle
}

interface MeanSeries extends TimedSeries {
  /** By point of the history. */
  readonly units: readonly (number | undefined)[]
}

/**
 * The metric of each variant as it was known at each time. With more than six treatments, the control and
 * the six that have the most units. The values are fitted to the last two thirds of the points.
 */
export function metricOverTime(options: MetricOverTimeOptions): BuiltChart {
  const over = meansOf(options)
  const scale = fittedScale(over.series, [])
  const isRefused = options.history.status === 'refused'
  const words = {
    summary: describe(over, { what: 'Value of each variant', nothing: 'There are no values to show yet.' }),
    nothing: isRefused ? 'Not shown: these numbers would mislead' : 'No values to show yet',
  }
  return chartOverTime(over, words, {
    scale,
    series: over.series.flatMap((each) => [lineOf(each, scale), endsOf(each, scale)]),
    tooltip: (point) => tooltipAt(over, point),
  })
}

function meansOf({ history, variants, theme, style }: MetricOverTimeOptions): OverTime<MeanSeries> {
  const points = history.points.filter(({ at }) => isNumber(at))
  const unitsNow = points.at(-1)?.variants
  const { shown, left } = largestVariants(variants, history.control, (key) => entryOf(unitsNow, key)?.n ?? 0)
  const marks = marksOf(variants, shown, history.control, theme)
  const names = namesOf(variants)
  const valueStyle = style ?? styleOfMetric({ kind: history.kind })
  return {
    times: points.map(({ at }) => at),
    left: left.length,
    style: valueStyle,
    theme,
    write: ({ values }, point) => formatValue(values[point]?.value, valueStyle),
    series: shown.flatMap((variant) => {
      const mark = marks.get(variant.key)
      if (mark === undefined) return []
      const summaries = points.map((point) => entryOf(point.variants, variant.key))
      const values = points.map(({ at }, i) => ({ at, value: summaries[i]?.mean }))
      const name = names.get(variant.key) ?? variant.key
      return [{ variant, name, mark, values, units: summaries.map((each) => each?.n) }]
    }),
  }
}

function tooltipAt({ times, series, write }: OverTime<MeanSeries>, point: number): string {
  const rows = series.map((each) => ({
    name: each.name,
    mark: each.mark,
    value: `${write(each, point)} of ${formatCount(each.units[point])}`,
  }))
  return tooltipHtml(formatTime(times[point]), rows, [
    'Value over all units that counted for the metric by then, and how many they were.',
  ])
}
