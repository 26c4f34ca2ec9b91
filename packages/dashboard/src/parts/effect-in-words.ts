import { type Reading, readingOf } from '@helios/charts'
import {
  formatCount,
  formatEstimate,
  formatPValue,
  isNumber,
  NOTHING,
  type NumberStyle,
  PERCENT,
  PLAIN,
  styleOfDifference,
} from '@helios/charts/format'
import type { ComputedComparison, Correction, VariantComparison } from '@helios/sdk'
import { adjustedInWords, whenToLook } from './method-words.ts'

export interface EffectQuestion {
  readonly comparison: VariantComparison
  /** Which way is better. */
  readonly direction: 'increase' | 'decrease'
  readonly scale: 'absolute' | 'relative'
  /** Style of the metric's values, of which absolute differences are made. */
  readonly style?: NumberStyle | undefined
  /** How many comparisons the p-value was adjusted for; it was not when absent. */
  readonly comparisons?: number | undefined
  /** How; by Holm when absent. */
  readonly correction?: Correction | undefined
}

export interface EffectInWords {
  readonly reading: Reading
  /** +3.1 % [1.2, 5.0], or a dash. */
  readonly text: string
  /** How it was obtained and what must hold; why there is nothing, when there is nothing. */
  readonly lines: readonly string[]
}

type Known = Extract<VariantComparison, { readonly status: 'ok' }>

/** An effect as a reader meets it, in one scale. */
export function effectInWords(question: EffectQuestion): EffectInWords {
  const { comparison, direction, scale, style = PLAIN } = question
  if (comparison.status !== 'ok') return nothing(comparison.message)
  const interval = comparison[scale]
  if ('status' in interval && interval.status !== 'ok') return nothing(interval.message)
  if (!isNumber(interval.estimate)) return nothing('The difference could not be computed.')
  const { pValueAdjusted, alpha } = comparison
  const isSignificant = isNumber(pValueAdjusted) && isNumber(alpha) && pValueAdjusted < alpha
  const reading = readingOf({ estimate: interval.estimate, direction, isSignificant })
  const shownAs = scale === 'relative' ? PERCENT : styleOfDifference(style)
  const text = formatEstimate(interval, shownAs)
  return { reading, text, lines: linesOf(comparison, question, text) }
}

function nothing(message: string): EffectInWords {
  return { reading: 'undecided', text: NOTHING, lines: [message] }
}

function linesOf(comparison: Known, question: EffectQuestion, text: string): string[] {
  const { scale, comparisons, correction = 'holm' } = question
  const { pValueAdjusted, pValue, assumptions } = comparison
  const relation = scale === 'relative' ? ', relative to the control' : ''
  return [
    `Difference from control ${text}, a ${confidenceOf(comparison)} interval${relation}.`,
    `Method: ${methodOf(comparison, scale)}. ${whenToLook(comparison)}.`,
    comparisons === undefined
      ? `${capital(formatPValue(pValue))}, not adjusted for the number of comparisons.`
      : `${capital(formatPValue(pValueAdjusted))}, ${adjustedInWords(correction, counted(comparisons))}; ${formatPValue(pValue)} by itself.`,
    ...(assumptions.length > 0 ? [`Holds if: ${assumptions.map(withoutStop).join('; ')}.`] : []),
  ]
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

function counted(comparisons: number): string {
  return `${formatCount(comparisons)} comparison${comparisons === 1 ? '' : 's'}`
}

function methodOf({ method, relative }: Known, scale: 'absolute' | 'relative'): string {
  return scale === 'relative' && relative.status === 'ok' ? `${method}; ${relative.method}` : method
}

/** 95 %, without digits that the level does not have. */
function confidenceOf({ alpha }: Pick<ComputedComparison, 'alpha'>): string {
  return isNumber(alpha) ? `${Number(((1 - alpha) * 100).toFixed(3))}\u202f%` : 'confidence'
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
