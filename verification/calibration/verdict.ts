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
  if (lies(measurement, question.band)) return { ...row, verdict: 'OK' }
  const limit = limitOf(question)
  if (limit && lies(measurement, limit)) return { ...row, verdict: 'KNOWN LIMIT', reason: limit.reason }
  return { ...row, verdict: 'NOT OK' }
}

function lies(
  { value, standardError }: Measurement,
  { low, high }: { readonly low: number; readonly high: number },
): boolean {
  const slack = STANDARD_ERRORS * standardError + ROUNDING
  return value >= low - slack && value <= high + slack
}
