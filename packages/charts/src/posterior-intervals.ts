import type { PosteriorAnalysis, VariantPosterior } from '@helios/sdk'
import { type BuiltChart, type ChartTable, entryOf, type NamedVariant } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import {
  formatChance,
  formatEstimate,
  isNumber,
  NOTHING,
  type NumberStyle,
  PERCENT,
  PLAIN,
} from './format/index.ts'
import { emptyOption, zeroLine } from './frame.ts'
import { type Mark, marksOf } from './marks.ts'
import { counted, namesOf, shorten } from './names.ts'
import { isNarrow, marksFor, type RowElement, type RowText, rowLayout, rowsOption } from './row-layout.ts'
import { extentOf, niceScale, type Scale, withinReach } from './scale.ts'
import { tooltipHtml } from './tooltip.ts'

export interface PosteriorIntervalsOptions {
  readonly posterior: PosteriorAnalysis
  readonly variants: readonly NamedVariant[]
  readonly control: string
  readonly scale: 'absolute' | 'relative'
  /** Which way is better. */
  readonly direction: 'increase' | 'decrease'
  /** Credible intervals hold 1 − alpha. */
  readonly alpha: number
  readonly theme: ChartTheme
  /** How absolute differences are written; plain numbers when absent. */
  readonly style?: NumberStyle
  /** Relative effects smaller than this do not matter: drawn as a zone around zero. */
  readonly practicalEquivalence?: number
}

type Against = NonNullable<VariantPosterior['comparison']>

interface Belief {
  readonly name: string
  readonly mark: Mark
  readonly found: VariantPosterior
  readonly against: Against
  readonly interval: Against['absolute'] | null
  readonly written: string
}

const MOST_NAMED = 3
const MOST_ROWS = 30
const BAR = 8
const DOT = 6
/** Of the box that marks are drawn in. */
const MARK_SIZE = 12
const BAR_OPACITY = 0.3
const ZONE_OPACITY = 0.5

/**
 * What is to be believed of each treatment's difference from the control after the data: posterior mean and
 * credible interval, one row per treatment, with the chance that it is better. Only what the posterior says is
 * drawn; no shape is made up between its bounds. Of more than thirty treatments, those that are most likely
 * better.
 */
export function posteriorIntervals(options: PosteriorIntervalsOptions): BuiltChart {
  const { theme, scale: kind, style = PLAIN } = options
  const shownAs = kind === 'relative' ? PERCENT : style
  const beliefs = beliefsOf(options, shownAs)
  const summary = summaryOf(beliefs, options.alpha)
  const table = tableOf(beliefs)
  const drawn = likeliest(beliefs.filter(({ interval }) => isNumber(interval?.estimate)))
  if (drawn.length === 0) {
    return { option: emptyOption('No posterior to show yet', theme), height: 120, summary, table }
  }
  const texts = drawn.map(textOf)
  const axisName = axisNameOf(options)
  const layout = rowLayout(texts, theme, axisName)
  const zone = kind === 'relative' ? (options.practicalEquivalence ?? 0) : 0
  const bounds = drawn.flatMap(({ interval }) => [interval?.low, interval?.high, interval?.estimate])
  const [low, high] = extentOf([0, -zone, zone, ...bounds]) ?? [-1, 1]
  const scale = low === high ? niceScale(-1, 1, marksFor(layout)) : niceScale(low, high, marksFor(layout))
  const option = rowsOption({
    rows: texts,
    layout,
    scale,
    style: shownAs,
    theme,
    axisName,
    zero: zeroLine('xAxis', theme),
    draw: (i, x, y) =>
      drawn[i] === undefined
        ? []
        : [
            ...drawZone(zone, { x, y, scale }, layout.rowHeight, theme),
            ...drawBelief(drawn[i], { x, y, scale }),
          ],
    tooltip: (i) => (drawn[i] === undefined ? '' : tooltipOf(drawn[i], options)),
  })
  return { option, height: layout.height, summary, table }
}

function beliefsOf(options: PosteriorIntervalsOptions, style: NumberStyle): readonly Belief[] {
  const { posterior, variants, control, scale, theme } = options
  const treatments = variants.filter(({ key }) => key !== control)
  const marks = marksOf(variants, treatments, control, theme)
  const names = namesOf(variants)
  return treatments.flatMap(({ key }): Belief[] => {
    const found = entryOf(posterior.variants, key)
    const mark = marks.get(key)
    const against = found?.comparison
    if (found === undefined || against === undefined || mark === undefined) return []
    const interval = against[scale]
    const written = interval === null ? NOTHING : formatEstimate(interval, style)
    return [{ name: names.get(key) ?? key, mark, found, against, interval, written }]
  })
}

function likeliest(beliefs: readonly Belief[]): readonly Belief[] {
  if (beliefs.length <= MOST_ROWS) return beliefs
  const chance = ({ against }: Belief) =>
    isNumber(against.chanceToBeatControl) ? against.chanceToBeatControl : 0
  const chosen = new Set(beliefs.toSorted((a, b) => chance(b) - chance(a)).slice(0, MOST_ROWS))
  return beliefs.filter((belief) => chosen.has(belief))
}

function textOf({ name, against, written }: Belief): RowText {
  return { label: name, detail: `${formatChance(against.chanceToBeatControl)} likely better`, value: written }
}

function axisNameOf({ scale, direction, alpha, theme }: PosteriorIntervalsOptions): string {
  const what = scale === 'relative' ? 'Relative difference from control' : 'Difference from control'
  const level = `${levelOf(alpha)} credible`
  const way = direction === 'increase' ? 'better →' : '← better'
  return isNarrow(theme) ? `${level} · ${way}` : `${what}, ${level} interval · ${way}`
}

function levelOf(alpha: number): string {
  return isNumber(alpha) ? `${Number(((1 - alpha) * 100).toFixed(2))}\u202f%` : ''
}

interface Place {
  readonly x: (value: number) => number
  readonly y: number
  readonly scale: Scale
}

/** Where effects do not matter, behind each row. */
function drawZone(zone: number, { x, y, scale }: Place, rowHeight: number, theme: ChartTheme): RowElement[] {
  if (!(zone > 0)) return []
  const [from, to] = [x(Math.max(-zone, scale.minimum)), x(Math.min(zone, scale.maximum))]
  const shape = { x: from, y: y - rowHeight / 2, width: to - from, height: rowHeight }
  return [{ type: 'rect', silent: true, shape, style: { fill: theme.line, opacity: ZONE_OPACITY } }]
}

function drawBelief({ interval, mark }: Belief, { x, y, scale }: Place): RowElement[] {
  if (interval === null) return []
  const { estimate, low, high } = interval
  const at = (value: number) => x(withinReach(value, scale))
  const ratio = (2 * DOT) / MARK_SIZE
  const dot: RowElement = {
    type: 'path',
    x: at(estimate) - DOT,
    y: y - DOT,
    scaleX: ratio,
    scaleY: ratio,
    shape: { pathData: mark.path },
    style: { fill: mark.color },
  }
  if (!isNumber(low) || !isNumber(high) || low > high) return [dot]
  const width = Math.max(1, at(high) - at(low))
  const shape = { x: at(low), y: y - BAR / 2, width, height: BAR, r: BAR / 2 }
  return [{ type: 'rect', shape, style: { fill: mark.color, opacity: BAR_OPACITY } }, dot]
}

function tooltipOf({ name, found, against, written }: Belief, options: PosteriorIntervalsOptions): string {
  const { chanceToBeatControl, chanceOfEquivalence } = against
  const rows = [
    { name: 'Posterior mean, credible interval', value: written },
    { name: 'Chance to beat control', value: formatChance(chanceToBeatControl) },
    { name: 'Chance to be best', value: formatChance(found.probabilityBest) },
    ...(isNumber(chanceOfEquivalence)
      ? [{ name: 'Chance that it does not matter', value: formatChance(chanceOfEquivalence) }]
      : []),
  ]
  return tooltipHtml(name, rows, [options.posterior.method])
}

function tableOf(beliefs: readonly Belief[]): ChartTable {
  return {
    columns: ['Variant', 'Difference from control', 'Chance to beat control', 'Chance to be best'],
    rows: beliefs.map(({ name, found, against, written }) => [
      name,
      written,
      formatChance(against.chanceToBeatControl),
      formatChance(found.probabilityBest),
    ]),
  }
}

function summaryOf(beliefs: readonly Belief[], alpha: number): string {
  if (beliefs.length === 0) return 'There is no posterior to show yet.'
  const named = beliefs
    .slice(0, MOST_NAMED)
    .map(
      ({ name, written, against }) =>
        `${shorten(name, 40)} ${written}, ${formatChance(against.chanceToBeatControl)} likely better`,
    )
  const more = beliefs.length - named.length
  if (more > 0) named.push(`and ${counted(more, 'more variant')}`)
  return `Posterior difference from control with ${levelOf(alpha)} credible intervals: ${named.join('; ')}.`
}
