import { isNumber, type MaybeNumber } from './format/index.ts'

/** What an effect means to somebody who knows which way is better. */
export type Reading = 'better' | 'worse' | 'undecided'

export const READING_WORDS: Readonly<Record<Reading, string>> = {
  better: 'better',
  worse: 'worse',
  undecided: 'not decided',
}

/** Better or worse only when the effect is significant; which of both depends on the metric's direction. */
export function readingOf(effect: {
  readonly estimate: MaybeNumber
  readonly direction: 'increase' | 'decrease'
  readonly isSignificant: boolean
}): Reading {
  const { estimate, direction, isSignificant } = effect
  if (!isSignificant || !isNumber(estimate) || estimate === 0) return 'undecided'
  return estimate > 0 === (direction === 'increase') ? 'better' : 'worse'
}
