import type { InferenceMethod, MetricHistory } from '@helios/sdk'
import { type BuiltChart, entryOf, type NamedVariant } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import {
  formatEstimate,
  formatTime,
  isNumber,
  NOTHING,
  type NumberStyle,
  PERCENT,
  styleOfDifference,
  styleOfMetric,
} from './format/index.ts'
import { zeroLine } from './frame.ts'
import { largestVariants, marksOf } from './marks.ts'
import { namesOf } from './names.ts'
import { chartOverTime, describe, type OverTime } from './over-time.ts'
import { bandOf, endsOf, fittedScale, lineOf, type TimedSeries } from './timed-series.ts'
import { tooltipHtml } from './tooltip.ts'

export interface EffectOverTimeOptions {
  readonly history: MetricHistory
  readonly variants: readonly NamedVariant[]
  readonly scale: 'absolute' | 'relative'
  readonly theme: ChartTheme
  /** Style of the metric's values; known from its kind when absent. */
  readonly style?: NumberStyle
  /** When the intervals hold; said below the times when given. */
  readonly inference?: InferenceMethod
}

/** After the level: 95 % confidence sequence, … */
const BANDS: Readonly<Record<InferenceMethod, string>> = {
  'always-valid': 'confidence sequence, valid at every look',
  'mixture-sprt': 'intervals, valid at every look (mixture SPRT)',
  'group-sequential': 'intervals of the planned looks',
  'fixed-horizon': 'intervals, each valid for one look',
}

interface EffectSeries extends TimedSeries {
  /** By point of the history; undefined where nothing could be computed. */
  readonly methods: readonly (string | undefined)[]
}

/**
 * How the effect of each treatment and its interval developed. With more than six treatments, the six that
 * have the most units.
 *
 * The values are fitted to the last two thirds of the points, so that the wild intervals of the beginning do
 * not flatten the rest: bands and lines that leave the drawing are clipped. Zero is always inside.
 */
export function effectOverTime(options: EffectOverTimeOptions): BuiltChart {
  const { history, theme, inference } = options
  const band =
    inference === undefined ? undefined : `${confidenceOf(history.alpha)}${BANDS[inference] ?? 'intervals'}`
  const over = effectsOf(options)
  const scale = fittedScale(over.series, [0])
  const isRefused = history.status === 'refused'
  const words = {
    caption: band,
    summary: describe(over, {
      what: `Difference from control${band === undefined ? '' : ` (${band})`}`,
      nothing: 'There is no difference from control to show yet.',
    }),
    nothing: isRefused ? 'Not shown: these numbers would mislead' : 'No effect to show yet',
  }
  return chartOverTime(over, words, {
    scale,
    series: [
      ...over.series.map((each) => bandOf(each, scale, over.series.length)),
      ...over.series.map((each, i) => ({
        ...lineOf(each, scale),
        ...(i === 0 ? { markLine: zeroLine('yAxis', theme) } : {}),
      })),
      ...over.series.map((each) => endsOf(each, scale)),
    ],
    tooltip: (point) => tooltipAt(over, point, band ?? `${confidenceOf(history.alpha)}intervals`),
  })
}

function effectsOf({
  history,
  variants,
  scale,
  theme,
  style,
}: EffectOverTimeOptions): OverTime<EffectSeries> {
  const points = history.points.filter(({ at }) => isNumber(at))
  const unitsNow = points.at(-1)?.variants
  const { shown, left } = largestVariants(
    variants.filter(({ key }) => key !== history.control),
    undefined,
    (key) => entryOf(unitsNow, key)?.n ?? 0,
  )
  const marks = marksOf(variants, shown, history.control, theme)
  const names = namesOf(variants)
  const valueStyle = style ?? styleOfMetric({ kind: history.kind })
  const differenceStyle = scale === 'relative' ? PERCENT : styleOfDifference(valueStyle)
  return {
    times: points.map(({ at }) => at),
    left: left.length,
    style: differenceStyle,
    theme,
    write: (series, point) => writtenAt(series, point, differenceStyle),
    series: shown.flatMap((variant) => {
      const mark = marks.get(variant.key)
      if (mark === undefined) return []
      const effects = points.map((point) => entryOf(point.effects, variant.key))
      const values = points.map(({ at }, i) => {
        const interval = effects[i]?.[scale]
        return { at, value: interval?.estimate, low: interval?.low, high: interval?.high }
      })
      const name = names.get(variant.key) ?? variant.key
      return [{ variant, name, mark, values, methods: effects.map((effect) => effect?.method) }]
    }),
  }
}

function writtenAt({ values }: TimedSeries, point: number, style: NumberStyle): string {
  const found = values[point]
  if (found === undefined) return NOTHING
  return formatEstimate({ estimate: found.value, low: found.low, high: found.high }, style)
}

function tooltipAt({ times, series, write }: OverTime<EffectSeries>, point: number, band: string): string {
  const methods = new Set(
    series.map(({ methods }) => methods[point]).filter((method) => method !== undefined),
  )
  return tooltipHtml(
    formatTime(times[point]),
    series.map((each) => ({ name: each.name, value: write(each, point), mark: each.mark })),
    methods.size > 0 ? [`Difference from control; ${band}. Method: ${[...methods].join('; ')}.`] : [],
  )
}

/** `95 % `, or nothing where the level is not known. */
function confidenceOf(alpha: number): string {
  return isNumber(alpha) ? `${Number(((1 - alpha) * 100).toFixed(2))}\u202f% ` : ''
}
