import {
  formatChance,
  formatCount,
  formatDifference,
  formatValue,
  type NumberStyle,
  PERCENT,
  PLAIN,
} from '@helios/charts/format'
import type { SolvedPower } from '@helios/sdk'
import { formatShare } from '../../parts/forms/format-share.ts'
import { isShare, type PowerDraft } from './power-draft.ts'

/** How effects of a question are written. */
export function effectStyle({ effectScale, kind }: Pick<PowerDraft, 'effectScale' | 'kind'>): NumberStyle {
  if (effectScale === 'relative') return PERCENT
  return isShare({ kind }) ? { kind: 'points' } : PLAIN
}

/** An effect, without zeros that say nothing: +10 %. */
export function effectText(effect: number, style: NumberStyle): string {
  return formatDifference(effect, style).replace(/\.0+(?!\d)|(\.\d*?[1-9])0+(?!\d)/, '$1')
}

/** The number that was asked for, and what stands after it. */
export interface Headline {
  readonly figure: string
  readonly unit: string
  readonly rest: string
}

/** The answer in a few words. */
export function headlineOf(draft: PowerDraft, answer: SolvedPower): Headline {
  const units = `${formatCount(answer.units)} in all`
  const effect = effectText(answer.minimumDetectableEffect, effectStyle(draft))
  switch (answer.solvedFor) {
    case 'unitsPerVariant':
      return {
        figure: formatCount(answer.unitsPerVariant),
        unit: answer.controlUnits === answer.unitsPerVariant ? 'units per variant' : 'units per treatment',
        rest: `${controlOf(answer)}${units}, ${durationOf(answer)}to find ${effectInWords(draft, answer)} with ${formatShare(draft.powerPercent === '' ? answer.power : draft.powerPercent / 100)} power.`,
      }
    case 'minimumDetectableEffect':
      return {
        figure: effect,
        unit: 'can be found',
        rest: `${fromTo(draft, answer)}with ${formatCount(answer.unitsPerVariant)} units per variant, ${units}, ${durationOf(answer)}and ${formatChance(answer.power)} power.`,
      }
    case 'power':
      return {
        figure: formatChance(answer.power),
        unit: 'power',
        rest: `to find ${effectInWords(draft, answer)} with ${formatCount(answer.unitsPerVariant)} units per variant, ${units}${answer.duration ? `, ${durationOf(answer).replace(/, $/, '')}` : ''}.`,
      }
  }
}

function effectInWords(draft: PowerDraft, answer: SolvedPower): string {
  const effect = effectText(answer.minimumDetectableEffect, effectStyle(draft))
  if (draft.hypothesis === 'equivalence') return `a difference within ± ${effect.replace(/^[+−]/, '')}`
  if (draft.hypothesis === 'non-inferiority') return `that nothing is lost beyond ${effect}`
  return `${effect} ${fromTo(draft, answer)}`.trim()
}

function valueText(value: number, style: NumberStyle): string {
  return style === PERCENT ? formatShare(value) : formatValue(value, style)
}

function fromTo(draft: PowerDraft, { baseline, effect }: SolvedPower): string {
  if (draft.hypothesis !== 'difference') return ''
  const style = isShare(draft) ? PERCENT : PLAIN
  return `(${valueText(baseline, style)} to ${valueText(baseline + effect.absolute, style)}) `
}

function controlOf({ controlUnits, unitsPerVariant }: SolvedPower): string {
  return controlUnits === unitsPerVariant ? '' : `${formatCount(controlUnits)} in the control, `
}

function durationOf({ duration }: SolvedPower): string {
  if (duration === undefined) return ''
  const days = duration.days === 1 ? '1 day' : `${formatCount(duration.days)} days`
  const weeks = duration.weeks === 1 ? 'a whole week' : `${formatCount(duration.weeks)} whole weeks`
  return `${days} (better ${weeks}), `
}

/** What looking more than once costs and saves, and what clusters cost. */
export function costsOf({
  inflation,
  expectedUnitsPerVariant,
  designEffect,
  clustersPerVariant,
}: SolvedPower): string[] {
  const costs: string[] = []
  if (inflation !== 1)
    costs.push(
      `Looking more than once takes ${formatShare(inflation - 1)} more units than a single look; if the effect is real the test stops after ${formatCount(Math.ceil(expectedUnitsPerVariant))} units per variant on average.`,
    )
  if (clustersPerVariant !== undefined)
    costs.push(
      `These are ${formatCount(clustersPerVariant)} clusters per variant; in clusters it takes ${designEffect.toFixed(2)} times the units.`,
    )
  return costs
}
