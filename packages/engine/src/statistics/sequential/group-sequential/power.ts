import { normalQuantile } from '../../distributions/normal-quantile.ts'
import { findRoot } from '../../special/find-root.ts'
import { exitProbabilities, type StoppingRule } from './exit-probabilities.ts'

/** Stopping at or above `upper` rejects; with two sides, so does stopping at or below `lower`. */
export interface PoweredRule {
  readonly rule: StoppingRule
  readonly sides: 1 | 2
}

/**
 * Probability that the test rejects at some look.
 *
 * @param drift expectation of Z at information 1
 * @returns NaN outside the domain
 */
export function rejectionProbability({ rule, sides }: PoweredRule, drift: number): number {
  const { upper, lower } = exitProbabilities(rule, drift)
  return sum(upper) + (sides === 2 ? sum(lower) : 0)
}

const FARTHEST_DRIFT = 200

/**
 * Drift ≥ 0 at which the test rejects upwards with a probability (a rejection on the wrong side is no success). The
 * effect that it can find is this times the standard error of the estimate at information 1.
 *
 * @param power above the error of the first kind upwards, and below 1
 * @returns NaN outside the domain
 */
export function driftForPower(rule: StoppingRule, power: number): number {
  if (!(power > 0 && power < 1)) return Number.NaN
  const last = Math.sqrt(rule.information.at(-1) ?? Number.NaN)
  return findRoot((drift) => sum(exitProbabilities(rule, drift).upper) - power, 0, FARTHEST_DRIFT / last)
}

/**
 * Information that the test needs at its last look for a power, over what a test with a single look needs.
 *
 * @param alpha of both sides together
 * @returns above 1; NaN outside the domain
 *
 * Source: Jennison & Turnbull 2000, section 2.3.2 (R(K, α, β)).
 */
export function inflationFactor(
  test: PoweredRule,
  { alpha, power }: { alpha: number; power: number },
): number {
  const last = test.rule.information.at(-1) ?? Number.NaN
  return last * (driftForPower(test.rule, power) / fixedDrift(alpha / test.sides, 1 - power)) ** 2
}

/** Drift that a test with a single look finds, but for the error on the wrong side. */
export function fixedDrift(alphaPerSide: number, beta: number): number {
  return -normalQuantile(alphaPerSide) - normalQuantile(beta)
}

/**
 * Information that the test uses on average, in the unit of the rule's information.
 *
 * Source: Jennison & Turnbull 2000, section 2.2.
 */
export function expectedInformation(rule: StoppingRule, drift: number): number {
  const { upper, lower, inner, never } = exitProbabilities(rule, drift)
  const last = rule.information.at(-1) ?? Number.NaN
  return rule.information.reduce(
    (total, information, look) =>
      total + information * ((upper[look] as number) + (lower[look] as number) + (inner[look] as number)),
    last * never,
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
