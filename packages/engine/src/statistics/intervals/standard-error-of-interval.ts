import type { Interval } from './mover.ts'
import { criticalValue } from './proportion-intervals.ts'

/**
 * Standard error behind a symmetric normal interval, from its width: (high − low) / 2z. For results of which only the
 * interval is at hand; of a skewed interval it is the mean of what the two sides say.
 *
 * @param interval low ≤ high, both finite, or Infinity where one is not
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns Infinity for an interval without an end; NaN outside the domain
 *
 * Source: Higgins, Li & Deeks, Cochrane Handbook for Systematic Reviews of Interventions, section 6.3.1.
 */
export function standardErrorOfInterval({ low, high }: Interval, alpha: number): number {
  const width = high - low
  return width >= 0 ? width / (2 * criticalValue(alpha)) : Number.NaN
}
