import type { Interval } from '../../intervals/mover.ts'
import { findRoot } from '../../special/find-root.ts'
import { exitProbabilities, type StoppingRule } from './exit-probabilities.ts'

/** A group-sequential test that has stopped, or has come to its last look. */
export interface StoppedTest {
  /** The rule up to the look at least; the bounds at the look itself do not matter. */
  readonly rule: Pick<StoppingRule, 'information' | 'upper' | 'lower'>
  /** At which look it stopped; the first is 0. */
  readonly look: number
  /** z at that look. */
  readonly z: number
}

/**
 * P-value of a stopped test in the stage-wise order: outcomes are the more extreme, the earlier the test stopped on that
 * side, and at the same look the larger z. For a test that has stopped; at a look at which it goes on it is not valid.
 *
 * @param sides 1: against effects above 0
 * @returns NaN outside the domain
 *
 * Source: Fairbanks & Madsen 1982, doi:10.1093/biomet/69.1.69; Jennison & Turnbull 2000, section 8.4.
 */
export function stageWisePValue(test: StoppedTest, sides: 1 | 2): number {
  const above = tailAbove(test, 0)
  return sides === 1 ? above : Math.min(1, 2 * Math.min(above, tailBelow(test, 0)))
}

export interface StageWiseEstimate extends Interval {
  /** Median-unbiased. */
  readonly estimate: number
}

/**
 * Interval and median-unbiased estimate of a stopped test, in the stage-wise order. Unlike the plain ones they allow
 * for stopping when the effect looked large.
 *
 * @param standardError of the plain estimate at the look, > 0; z is that estimate over it
 * @param alpha in (0, 1), of both sides
 * @returns in the unit of the standard error; NaN outside the domain
 *
 * Source: Tsiatis, Rosner & Mehta 1984, Biometrics 40; Jennison & Turnbull 2000, section 8.5.
 */
export function stageWiseInterval(
  test: StoppedTest,
  standardError: number,
  alpha: number,
): StageWiseEstimate {
  const effect = standardError * Math.sqrt(test.rule.information[test.look] ?? Number.NaN)
  if (!(alpha > 0 && alpha < 1 && standardError > 0))
    return { low: Number.NaN, high: Number.NaN, estimate: Number.NaN }
  return {
    low: effect * driftAt(test, (drift) => Math.log(tailAbove(test, drift) / (alpha / 2))),
    high: effect * driftAt(test, (drift) => -Math.log(tailBelow(test, drift) / (alpha / 2))),
    estimate: effect * driftAt(test, (drift) => tailAbove(test, drift) - tailBelow(test, drift)),
  }
}

/** Most that the ends of an interval may lie from the plain estimate, as a power of two of its standard errors. */
const MOST_DOUBLINGS = 6

/** Drift at which a function that grows with it is 0. */
function driftAt({ rule, look, z }: StoppedTest, f: (drift: number) => number): number {
  const root = Math.sqrt(rule.information[look] ?? Number.NaN)
  let reach = 4
  for (let i = 0; i < MOST_DOUBLINGS; i++) {
    const [low, high] = [(z - reach) / root, (z + reach) / root]
    if (f(low) < 0 && f(high) > 0) return findRoot(f, low, high, 1e-14)
    reach *= 2
  }
  return Number.NaN
}

/** P(stopped above at an earlier look, or came to this one and Z ≥ z). */
function tailAbove({ rule, look, z }: StoppedTest, drift: number): number {
  const { information, upper, lower } = rule
  const toHere = {
    information: information.slice(0, look + 1),
    upper: [...upper.slice(0, look), z],
    lower: [...(lower ?? upper.map(() => Number.NEGATIVE_INFINITY)).slice(0, look), Number.NEGATIVE_INFINITY],
  }
  if (!(look >= 0 && look < information.length)) return Number.NaN
  return exitProbabilities(toHere, drift).upper.reduce((sum, exit) => sum + exit, 0)
}

function tailBelow({ rule, look, z }: StoppedTest, drift: number): number {
  const { information, upper, lower } = rule
  const turned = {
    information,
    upper: (lower ?? upper.map(() => Number.NEGATIVE_INFINITY)).map((bound) => -bound),
    lower: upper.map((bound) => -bound),
  }
  return tailAbove({ rule: turned, look, z: -z }, -drift)
}
