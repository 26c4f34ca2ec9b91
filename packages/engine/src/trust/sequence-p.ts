import { mixtureSequentialTest } from '../statistics/sequential/mixture-sprt.ts'
import { mixtureRadius } from '../statistics/sequential/normal-mixture.ts'
import { plannedRadius, plannedSequence } from '../statistics/sequential/planned-sequence.ts'
import { findRoot } from '../statistics/special/find-root.ts'
import type { Compared } from './evidence.ts'

/** log₁₀ p of the comparison and of a sequence that is to be the same agree to this, relatively above 1. */
const AGREEMENT = 1e-6
/** Critical values agree to this, relatively. */
const TOLERANCE = 1e-9
/** Logarithms of units over planned units that are thinkable. */
const EARLIEST = -25
const LATEST = 60
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Always-valid p-value against another null value than the comparison's own, by the same confidence sequence. How far the
 * plan was, which is all the sequence depends on, is known again by the comparison's critical value (half its absolute
 * interval in standard errors): one time before and one after that at which the sequence is narrowest; the comparison's
 * own p-value tells which. Where it does not, because it is 1, the larger p counts.
 *
 * @param z of the estimate against the other null value, in standard errors
 * @returns NaN where the comparison is not from this sequence
 */
export function plannedSequenceP(z: number, comparison: Compared): number {
  const { absolute, standardError, alpha, log10PValue } = comparison
  const answer = (statistic: number, time: number) =>
    plannedSequence({ estimate: statistic, standardError: 1, units: time }, { alpha, plannedUnits: 1 })
  const own = absolute.estimate / standardError
  const times = timesWith(criticalValueOf(comparison), alpha).filter((time) => {
    const difference = Math.abs(answer(own, time).log10PValue - log10PValue)
    return difference <= AGREEMENT * Math.max(1, -log10PValue)
  })
  const pValues = times.map((time) => answer(z, time).pValue)
  return pValues.length > 0 ? Math.max(...pValues) : Number.NaN
}

/** Standard errors from the estimate to the end of its absolute interval. */
export function criticalValueOf({ absolute, standardError }: Compared): number {
  return (absolute.high - absolute.low) / 2 / standardError
}

/** Units over planned units at which the sequence has a critical value: none, one or two. */
function timesWith(criticalValue: number, alpha: number): number[] {
  const excess = (logTime: number) => plannedRadius(Math.exp(logTime), alpha) - criticalValue
  const middle = narrowest(alpha)
  if (Math.abs(excess(middle)) <= TOLERANCE * criticalValue) return [Math.exp(middle)]
  const sides = [
    [EARLIEST, middle],
    [middle, LATEST],
  ] as const
  return sides
    .filter(([from, to]) => excess(from) * excess(to) < 0)
    .map(([from, to]) => Math.exp(findRoot(excess, from, to)))
}

/** The same for all comparisons of an analysis. */
let lastNarrowest = { alpha: Number.NaN, logTime: Number.NaN }

/** Logarithm of the time at which the sequence is narrowest, near the planned sample, by golden section. */
function narrowest(alpha: number): number {
  if (lastNarrowest.alpha === alpha) return lastNarrowest.logTime
  const radius = (logTime: number) => plannedRadius(Math.exp(logTime), alpha)
  let [low, high] = [-1, 1]
  for (let step = 0; step < 40; step++) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)]
    if (radius(left) < radius(right)) high = right
    else low = left
  }
  lastNarrowest = { alpha, logTime: (low + high) / 2 }
  return lastNarrowest.logTime
}

/**
 * The same for the mixture sequential probability ratio test of a relative effect, whose expected size is known.
 *
 * @param distance of the estimate from the other null value
 * @param half width of the relative interval
 * @param deviation expected beforehand, τ
 */
export function mixtureTestP(distance: number, half: number, deviation: number, alpha: number): number {
  const width = (log: number) => {
    const standardError = Math.exp(log)
    return standardError * mixtureRadius((deviation / standardError) ** 2, alpha) - half
  }
  // The critical value is more than 1 for every alpha up to 1/2.
  const standardError = Math.exp(findRoot(width, Math.log(half) - 50, Math.log(half)))
  const test = { estimate: distance, standardError, mixtureVariance: deviation * deviation, alpha }
  return mixtureSequentialTest(test).pValue
}
