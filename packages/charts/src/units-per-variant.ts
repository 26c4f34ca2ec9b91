import type { SampleRatio } from '@helios/sdk'
import { type BuiltChart, entryOf, type NamedVariant } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import {
  formatCount,
  formatOnAxis,
  formatPValue,
  isNumber,
  type MaybeNumber,
  NOTHING,
  PERCENT,
  PLAIN,
} from './format/index.ts'
import { emptyOption, zeroLine } from './frame.ts'
import { type Mark, marksOf } from './marks.ts'
import { counted, namesOf, shorten } from './names.ts'
import { marksFor, type RowElement, rowLayout, rowsOption } from './row-layout.ts'
import { extentOf, niceScale } from './scale.ts'
import { tooltipHtml } from './tooltip.ts'

export interface UnitsPerVariantOptions {
  readonly sampleRatio: SampleRatio
  readonly variants: readonly NamedVariant[]
  readonly theme: ChartTheme
  /** Key of the variant that is drawn in the control's grey. */
  readonly control?: string
  /** p-value below which the check fails; the engine's own when absent. */
  readonly alpha?: number
}

interface Count {
  readonly variant: NamedVariant
  readonly name: string
  readonly units: MaybeNumber
  readonly expected: MaybeNumber
  /** (units − expected) / expected. */
  readonly difference: MaybeNumber
  /** |units − expected| / √expected: the variant's part in the check. */
  readonly departure: number
}

const DEFAULT_ALPHA = 0.001
const MOST_ROWS = 30
const BAR = 14
/** Departures beyond this belong to those that make the check fail. */
const CONSPICUOUS = 2

/**
 * Units that each variant has, with a tick where the intended shares would have it. Differences are in the
 * colour of alarm only when the check of the sample ratio fails. Of more than thirty variants, those that
 * depart most.
 */
export function unitsPerVariant(options: UnitsPerVariantOptions): BuiltChart {
  const { sampleRatio, variants, theme, control, alpha = DEFAULT_ALPHA } = options
  const counts = countsOf(sampleRatio, variants)
  const isFailing = isNumber(sampleRatio.pValue) && sampleRatio.pValue < alpha
  const summary = summaryOf(counts, sampleRatio, isFailing)
  const table = {
    columns: ['Variant', 'Units', 'Expected', 'Difference'],
    rows: counts.map((count) => [
      count.name,
      formatCount(count.units),
      formatCount(count.expected),
      differenceInWords(count.difference),
    ]),
  }
  if (!counts.some(({ units }) => isNumber(units) && units > 0)) {
    return { option: emptyOption('No unit has met a variant yet', theme), height: 120, summary, table }
  }
  const shown = mostDeparting(counts)
  const marks = marksOf(
    variants,
    shown.map(({ variant }) => variant),
    control,
    theme,
  )
  const texts = shown.map((count) => ({
    label: count.name,
    value: `${formatCount(count.units)} (${differenceInWords(count.difference)})`,
    valueColor: isFailing && count.departure > CONSPICUOUS ? theme.bad : theme.text,
  }))
  const layout = rowLayout(texts, theme, undefined)
  const [, highest] = extentOf([0, ...shown.flatMap(({ units, expected }) => [units, expected])]) ?? [0, 1]
  const scale = niceScale(0, highest, Math.max(4, marksFor(layout)))
  const option = rowsOption({
    rows: texts,
    layout,
    scale,
    style: PLAIN,
    theme,
    zero: { ...zeroLine('xAxis', theme), lineStyle: { color: theme.muted, width: 1, type: 'solid' } },
    draw: (i, x, y) => {
      const count = shown[i]
      const mark = count === undefined ? undefined : marks.get(count.variant.key)
      return count === undefined || mark === undefined ? [] : drawCount(count, mark, x, y, theme)
    },
    tooltip: (i) => (shown[i] === undefined ? '' : tooltipOf(shown[i], sampleRatio)),
  })
  return { option, height: layout.height, summary, table }
}

/** Tenths of a percent: more would be noise. */
function differenceInWords(difference: MaybeNumber): string {
  const text = formatOnAxis(difference, 0.001, PERCENT)
  return isNumber(difference) && difference > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

function countsOf(sampleRatio: SampleRatio, variants: readonly NamedVariant[]): readonly Count[] {
  const names = namesOf(variants)
  return variants.map((variant) => {
    const units = entryOf(sampleRatio.counts, variant.key)
    const expected = entryOf(sampleRatio.expected, variant.key)
    const isKnown = isNumber(units) && isNumber(expected) && expected > 0
    return {
      variant,
      name: names.get(variant.key) ?? variant.key,
      units,
      expected,
      difference: isKnown ? (units - expected) / expected : undefined,
      departure: isKnown ? Math.abs(units - expected) / Math.sqrt(expected) : 0,
    }
  })
}

function mostDeparting(counts: readonly Count[]): readonly Count[] {
  if (counts.length <= MOST_ROWS) return counts
  const chosen = new Set(counts.toSorted((a, b) => b.departure - a.departure).slice(0, MOST_ROWS))
  return counts.filter((count) => chosen.has(count))
}

function drawCount(
  { units, expected }: Count,
  mark: Mark,
  x: (value: number) => number,
  y: number,
  theme: ChartTheme,
): RowElement[] {
  const elements: RowElement[] = []
  if (isNumber(units) && units > 0) {
    const shape = {
      x: x(0),
      y: y - BAR / 2,
      width: Math.max(1, x(units) - x(0)),
      height: BAR,
      r: [0, 3, 3, 0],
    }
    elements.push({ type: 'rect', shape, style: { fill: mark.color } })
  }
  if (isNumber(expected) && expected >= 0) {
    const at = x(expected)
    const shape = { x1: at, x2: at, y1: y - BAR / 2 - 4, y2: y + BAR / 2 + 4 }
    // The halo keeps the tick apart from a bar of nearly its colour.
    elements.push(
      { type: 'line', shape, style: { stroke: theme.surface, lineWidth: 5 } },
      { type: 'line', shape, style: { stroke: theme.text, lineWidth: 2 } },
    )
  }
  return elements
}

function tooltipOf({ variant, units, expected, difference }: Count, sampleRatio: SampleRatio): string {
  return tooltipHtml(
    variant.name,
    [
      { name: 'Units', value: formatCount(units) },
      { name: 'Expected', value: formatCount(expected) },
      { name: 'Difference', value: differenceInWords(difference) },
    ],
    [`All variants: Pearson’s chi-square against the intended shares, ${formatPValue(sampleRatio.pValue)}.`],
  )
}

function summaryOf(counts: readonly Count[], { pValue }: SampleRatio, isFailing: boolean): string {
  const named = counts
    .slice(0, 3)
    .map(
      ({ name, units, difference }) =>
        `${shorten(name, 40)} ${formatCount(units)} (${differenceInWords(difference)})`,
    )
  const more = counts.length - named.length
  if (more > 0) named.push(`and ${counted(more, 'more variant')}`)
  const check = !isNumber(pValue)
    ? 'Their number could not be checked.'
    : isFailing
      ? `The sizes do not fit the intended shares (${formatPValue(pValue)}).`
      : `The sizes fit the intended shares (${formatPValue(pValue)}).`
  const cut =
    more > 0 && counts.length > MOST_ROWS ? ` Drawn are the ${MOST_ROWS} variants that depart most.` : ''
  return `Units and their difference from what was expected: ${named.join('; ') || NOTHING}. ${check}${cut}`
}
