import type { EffectPoint, PowerPoint, PowerReport, SolvedPower } from '@helios/sdk'
import type { BuiltChart } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import { type CurvePoint, curveChart } from './curve-chart.ts'
import { formatChance, formatCount, formatDifference, type NumberStyle, PERCENT } from './format/index.ts'
import { emptyOption, plotHeight } from './frame.ts'
import { counted } from './names.ts'
import { extentOf, niceScale } from './scale.ts'
import { tooltipHtml } from './tooltip.ts'

export interface PowerByUnitsOptions {
  readonly report: PowerReport
  readonly theme: ChartTheme
}

export interface DetectableEffectOptions extends PowerByUnitsOptions {
  /** How effects are written: percent where they are relative. */
  readonly style: NumberStyle
}

/** Power by units per variant for the effect of the answer, which is marked, as is the power that is asked for. */
export function powerByUnits({ report, theme }: PowerByUnitsOptions): BuiltChart {
  const { answer, powerCurve, targetPower } = report
  const pointOf = (point: PowerPoint | SolvedPower): CurvePoint => ({
    x: point.unitsPerVariant,
    y: point.power,
    tooltip: tooltipOf(point, { name: 'Power', value: formatChance(point.power) }),
  })
  const curve = {
    points: powerCurve.map(pointOf),
    answer: pointOf(answer),
    across: 'Units per variant',
    style: PERCENT,
    vertical: { minimum: 0, maximum: 1, step: 0.2 },
    level: targetPower,
    theme,
  }
  const columns = ['Units per variant', ...(hasDays(powerCurve) ? ['Days'] : []), 'Power']
  const rows = powerCurve.map((point) => [
    formatCount(point.unitsPerVariant),
    ...daysCell(point),
    formatChance(point.power),
  ])
  const summary = `Power rises with the units: ${formatCount(answer.unitsPerVariant)} units per variant have ${formatChance(answer.power)}.`
  return curveChart(curve, { summary, table: { columns, rows } })
}

/** Smallest effect that is found, by the days that the experiment runs; by units per variant without traffic. */
export function detectableEffect({ report, style, theme }: DetectableEffectOptions): BuiltChart {
  const { answer, effectCurve } = report
  const sizeOf = (point: EffectPoint) => formatDifference(point.minimumDetectableEffect, style)
  const here = effectCurve.find(({ unitsPerVariant }) => unitsPerVariant === answer.unitsPerVariant)
  const marked = here ?? effectCurve.at(-1)
  const table = {
    columns: [...(hasDays(effectCurve) ? ['Days'] : []), 'Units per variant', 'Detectable effect'],
    rows: effectCurve.map((point) => [...daysCell(point), formatCount(point.unitsPerVariant), sizeOf(point)]),
  }
  if (marked === undefined) {
    const message = 'So few units find no effect that this metric could have'
    return { option: emptyOption(message, theme), height: plotHeight(theme), summary: `${message}.`, table }
  }
  const daysPerUnit = daysPerUnitOf(effectCurve)
  const pointOf = (point: EffectPoint): CurvePoint => ({
    x: point.unitsPerVariant * (daysPerUnit ?? 1),
    y: point.minimumDetectableEffect,
    tooltip: tooltipOf(point, { name: 'Detectable effect', value: sizeOf(point) }),
  })
  const effects = effectCurve.map(({ minimumDetectableEffect }) => minimumDetectableEffect)
  const [low, high] = extentOf([0, ...effects]) ?? [0, 1]
  const curve = {
    points: effectCurve.map(pointOf),
    answer: pointOf(marked),
    across: daysPerUnit !== undefined ? 'Days' : 'Units per variant',
    style,
    vertical: niceScale(low, high, 5),
    theme,
  }
  const when = marked.duration ? `, after ${counted(marked.duration.days, 'day')},` : ''
  const summary = `With ${formatCount(marked.unitsPerVariant)} units per variant${when} an effect of ${sizeOf(marked)} is found with ${formatChance(report.targetPower)} power.`
  return curveChart(curve, { summary, table })
}

/** By the last point: whole days of the first ones are too coarse for a curve. */
function daysPerUnitOf(points: readonly EffectPoint[]): number | undefined {
  const last = points.at(-1)
  return last?.duration === undefined ? undefined : last.duration.days / last.unitsPerVariant
}

function tooltipOf(
  point: MaybeTimed & { readonly unitsPerVariant: number },
  row: { readonly name: string; readonly value: string },
): string {
  const days = point.duration === undefined ? [] : [{ name: 'Days', value: formatCount(point.duration.days) }]
  return tooltipHtml(`${formatCount(point.unitsPerVariant)} units per variant`, [row, ...days])
}

interface MaybeTimed {
  readonly duration?: { readonly days: number }
}

function hasDays(points: readonly MaybeTimed[]): boolean {
  return points.some(({ duration }) => duration !== undefined)
}

function daysCell({ duration }: MaybeTimed): string[] {
  return duration === undefined ? [] : [formatCount(duration.days)]
}
