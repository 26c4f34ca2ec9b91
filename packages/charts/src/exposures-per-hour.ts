import type { Traffic } from '@helios/sdk'
import type { BarSeriesOption, EChartsOption } from 'echarts'
import { type BuiltChart, entryOf, type NamedVariant } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import { formatCount, formatDay, formatHour, formatHourOfDay, isNumber, PLAIN } from './format/index.ts'
import { baseOption, emptyOption, gridOf, type LegendItem, legendOf, plotHeight, valueAxis } from './frame.ts'
import { type Choice, largestVariants, marksOf } from './marks.ts'
import { counted, namesOf } from './names.ts'
import { niceScale } from './scale.ts'
import { type TimeBins, timeBins } from './time-bins.ts'
import { hoveredIndex, tooltipHtml, tooltipOption } from './tooltip.ts'

export interface ExposuresPerHourOptions {
  readonly traffic: Traffic
  readonly variants: readonly NamedVariant[]
  readonly theme: ChartTheme
  /** Milliseconds since 1970: the last bar is the one that holds it. */
  readonly now: number
  /** Key of the variant that is drawn in the control's grey. */
  readonly control?: string
  /** How long a bar is; chosen by how long the time is when absent. */
  readonly hoursPerBar?: 1 | 6 | 24
}

interface BarStack extends LegendItem {
  readonly id: string
  /** Units by bar. */
  readonly units: readonly number[]
}

/** Hollow where the others are filled. */
const REST_PATH = 'M1,1H11V11H1ZM2.5,2.5V9.5H9.5V2.5Z'

/**
 * New units per hour, stacked by variant; hours without any are there as zeros. Bars hold six hours when the
 * time is longer than a week, and a day when it is longer than three. With more than six treatments, those
 * beyond the largest six are one part of the stack.
 */
export function exposuresPerHour(options: ExposuresPerHourOptions): BuiltChart {
  const { traffic, theme, now } = options
  const bins = timeBins(traffic.hours, now, options.hoursPerBar)
  const choice = largestVariants(options.variants, options.control, (key) => entryOf(traffic.units, key) ?? 0)
  const stacks = stacksOf(options, choice, bins)
  const totals = bins.starts.map((_, i) => stacks.reduce((sum, { units }) => sum + (units[i] ?? 0), 0))
  const summary = summaryOf(bins, totals, choice)
  const table = {
    columns: ['From', ...stacks.map(({ name }) => name), 'All'],
    rows: bins.starts.map((at, i) => [
      labelOf(bins, at),
      ...stacks.map(({ units }) => formatCount(units[i])),
      formatCount(totals[i]),
    ]),
  }
  if (bins.starts.length === 0) {
    return {
      option: emptyOption('No unit has met a variant yet', theme),
      height: plotHeight(theme),
      summary,
      table,
    }
  }
  const scale = niceScale(0, Math.max(4, ...totals), 4)
  const { legend, height } = legendOf(stacks, theme)
  const option: EChartsOption = {
    ...baseOption(theme),
    legend,
    grid: gridOf(height + 12, scale, PLAIN),
    xAxis: binAxis(bins, theme),
    yAxis: valueAxis(scale, PLAIN, theme),
    tooltip: {
      ...tooltipOption(theme),
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: theme.line, opacity: 0.5 } },
      formatter: (hovered) => tooltipAt(hoveredIndex(hovered), bins, stacks, totals),
    },
    series: stacks.map((stack) => barsOf(stack, theme)),
  }
  return { option, height: plotHeight(theme) + height + 40, summary, table }
}

function stacksOf(
  { traffic, variants, theme, control }: ExposuresPerHourOptions,
  { shown, left }: Choice,
  bins: TimeBins,
): readonly BarStack[] {
  const marks = marksOf(variants, shown, control, theme)
  const names = namesOf(variants)
  const summed = (keys: readonly string[]) => {
    const sums = bins.starts.map(() => 0)
    traffic.hours.forEach(({ units }, hour) => {
      const bin = bins.binOf[hour]
      if (bin === undefined) return
      for (const key of keys) sums[bin] = (sums[bin] ?? 0) + unitsOf(units, key)
    })
    return sums
  }
  const stacks = shown.flatMap(({ key }): BarStack[] => {
    const mark = marks.get(key)
    return mark === undefined
      ? []
      : [{ id: `bars ${key}`, name: names.get(key) ?? key, mark, units: summed([key]) }]
  })
  if (left.length === 0) return stacks
  const rest = {
    id: 'rest',
    name: counted(left.length, 'other variant'),
    mark: { color: theme.muted, path: REST_PATH },
    units: summed(left.map(({ key }) => key)),
  }
  return [...stacks, rest]
}

function unitsOf(units: Readonly<Record<string, number>>, key: string): number {
  const found = entryOf(units, key)
  return isNumber(found) ? Math.max(0, found) : 0
}

function barsOf({ id, name, mark, units }: BarStack, theme: ChartTheme): BarSeriesOption {
  const isRest = id === 'rest'
  return {
    id,
    name,
    type: 'bar',
    stack: 'units',
    barCategoryGap: '18%',
    cursor: 'default',
    emphasis: { disabled: true },
    itemStyle: isRest
      ? { color: theme.surface, borderColor: mark.color, borderWidth: 1 }
      : { color: mark.color },
    data: [...units],
  }
}

function binAxis(bins: TimeBins, theme: ChartTheme): NonNullable<EChartsOption['xAxis']> {
  const labelled = labelledBins(bins, Math.max(2, Math.floor(theme.width / 90)))
  return {
    type: 'category',
    data: bins.starts.map(String),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: theme.line } },
    axisLabel: {
      color: theme.muted,
      fontSize: 12,
      fontFamily: theme.fontFamily,
      hideOverlap: true,
      interval: (index) => labelled.has(index),
      formatter: (_, index) => shortLabelOf(bins, index),
    },
  }
}

/** Bars that begin a day or an even part of one, few enough to be read. */
function labelledBins({ starts }: TimeBins, most: number): ReadonlySet<number> {
  const hours = starts.map((at) => new Date(at).getHours())
  for (const every of [1, 2, 3, 6, 12, 24]) {
    const found = starts.flatMap((_, i) => ((hours[i] ?? 0) % every === 0 ? [i] : []))
    if (found.length <= most) return new Set(found)
  }
  const days = starts.flatMap((_, i) => (hours[i] === 0 || starts.length < 2 ? [i] : []))
  const every = Math.max(1, Math.ceil(days.length / most))
  return new Set(days.filter((_, i) => i % every === 0))
}

function shortLabelOf({ starts }: TimeBins, index: number): string {
  const at = starts[index]
  if (at === undefined) return ''
  return new Date(at).getHours() === 0 ? formatDay(at) : formatHourOfDay(at)
}

function labelOf({ hoursPerBin }: TimeBins, at: number): string {
  return hoursPerBin === 24 ? formatDay(at) : formatHour(at)
}

const PERIODS: Readonly<Record<TimeBins['hoursPerBin'], string>> = {
  1: 'hour',
  6: 'six hours',
  24: 'day',
}

function tooltipAt(
  i: number,
  bins: TimeBins,
  stacks: readonly BarStack[],
  totals: readonly number[],
): string {
  const at = bins.starts[i]
  if (at === undefined) return ''
  return tooltipHtml(
    labelOf(bins, at),
    [
      ...stacks.map(({ name, mark, units }) => ({ name, mark, value: formatCount(units[i]) })),
      { name: 'All', value: formatCount(totals[i]) },
    ],
    [`New units in the ${PERIODS[bins.hoursPerBin]} from then on; each counts once, at its first exposure.`],
  )
}

function summaryOf(bins: TimeBins, totals: readonly number[], { shown, left }: Choice): string {
  const [first, last] = [bins.starts[0], bins.starts.at(-1)]
  if (first === undefined || last === undefined) return 'No unit has met a variant yet.'
  const all = totals.reduce((sum, total) => sum + total, 0)
  const highest = Math.max(...totals)
  const peak = bins.starts[totals.indexOf(highest)]
  return [
    `${formatCount(all)} new units from ${labelOf(bins, first)} to ${labelOf(bins, last)}; at most ${formatCount(highest)} per ${PERIODS[bins.hoursPerBin]}, from ${labelOf(bins, peak ?? first)} on.`,
    left.length > 0
      ? `${counted(left.length, 'variant')} beyond the largest ${shown.length} are taken together.`
      : '',
    bins.dropped > 0
      ? `Left out: ${counted(bins.dropped, 'hour')} that ${bins.dropped === 1 ? 'is' : 'are'} too long ago or in the future.`
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}
