import type { Random } from '../../../packages/engine/src/random.ts'
import { betaVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'

/** Expected successes below which counting up from 0 is quick. */
const FEW = 12

/**
 * A draw from the binomial distribution, exact, in time that grows with the logarithm of the trials.
 *
 * Many trials are halved: the k-th smallest of n uniform numbers has a beta distribution, and given it so many lie on
 * either side. Few expected successes are counted up along the distribution.
 *
 * Source: Ahrens & Dieter 1974, Computing 12:223–246, doi:10.1007/BF02293108.
 */
export function binomialVariate(random: Random, trials: number, rate: number): number {
  if (rate > 0.5) return trials - binomialVariate(random, trials, 1 - rate)
  let [left, p, successes] = [trials, rate, 0]
  while (left * p > FEW && left * (1 - p) > FEW) {
    const rank = 1 + Math.floor(left * p)
    const threshold = betaVariate(random, rank, left + 1 - rank)
    if (threshold <= p) {
      successes += rank
      left -= rank
      p = (p - threshold) / (1 - threshold)
    } else {
      left = rank - 1
      p /= threshold
    }
  }
  if (p > 0.5) return successes + left - countedUp(random, left, 1 - p)
  return successes + countedUp(random, left, p)
}

function countedUp(random: Random, trials: number, rate: number): number {
  if (trials === 0 || rate <= 0) return 0
  const odds = rate / (1 - rate)
  let probability = (1 - rate) ** trials
  let u = random.next()
  let successes = 0
  while (u >= probability && successes < trials) {
    u -= probability
    probability *= (odds * (trials - successes)) / (successes + 1)
    successes++
  }
  return successes
}
