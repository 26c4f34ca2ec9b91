import type { Evidence, HealthPart } from '../evidence.ts'
import { daysRun } from '../progress.ts'
import { daysInWords } from '../words.ts'

const DAYS_OF_WEEK = 7
/** What the days beyond whole weeks cost at most. */
const UNEVEN_COST = 0.2
/** An hour more or less than a whole week does not matter. */
const TOLERANCE_DAYS = 0.05

/**
 * Days that it has run over the shortest time after which something is concluded. From a week on, days beyond
 * whole weeks cost up to a fifth: some weekdays weigh more than others then, the less the longer it runs.
 *
 * Source: Kohavi, Tang & Xu 2020, chapter 2 (day-of-week effects).
 */
export function durationPart(evidence: Evidence): HealthPart | undefined {
  const { minimumDurationDays } = evidence.settings
  const days = daysRun(evidence)
  if (days === undefined || minimumDurationDays <= 0) return undefined
  const reached = Math.min(1, days / minimumDurationDays)
  const uneven = unevenShare(days)
  const message =
    reached < 1
      ? `It has run ${daysInWords(days)} of at least ${daysInWords(minimumDurationDays)}.`
      : `It has run ${daysInWords(days)}, at least ${daysInWords(minimumDurationDays)} as it should.`
  return {
    check: 'duration',
    score: reached * (1 - UNEVEN_COST * uneven),
    message: uneven > 0 ? `${message} These are no whole weeks: some weekdays weigh more.` : message,
  }
}

/** Share of the time that a whole number of weeks lacks or leaves over. */
function unevenShare(days: number): number {
  if (days < DAYS_OF_WEEK) return 0
  const beyond = days % DAYS_OF_WEEK
  const distance = Math.min(beyond, DAYS_OF_WEEK - beyond)
  return distance <= TOLERANCE_DAYS ? 0 : distance / days
}
