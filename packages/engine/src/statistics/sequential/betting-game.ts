import { plugIn, predictableBet } from './empirical-bernstein.ts'

/**
 * The game behind the betting confidence sequences: against every candidate mean m a gambler bets that outcomes lie
 * above it, another that they lie below. Each starts with half of the money; where either has made 1 / alpha of the
 * whole, m is no longer believed.
 *
 * Source: Waudby-Smith & Ramdas 2024, section 4.3 and theorem 3, doi:10.1093/jrsssb/qkad009 (arXiv:2010.09686).
 */

/** Share of the money that may be lost in one bet: c = ½, as in section 4.3. */
const LARGEST_LOSS = 1 / 2

/** What the next bet is made from: all of it known before the outcome. */
export interface BettingRecord {
  readonly alpha: number
  readonly units: number
  readonly sum: number
  /** Σ (xᵢ − mean at i)². */
  readonly squares: number
}

export function startRecord(alpha: number): BettingRecord {
  return { alpha, units: 0, sum: 0, squares: 0 }
}

/** The coming bet, before it is cut to what a candidate mean allows. */
export function nextBet(record: BettingRecord): number {
  return predictableBet(record, plugIn(record).variance)
}

export function addToRecord(record: BettingRecord, x: number): BettingRecord {
  const units = record.units + 1
  const sum = record.sum + x
  const { mean } = plugIn({ units, sum, squares: 0 })
  return { alpha: record.alpha, units, sum, squares: record.squares + (x - mean) ** 2 }
}

/** log of what one bet that x lies above m turns a unit of money into; falls with m. */
export function logGainAbove(x: number, m: number, bet: number): number {
  return Math.log1p(Math.min(bet, LARGEST_LOSS / m) * (x - m))
}

/** log of what one bet that x lies below m turns a unit of money into; grows with m. */
export function logGainBelow(x: number, m: number, bet: number): number {
  return logGainAbove(1 - x, 1 - m, bet)
}

/** log of the money at which a candidate is given up: half of it was staked on each side. */
export function logStakeThreshold(alpha: number): number {
  return Math.log(2 / alpha)
}
