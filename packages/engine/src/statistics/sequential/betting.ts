import type { Interval } from '../intervals/mover.ts'
import { findRoot } from '../special/find-root.ts'
import {
  addToRecord,
  type BettingRecord,
  logGainAbove,
  logGainBelow,
  logStakeThreshold,
  nextBet,
  startRecord,
} from './betting-game.ts'

export interface BoundedOutcomes {
  /** In the order in which they came. */
  readonly values: readonly number[]
  /** Lowest and highest value possible (not: seen), lowest < highest; 0 and 1 unless given. */
  readonly lowest?: number
  readonly highest?: number
}

export const NO_BOUNDED_INTERVAL: Interval = { low: Number.NaN, high: Number.NaN }

/**
 * Interval of the mean of bounded outcomes after the last of them, intersected over all times: hedged capital process
 * with predictable plug-in bets. Holds with confidence 1 − alpha at all times together and for any distribution between
 * the bounds, without approximation; needs the outcomes one by one, and time n · 100.
 *
 * The capital against m falls with m on one side and grows on the other, so does its maximum over time, and both ends
 * are found to the last digit. {@link addToBetting} does the same in a stream.
 *
 * @param alpha in (0, 1)
 * @returns NaN outside the domain, with a value out of bounds, and should the intersection become empty
 *
 * Source: Waudby-Smith & Ramdas 2024, theorem 3 and section 4.3, doi:10.1093/jrsssb/qkad009 (arXiv:2010.09686).
 */
export function bettingConfidenceInterval(outcomes: BoundedOutcomes, alpha: number): Interval {
  const { lowest = 0, highest = 1 } = outcomes
  const range = highest - lowest
  const isValid = alpha > 0 && alpha < 1 && range > 0 && range < Number.POSITIVE_INFINITY
  const scaled = outcomes.values.map((value) => (value - lowest) / range)
  if (!isValid || !scaled.every((x) => x >= 0 && x <= 1)) return NO_BOUNDED_INTERVAL
  const bets = betsOn(scaled, alpha)
  const low = lowerEnd(scaled, bets, alpha)
  const high =
    1 -
    lowerEnd(
      scaled.map((x) => 1 - x),
      bets,
      alpha,
    )
  return low <= high ? { low: lowest + range * low, high: lowest + range * high } : NO_BOUNDED_INTERVAL
}

/**
 * Natural logarithm of the evidence against a mean after the last outcome: the whole money of both gamblers, an e-value
 * at every time.
 *
 * @param mean strictly between the bounds
 * @param alpha in (0, 1): what the bets are tuned to
 * @returns NaN outside the domain
 */
export function logBettingEvidence(outcomes: BoundedOutcomes, mean: number, alpha: number): number {
  const { lowest = 0, highest = 1 } = outcomes
  const m = (mean - lowest) / (highest - lowest)
  const scaled = outcomes.values.map((value) => (value - lowest) / (highest - lowest))
  const isValid = alpha > 0 && alpha < 1 && highest > lowest && m > 0 && m < 1
  if (!isValid || !scaled.every((x) => x >= 0 && x <= 1)) return Number.NaN
  const bets = betsOn(scaled, alpha)
  let above = 0
  let below = 0
  for (const [i, x] of scaled.entries()) {
    above += logGainAbove(x, m, bets[i] as number)
    below += logGainBelow(x, m, bets[i] as number)
  }
  const larger = Math.max(above, below)
  return larger + Math.log((Math.exp(above - larger) + Math.exp(below - larger)) / 2)
}

function betsOn(values: readonly number[], alpha: number): number[] {
  let record: BettingRecord = startRecord(alpha)
  return values.map((x) => {
    const bet = nextBet(record)
    record = addToRecord(record, x)
    return bet
  })
}

/** Largest m against which the bets that outcomes lie above have ever made enough; 0 if none. */
function lowerEnd(values: readonly number[], bets: readonly number[], alpha: number): number {
  const threshold = logStakeThreshold(alpha)
  const excess = (m: number) => largestCapital(values, bets, m) - threshold
  return excess(Number.MIN_VALUE) < 0 ? 0 : findRoot(excess, Number.MIN_VALUE, 1)
}

/** The most that log capital has been up to the last outcome. */
function largestCapital(values: readonly number[], bets: readonly number[], m: number): number {
  let capital = 0
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    capital += logGainAbove(values[i] as number, m, bets[i] as number)
    if (capital > largest) largest = capital
  }
  return largest
}
