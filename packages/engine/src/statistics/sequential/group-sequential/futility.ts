import { findRoot } from '../../special/find-root.ts'
import {
  type GroupSequentialTest,
  mirroredBoundaries,
  singleLookBoundaries,
  spentBoundaries,
} from './boundaries.ts'
import { afterLook, isInformation, type StoppingRule } from './exit-probabilities.ts'
import { fixedDrift } from './power.ts'
import {
  continued,
  exceedance,
  massOf,
  mirrored,
  type ScoreDensity,
  startDensity,
  upperBoundary,
} from './score-density.ts'
import { errorSpentAtEach, type Spending } from './spending.ts'

/** A group-sequential test that also stops where it is hopeless; its last information must be 1. */
export interface FutilityTest extends GroupSequentialTest {
  /** Error of the second kind in (0, 1 − alpha) at the effect that the test is planned for. */
  readonly beta: number
  readonly betaSpending: Spending
  /**
   * Whether the test must stop below its futility boundaries. Then the efficacy boundaries are lower; if it goes on
   * nevertheless, alpha no longer holds. Not binding is the safe choice.
   */
  readonly isBinding: boolean
}

export interface FutilityBoundaries {
  /** Drift (expectation of Z at the end) that the test is planned for, and finds with probability 1 − beta. */
  readonly drift: number
  /** Information at the end over that of a test with a single look. */
  readonly inflationFactor: number
  readonly efficacy: readonly number[]
  /**
   * One side: stops with z at or below; two sides: with |z| at or below. At the last look the same as the efficacy
   * boundary.
   */
  readonly futility: readonly number[]
  /** For `exitProbabilities`. */
  readonly rule: StoppingRule
}

/** How often the largest drift that is looked at may be enlarged by half. */
const MOST_STRETCHES = 8

/**
 * Efficacy boundaries by alpha spending and futility boundaries by beta spending, which meet at the last look, with the
 * drift for which both are as planned.
 *
 * @returns NaN outside the domain, and where no drift fits
 *
 * Source: Pampallona, Tsiatis & Kim 2001, Drug Information Journal 35, doi:10.1177/009286150103500408; DeMets & Ware
 * 1980, doi:10.1093/biomet/67.3.651. With two sides, the inner wedge of Jennison & Turnbull 2000, chapter 5.
 */
export function futilityBoundaries(test: FutilityTest): FutilityBoundaries {
  const { information, alpha, sides, beta } = test
  const isPlanned = isInformation(information) && information.at(-1) === 1
  const fixed = alpha > 0 && beta > 0 && alpha + beta < 1 ? fixedDrift(alpha / sides, beta) : Number.NaN
  if (!isPlanned || !(fixed > 0)) return impossible(test)
  const plan = planOf(test)
  if ([...plan.alphas, ...plan.betas].some(Number.isNaN)) return impossible(test)
  let high = 1.25 * fixed
  for (let i = 0; i < MOST_STRETCHES && designAt(test, plan, high).excess > 0; i++) high *= 1.5
  const drift = findRoot((candidate) => designAt(test, plan, candidate).excess, 0.99 * fixed, high, 1e-14)
  const { rule, futility, isComplete } = designAt(test, plan, drift)
  if (!isComplete) return impossible(test)
  return { drift, inflationFactor: (drift / fixed) ** 2, efficacy: rule.upper, futility, rule }
}

/** What does not depend on the drift. */
interface Plan {
  /** Error of one side, and of the second kind, that is spent at each look. */
  readonly alphas: readonly number[]
  readonly betas: readonly number[]
  /** Efficacy boundaries, as long as futility does not bind; a bound on them otherwise. */
  readonly efficacy: readonly number[]
}

interface Design {
  /** Error of the second kind at the last look less what may be spent there; falls with the drift. */
  readonly excess: number
  /** Whether no earlier futility boundary meets the efficacy boundary. */
  readonly isComplete: boolean
  readonly rule: StoppingRule
  readonly futility: readonly number[]
}

function planOf({ information, alpha, sides, spending, beta, betaSpending, isBinding }: FutilityTest): Plan {
  const alphas = errorSpentAtEach(spending, information, alpha / sides)
  const betas = errorSpentAtEach(betaSpending, information, beta)
  const efficacy = isBinding
    ? singleLookBoundaries(alphas)
    : spentBoundaries({ information, errors: alphas, sides })
  return { alphas, betas, efficacy }
}

/** Futility boundaries look by look, from how the test stands with the drift; and the efficacy boundaries. */
function designAt(test: FutilityTest, plan: Plan, drift: number): Design {
  const { information, sides, isBinding, beta } = test
  const efficacy = [...plan.efficacy]
  const futility = information.map(() => (sides === 2 ? 0 : Number.NEGATIVE_INFINITY))
  const rule = ruleOf(test, efficacy, futility)
  const last = information.length - 1
  let [without, withDrift] = [startDensity(0), startDensity(drift)]
  for (const [look, at] of information.entries()) {
    if (isBinding) efficacy[look] = upperBoundary(without, at, plan.alphas[look] as number)
    const upper = efficacy[look] as number
    if (sides === 2) rule.lower[look] = -upper
    if (look === last) {
      const missed = missedAt(withDrift, at, upper, sides)
      futility[look] = upper
      return { excess: missed - (plan.betas[look] as number), isComplete: true, rule, futility }
    }
    const hopeless = hopelessAt(withDrift, at, plan.betas[look] as number, { sides, upper })
    if (!(hopeless < upper)) break
    futility[look] = hopeless
    withDrift = afterLook(withDrift, rule, look)
    if (isBinding) without = afterLook(without, rule, look)
  }
  return { excess: -beta, isComplete: false, rule, futility }
}

/** z (two sides: |z|) that is not exceeded with a given probability; above `upper` where there is no such. */
function hopelessAt(
  density: ScoreDensity,
  information: number,
  probability: number,
  { sides, upper }: { readonly sides: 1 | 2; readonly upper: number },
): number {
  if (sides === 1) return -upperBoundary(mirrored(density), information, probability)
  if (!(probability > 0)) return 0
  const high = Math.min(upper, Math.abs(density.drift) * Math.sqrt(information) + 9)
  const excess = (bound: number) => missedWithin(density, information, bound) - probability
  return excess(high) < 0 ? Number.POSITIVE_INFINITY : findRoot(excess, 0, high, 1e-14)
}

function missedAt(density: ScoreDensity, information: number, upper: number, sides: 1 | 2): number {
  if (sides === 2) return missedWithin(density, information, upper)
  return exceedance(mirrored(density), information, -upper)
}

/** P(not stopped before, |Z| ≤ bound). */
function missedWithin(density: ScoreDensity, information: number, bound: number): number {
  return massOf(continued(density, information, [{ low: -bound, high: bound }], {}))
}

function ruleOf({ information, sides }: FutilityTest, upper: readonly number[], futility: readonly number[]) {
  if (sides === 1) return { information, upper, lower: futility as number[] }
  return { information, upper, lower: mirroredBoundaries(upper, 2), inner: futility }
}

function impossible(test: FutilityTest): FutilityBoundaries {
  const none = test.information.map(() => Number.NaN)
  const rule = ruleOf(test, none, none)
  return { drift: Number.NaN, inflationFactor: Number.NaN, efficacy: none, futility: none, rule }
}
