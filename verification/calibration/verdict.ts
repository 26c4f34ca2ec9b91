import { isJudged } from './band.ts'
import { limitOf } from './known-limits.ts'
import type { Measurement, Question, Row } from './row.ts'

/**
 * How many standard errors of the simulation a share may lie outside of its band before it counts as wrong: an honest
 * method at the very edge does so once in 30,000 rows.
 */
export const STANDARD_ERRORS = 4

/** Numbers that were computed without chance are rounded all the same. */
const ROUNDING = 1e-9

export function judged(question: Question, measurement: Measurement): Row {
  const row = { ...question, ...measurement }
  if (!isJudged(question.band)) return { ...row, verdict: 'NOT JUDGED' }
  if (liesIn(question.band, measurement, 0)) return { ...row, verdict: 'OK' }
  // What is known to lie outside is not excused as an error of the simulation.
  const limit = limitOf(question)
  if (limit && liesIn(limit, measurement, STANDARD_ERRORS))
    return { ...row, verdict: 'KNOWN LIMIT', reason: limit.reason }
  return { ...row, verdict: liesIn(question.band, measurement, STANDARD_ERRORS) ? 'OK' : 'NOT OK' }
}

function liesIn(
  { low, high }: { readonly low: number; readonly high: number },
  { value, standardError }: Measurement,
  standardErrors: number,
): boolean {
  const slack = standardErrors * standardError + ROUNDING
  return value >= low - slack && value <= high + slack
}
