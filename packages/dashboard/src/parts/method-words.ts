import type { AnalysisSettings, ComputedComparison, Correction, InferenceMethod } from '@helios/sdk'

export interface MethodWords {
  readonly name: string
  /** When the numbers may be read, in half a line. */
  readonly when: string
  /** What it is and what it costs, for somebody who chooses. */
  readonly explanation: string
}

/** Methods in the order in which they are offered. */
export const METHODS: Readonly<Record<InferenceMethod, MethodWords>> = {
  'always-valid': {
    name: 'Always valid',
    when: 'look whenever you like',
    explanation:
      'Look as often as you like, and stop whenever you like: intervals are confidence sequences, which hold at all moments together. They are wider for it than those of a single look.',
  },
  'group-sequential': {
    name: 'Group sequential',
    when: 'a few planned looks',
    explanation:
      'A few looks planned beforehand, at equal shares of the minimum sample. Narrower intervals than always valid; between looks nothing new is read. It also tells when going on is hopeless.',
  },
  'mixture-sprt': {
    name: 'Mixture SPRT',
    when: 'look whenever you like',
    explanation:
      'Look as often as you like, by the mixture sequential probability ratio test, tuned to effects of the size that you expect beforehand.',
  },
  'fixed-horizon': {
    name: 'Fixed horizon',
    when: 'look once',
    explanation:
      'Look once, when the minimum sample is there. The narrowest intervals; whoever looks earlier and stops at a difference finds differences that are not there.',
  },
}

/** The method of one comparison: always valid: look whenever you like; look 3 of 5. */
export function whenToLook({ inference, look }: Pick<ComputedComparison, 'inference' | 'look'>): string {
  const words = Object.hasOwn(METHODS, inference) ? METHODS[inference] : undefined
  if (words === undefined) return inference
  return look === undefined
    ? `${words.name}: ${words.when}`
    : `${words.name}: look ${look.number} of ${look.of}`
}

export interface CorrectionWords {
  readonly name: string
  /** What is kept small. */
  readonly controls: string
}

/** Corrections in the order in which they are offered. */
export const CORRECTIONS: Readonly<Record<Correction, CorrectionWords>> = {
  holm: { name: 'Holm', controls: 'the chance of any false alarm; works always' },
  bonferroni: { name: 'Bonferroni', controls: 'the chance of any false alarm; simplest, and strictest' },
  hochberg: { name: 'Hochberg', controls: 'the chance of any false alarm; for metrics that move together' },
  dunnett: { name: 'Dunnett', controls: 'the chance of any false alarm; for variants against one control' },
  'benjamini-hochberg': {
    name: 'Benjamini–Hochberg',
    controls: 'the share of false ones among the alarms; for many metrics',
  },
  'benjamini-yekutieli': {
    name: 'Benjamini–Yekutieli',
    controls: 'the share of false ones among the alarms, whatever depends on what',
  },
  none: { name: 'None', controls: 'nothing: each comparison has the whole error rate for itself' },
}

/** adjusted by Holm for 3 comparisons; not adjusted. */
export function adjustedInWords(correction: Correction, comparisons: string): string {
  if (correction === 'none') return `not adjusted for the number of comparisons`
  return `adjusted by ${nameOfCorrection(correction)} for ${comparisons}`
}

export function nameOfCorrection(correction: Correction): string {
  return Object.hasOwn(CORRECTIONS, correction) ? CORRECTIONS[correction].name : correction
}

export const SPENDING: Readonly<Record<AnalysisSettings['spending'], string>> = {
  'obrien-fleming': 'O’Brien–Fleming: mostly at the last',
  pocock: 'Pocock: evenly over the looks',
}
