import type { PosteriorAnalysis, VariantPosterior } from '@helios/sdk'
import type { EChartsOption, LineSeriesOption } from 'echarts'
import { type BuiltChart, type ChartTable, entryOf, type NamedVariant } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import {
  formatChance,
  formatInterval,
  formatOnAxis,
  formatValue,
  isNumber,
  NOTHING,
  type NumberStyle,
  PLAIN,
  styleOfDifference,
} from './format/index.ts'
import { baseOption, emptyOption, gridOf, legendOf, plotHeight, valueAxis } from './frame.ts'
import { largestVariants, type Mark, marksOf } from './marks.ts'
import { counted, namesOf, shorten } from './names.ts'
import { extentOf, niceScale, type Scale } from './scale.ts'
import { tooltipHtml, tooltipOption } from './tooltip.ts'

/** A probability density at points in ascending order. */
export interface DensityCurve {
  readonly x: readonly number[]
  readonly density: readonly number[]
}

export interface PosteriorDensitiesOptions {
  readonly posterior: PosteriorAnalysis
  /** By variant; those without one are in the table only. */
  readonly curves: Readonly<Record<string, DensityCurve>>
  readonly variants: readonly NamedVariant[]
  readonly control: string
  readonly theme: ChartTheme
  /** Style of the metric's values; plain numbers when absent. */
  readonly style?: NumberStyle
}

interface Density {
  readonly variant: NamedVariant
  readonly name: string
  readonly mark: Mark
  readonly posterior: VariantPosterior | undefined
  readonly points: readonly (readonly [x: number, density: number])[]
}

const AXIS_HEIGHT = 40
const AREA_OPACITY = 0.18
const MOST_NAMED = 3

/**
 * What is believed of each variant's value after the data, as densities; the area between the bounds of the
 * credible interval is filled. With more than six treatments, the six that are most likely the best.
 */
export function posteriorDensities(options: PosteriorDensitiesOptions): BuiltChart {
  const { theme, style = PLAIN } = options
  const { densities, left } = densitiesOf(options)
  const summary = summaryOf(options, left, style)
  const table = tableOf(options, style)
  const drawn = densities.filter(({ points }) => points.length > 1)
  const extent = extentOf(drawn.flatMap(({ points }) => points.map(([x]) => x)))
  if (extent === undefined) {
    return { option: emptyOption('No posterior to show yet', theme), height: 120, summary, table }
  }
  const scale = niceScale(...extent, Math.max(2, Math.floor(theme.width / 110)))
  const highest = Math.max(...drawn.flatMap(({ points }) => points.map(([, density]) => density)))
  const heights: Scale = { minimum: 0, maximum: highest * 1.04, step: highest }
  const { legend, height } = legendOf(drawn, theme)
  const axis = valueAxis(scale, style, theme)
  const option: EChartsOption = {
    ...baseOption(theme),
    legend,
    grid: { ...gridOf(height + 12, scale, style), left: 20, right: 20 },
    xAxis: {
      ...axis,
      axisLabel: { ...axis.axisLabel, hideOverlap: true, margin: 12 },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
    },
    // Only the shape counts: the area under each curve is 1.
    yAxis: { ...valueAxis(heights, PLAIN, theme), show: false },
    tooltip: {
      ...tooltipOption(theme),
      trigger: 'item',
      formatter: (hovered) => tooltipOf(drawn, hovered, options, style),
    },
    series: drawn.flatMap((density) => [areaOf(density), lineOf(density)]),
  }
  return { option, height: plotHeight(theme) + height + AXIS_HEIGHT, summary, table }
}

function densitiesOf({ posterior, curves, variants, control, theme }: PosteriorDensitiesOptions): {
  readonly densities: readonly Density[]
  readonly left: number
} {
  const known = variants.filter(({ key }) => entryOf(posterior.variants, key) !== undefined)
  const { shown, left } = largestVariants(known, control, (key) => chanceOf(posterior, key))
  const marks = marksOf(variants, shown, control, theme)
  const names = namesOf(variants)
  const densities = shown.flatMap((variant): Density[] => {
    const mark = marks.get(variant.key)
    if (mark === undefined) return []
    const points = pointsOf(entryOf(curves, variant.key))
    const name = names.get(variant.key) ?? variant.key
    return [{ variant, name, mark, points, posterior: entryOf(posterior.variants, variant.key) }]
  })
  return { densities, left: left.length }
}

function chanceOf({ variants }: PosteriorAnalysis, key: string): number {
  const chance = entryOf(variants, key)?.probabilityBest
  return isNumber(chance) ? chance : 0
}

function pointsOf(curve: DensityCurve | undefined): Density['points'] {
  if (curve === undefined) return []
  return curve.x.flatMap((x, i) => {
    const density = curve.density[i]
    return isNumber(x) && isNumber(density) && density >= 0 ? [[x, density] as const] : []
  })
}

function lineOf({ variant, name, mark, points }: Density): LineSeriesOption {
  return {
    id: `line ${variant.key}`,
    name,
    type: 'line',
    z: 3,
    symbol: 'none',
    lineStyle: { color: mark.color, width: 2 },
    itemStyle: { color: mark.color },
    emphasis: { disabled: true },
    data: points.map(([x, density]) => [x, density]),
  }
}

/** Between the bounds of the credible interval. */
function areaOf({ variant, name, mark, points, posterior }: Density): LineSeriesOption {
  const { low = Number.NaN, high = Number.NaN } = posterior?.value ?? {}
  return {
    id: `area ${variant.key}`,
    name,
    type: 'line',
    z: 1,
    silent: true,
    symbol: 'none',
    lineStyle: { width: 0 },
    itemStyle: { color: mark.color },
    areaStyle: { color: mark.color, opacity: AREA_OPACITY },
    emphasis: { disabled: true },
    data: points.filter(([x]) => x >= low && x <= high).map(([x, density]) => [x, density]),
  }
}

/** Columns that would be empty are left away. */
function tableOf(
  { posterior, variants, control }: PosteriorDensitiesOptions,
  style: NumberStyle,
): ChartTable {
  const names = namesOf(variants)
  const rows = variants.flatMap(({ key }) => {
    const found = entryOf(posterior.variants, key)
    if (found === undefined) return []
    const { value, probabilityBest, expectedLoss, comparison } = found
    return [
      [
        names.get(key) ?? key,
        formatValue(value.estimate, style),
        formatInterval(value.low, value.high, style),
        formatChance(probabilityBest),
        key === control ? NOTHING : formatChance(comparison?.chanceToBeatControl),
        // Digits beyond a hundredth of what is uncertain say nothing.
        formatOnAxis(expectedLoss, (value.high - value.low) / 100, styleOfDifference(style)),
      ],
    ]
  })
  return {
    columns: [
      'Variant',
      'Posterior mean',
      'Credible interval',
      'Chance to be best',
      'Chance to beat control',
      'Expected loss',
    ],
    rows,
  }
}

function summaryOf(
  { posterior, variants }: PosteriorDensitiesOptions,
  left: number,
  style: NumberStyle,
): string {
  const names = namesOf(variants)
  const known = variants.flatMap(({ key }) => {
    const found = entryOf(posterior.variants, key)
    if (found === undefined || !isNumber(found.value.estimate)) return []
    const name = shorten(names.get(key) ?? key, 40)
    const { estimate, low, high } = found.value
    const chance = formatChance(found.probabilityBest)
    return [`${name} ${formatValue(estimate, style)} in ${formatInterval(low, high, style)}, ${chance}`]
  })
  if (known.length === 0) return 'There is no posterior to show yet.'
  const named = known.slice(0, MOST_NAMED)
  const more = known.length - named.length
  if (more > 0) named.push(`and ${counted(more, 'more variant')}`)
  const cut = left > 0 ? ` Of the treatments, the six that are most likely the best are drawn.` : ''
  return `Posterior mean, credible interval and chance to be best: ${named.join('; ')}.${cut}`
}

function tooltipOf(
  drawn: readonly Density[],
  hovered: unknown,
  { posterior }: PosteriorDensitiesOptions,
  style: NumberStyle,
): string {
  const id = (hovered as { readonly seriesId?: unknown } | undefined)?.seriesId
  const found = drawn.find(({ variant }) => id === `line ${variant.key}`) ?? drawn[0]
  if (found === undefined) return ''
  const value = found.posterior?.value
  return tooltipHtml(
    found.name,
    [
      { name: 'Posterior mean', value: formatValue(value?.estimate, style) },
      { name: 'Credible interval', value: formatInterval(value?.low, value?.high, style) },
      { name: 'Chance to be best', value: formatChance(found.posterior?.probabilityBest) },
    ],
    [posterior.method],
  )
}
