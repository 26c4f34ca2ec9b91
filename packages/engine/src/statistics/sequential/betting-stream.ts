import type { Interval } from '../intervals/mover.ts'
import { NO_BOUNDED_INTERVAL } from './betting.ts'
import {
  addToRecord,
  type BettingRecord,
  logGainAbove,
  logGainBelow,
  logStakeThreshold,
  nextBet,
  startRecord,
} from './betting-game.ts'

/** A betting confidence sequence that forgets the outcomes; start with {@link startBetting}. */
export interface BettingState {
  readonly lowest: number
  readonly highest: number
  readonly record: BettingRecord
  /** Candidate means, ascending, on the scale from 0 to 1; with the log capital of both sides against each. */
  readonly candidates: Float64Array
  readonly above: Float64Array
  readonly below: Float64Array
  /** Running interval, on the scale from 0 to 1. */
  readonly low: number
  readonly high: number
}

export interface BettingSettings {
  /** In (0, 1). */
  readonly alpha: number
  /** Bounds of the outcomes, 0 and 1 unless given. */
  readonly lowest?: number
  readonly highest?: number
  /** Candidate means that are followed, a whole number from 10; with 400 the interval is some 5 % wider than exact. */
  readonly candidates?: number
}

/** The candidates are renewed when no more than this share of them is still believed. */
const RENEW_BELOW = 1 / 2

/**
 * The state before the first outcome.
 *
 * @returns a state whose interval is NaN outside the domain
 */
export function startBetting(settings: BettingSettings): BettingState {
  const { alpha, lowest = 0, highest = 1, candidates = 400 } = settings
  const range = highest - lowest
  const isValid = alpha > 0 && alpha < 1 && range > 0 && range < Number.POSITIVE_INFINITY
  const size = isValid && candidates >= 10 ? Math.floor(candidates) : 0
  return {
    lowest,
    highest,
    record: startRecord(alpha),
    candidates: evenly(0, 1, size),
    above: new Float64Array(size),
    below: new Float64Array(size),
    low: size > 0 ? 0 : Number.NaN,
    high: size > 0 ? 1 : Number.NaN,
  }
}

/**
 * The state after one more outcome, in time proportional to the number of candidates; the state given is spent (its
 * arrays are used again).
 *
 * Between candidates the capital is taken from the neighbour that has made less. When half of the candidates are given
 * up, new ones are placed between the others and inherit that smaller capital. So the interval is never narrower than
 * that of {@link bettingConfidenceInterval}, and hardly wider.
 *
 * @param value within the bounds; one outside makes all that follows NaN
 *
 * Source: Waudby-Smith & Ramdas 2024, theorem 3, doi:10.1093/jrsssb/qkad009 (arXiv:2010.09686).
 */
export function addToBetting(state: BettingState, value: number): BettingState {
  const x = (value - state.lowest) / (state.highest - state.lowest)
  if (!(x >= 0 && x <= 1) || Number.isNaN(state.low)) return { ...state, low: Number.NaN, high: Number.NaN }
  const bet = nextBet(state.record)
  const { candidates, above, below } = state
  for (let i = 0; i < candidates.length; i++) {
    const m = candidates[i] as number
    above[i] = (above[i] as number) + logGainAbove(x, m, bet)
    below[i] = (below[i] as number) + logGainBelow(x, m, bet)
  }
  return renewed(narrowed({ ...state, record: addToRecord(state.record, x) }))
}

/** Interval of the mean at this time, intersected over all times before; the bounds at the start. */
export function bettingInterval({ lowest, highest, low, high }: BettingState): Interval {
  if (!(low <= high)) return NO_BOUNDED_INTERVAL
  const range = highest - lowest
  return { low: lowest + range * low, high: lowest + range * high }
}

/** The ends moved to the innermost candidates that are given up. */
function narrowed(state: BettingState): BettingState {
  const { candidates, above, below } = state
  const threshold = logStakeThreshold(state.record.alpha)
  let { low, high } = state
  for (let i = 0; i < candidates.length && (above[i] as number) >= threshold; i++) {
    low = Math.max(low, candidates[i] as number)
  }
  for (let i = candidates.length - 1; i >= 0 && (below[i] as number) >= threshold; i--) {
    high = Math.min(high, candidates[i] as number)
  }
  return { ...state, low, high }
}

function renewed(state: BettingState): BettingState {
  const { candidates: old, low, high } = state
  const size = old.length
  const believed = old.reduce((count, m) => (m > low && m < high ? count + 1 : count), 0)
  if (!(low < high) || believed > size * RENEW_BELOW) return state
  const candidates = evenly(low, high, size)
  const above = new Float64Array(size)
  const below = new Float64Array(size)
  let next = 0
  for (let i = 0; i < size; i++) {
    const m = candidates[i] as number
    while ((old[next] as number) < m) next++
    // Capital above falls with m, so it is at least that of the next candidate; capital below, that of the last.
    above[i] = state.above[next] as number
    below[i] = state.below[old[next] === m ? next : next - 1] as number
  }
  return { ...state, candidates, above, below }
}

/** Points from one end to the other, both among them. */
function evenly(low: number, high: number, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, i) =>
    i === points - 1 ? high : low + (high - low) * (i / (points - 1)),
  )
}
