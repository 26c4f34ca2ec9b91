import { normalDensity, normalTails } from '../distributions/normal.ts'
import { gaussLegendre } from '../special/gauss-legendre.ts'
import type { CredibleInterval } from './effect-intervals.ts'
import { isNormal, type NormalDistribution } from './posterior.ts'

/**
 * What an interval of highest density says about a region of practical equivalence: it excludes the region
 * (`different`), lies within it (`equivalent`), or does neither (`undecided`).
 */
export type EquivalenceDecision = 'different' | 'equivalent' | 'undecided'

/**
 * The rule of the interval of highest density and the region of practical equivalence.
 *
 * @param interval usually of 95 %
 * @param region values that make no difference in practice, usually about 0
 * @returns undefined when an end is NaN or the region is empty
 *
 * Source: Kruschke 2018, doi:10.1177/2515245918771304.
 */
export function equivalenceDecision(
  interval: CredibleInterval,
  region: CredibleInterval,
): EquivalenceDecision | undefined {
  if (!(interval.low <= interval.high && region.low <= region.high)) return undefined
  if (interval.low > region.high || interval.high < region.low) return 'different'
  return interval.low >= region.low && interval.high <= region.high ? 'equivalent' : 'undecided'
}

/** Up to this many standard deviations an interval is integrated over; beyond, its tails differ enough. */
const NARROW = 1
const POINTS = 20

/**
 * P(low ≤ X ≤ high) of a normal variable, to full relative accuracy also for narrow intervals and far from the mean.
 *
 * @returns NaN outside the domain, 0 where low ≥ high
 */
export function normalProbabilityWithin(
  distribution: NormalDistribution,
  { low, high }: CredibleInterval,
): number {
  if (!isNormal(distribution) || Number.isNaN(low) || Number.isNaN(high)) return Number.NaN
  const { mean, standardDeviation } = distribution
  const from = (low - mean) / standardDeviation
  const to = (high - mean) / standardDeviation
  if (!(from < to)) return 0
  if (from > 0) return between(-to, -from, (high - low) / standardDeviation)
  return between(from, to, (high - low) / standardDeviation)
}

/** From a point whose lower tail is small, or that lies on the other side of 0. */
function between(from: number, to: number, width: number): number {
  if (width > NARROW) {
    if (to <= 0) return normalTails(to).lower - normalTails(from).lower
    return 1 - normalTails(from).lower - normalTails(to).upper
  }
  const { nodes, weights } = gaussLegendre(POINTS)
  let sum = 0
  for (let i = 0; i < POINTS; i++)
    sum += (weights[i] as number) * normalDensity(from + (width / 2) * (1 + (nodes[i] as number)))
  return (sum * width) / 2
}
