import { findRoot } from '../special/find-root.ts'
import type { Interval } from './mover.ts'
import {
  type BinarySample,
  criticalValue,
  isBinarySample,
  NO_INTERVAL,
  proportionDifference,
} from './proportion-intervals.ts'

/**
 * Miettinen and Nurminen's score interval of a difference of proportions, treatment − control: all differences
 * that {@link miettinenNurminenStatistic} does not reject. Keeps within [−1, 1], and holds about as often as it
 * says also with few successes.
 *
 * @param control, treatment see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Miettinen & Nurminen 1985, doi:10.1002/sim.4780040211.
 */
export function miettinenNurminenInterval(
  control: BinarySample,
  treatment: BinarySample,
  alpha: number,
): Interval {
  const z = criticalValue(alpha)
  if (!isBinarySample(control) || !isBinarySample(treatment) || Number.isNaN(z)) return NO_INTERVAL
  const estimate = proportionDifference(control, treatment)
  // Bounded and monotone in the statistic, which itself is infinite at the ends ∓1.
  const excess = (difference: number) => {
    if (difference === estimate) return -Math.SQRT1_2
    const distance = Math.abs(estimate - difference)
    const margin = z * Math.sqrt(constrainedVariance(control, treatment, difference))
    return distance / Math.hypot(distance, margin) - Math.SQRT1_2
  }
  return {
    low: estimate <= -1 ? -1 : findRoot(excess, -1, estimate),
    high: estimate >= 1 ? 1 : findRoot(excess, estimate, 1),
  }
}

/**
 * Statistic of Miettinen and Nurminen's test that the difference of two proportions, treatment − control, is a
 * given one: its standard error comes from the rates that are likeliest under that difference, with divisor N − 1.
 * Standard normal in large samples.
 *
 * @param control, treatment see {@link BinarySample}
 * @param difference in (−1, 1)
 * @returns NaN outside the domain, and where the likeliest rates do not vary (nobody or everybody succeeds)
 *
 * Source: Miettinen & Nurminen 1985, doi:10.1002/sim.4780040211.
 */
export function miettinenNurminenStatistic(
  control: BinarySample,
  treatment: BinarySample,
  difference = 0,
): number {
  if (!isBinarySample(control) || !isBinarySample(treatment)) return Number.NaN
  if (!(Math.abs(difference) < 1)) return Number.NaN
  const variance = constrainedVariance(control, treatment, difference)
  if (!(variance > 0)) return Number.NaN
  return (proportionDifference(control, treatment) - difference) / Math.sqrt(variance)
}

/** Variance of the observed difference under the likeliest rates that differ by `difference`. */
function constrainedVariance(control: BinarySample, treatment: BinarySample, difference: number): number {
  const trials = control.trials + treatment.trials
  const { lower, upper, lowerRate } =
    difference < 0
      ? likeliestRate(treatment, control, -difference)
      : likeliestRate(control, treatment, difference)
  const gap = Math.abs(difference)
  const upperRate = lowerRate + gap
  // 1 − gap is exact where it matters, near 1 (Sterbenz); 1 − upperRate would not be.
  const upperRest = Math.max(0, 1 - gap - lowerRate)
  const sum = (lowerRate * (1 - lowerRate)) / lower.trials + (upperRate * upperRest) / upper.trials
  return (sum * trials) / (trials - 1)
}

interface Likeliest {
  readonly lower: BinarySample
  readonly upper: BinarySample
  /** Rate of the sample with the lower rate. */
  readonly lowerRate: number
}

/**
 * The rate u of `low` that is likeliest where that of `high` is u + gap. Counts the rarer outcome as the success,
 * so that u keeps its digits; what then is the lower sample may change, and is part of the answer.
 */
function likeliestRate(low: BinarySample, high: BinarySample, gap: number): Likeliest {
  const successes = low.successes + high.successes
  const isCommon = 2 * successes > low.trials + high.trials
  const [lower, upper] = isCommon ? [failuresOf(high), failuresOf(low)] : [low, high]
  return { lower, upper, lowerRate: solveLikelihood(lower, upper, gap) }
}

/**
 * The score x₀/u − (n₀ − x₀)/(1 − u) + x₁/v − (n₁ − x₁)/(1 − v), v = u + gap, falls in u. It is multiplied by its
 * denominators, as far as they occur, to have no poles; its root lies between the roots of its two halves.
 */
function solveLikelihood(lower: BinarySample, upper: BinarySample, gap: number): number {
  const { successes: x, trials: n } = lower
  const { successes: y, trials: m } = upper
  if (gap === 0) return (x + y) / (n + m)
  const room = 1 - gap
  const score = (u: number) => {
    const v = u + gap
    const rest = room - u
    const first = (x > 0 ? x - n * u : -n) * v * (y < m ? rest : 1)
    const second = (y < m ? y - m * v : m) * (x > 0 ? u : 1) * (1 - u)
    return first + second
  }
  const within = (u: number) => Math.min(room, Math.max(0, u))
  const [one, other] = [within(x / n), within(y / m - gap)]
  const [from, to] = [Math.min(one, other), Math.max(one, other)]
  if (score(from) <= 0) return from
  if (score(to) >= 0) return to
  return findRoot(score, from, to)
}

function failuresOf({ successes, trials }: BinarySample): BinarySample {
  return { successes: trials - successes, trials }
}
