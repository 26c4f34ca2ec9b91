import { checkBandit } from './bandits.ts'
import { DEVIATIONS, type DeviationName } from './deviations.ts'
import { checkEffect } from './effect-tests.ts'
import type { Golden } from './golden.ts'
import { checkPower } from './mid-experiment-power.ts'
import { type Outcome, wrong } from './outcome.ts'
import { checkSampleRatio } from './sample-ratio.ts'

/** What came of all cases of one family. */
export interface FamilyResult {
  readonly name: string
  readonly cases: number
  /** Cases in which every number is the same. */
  readonly equal: number
  readonly otherMethod: number
  readonly theyErr: number
  /** Cases that are none of these. */
  readonly failures: number
  /** Largest relative error of what is computed by the same method. */
  readonly worstError: number
  readonly deviations: Readonly<Partial<Record<DeviationName, number>>>
  readonly problems: readonly string[]
}

interface CheckedCase {
  readonly family: string
  readonly outcome: Outcome
}

/** By what is computed. */
export function checkGolden(golden: Golden): FamilyResult[] {
  return byFamily([
    ...golden.tests.map((given) => checked(given.test, () => checkEffect(given))),
    ...otherCases(golden),
  ])
}

/** By the kind of metric, and otherwise as {@link checkGolden}. */
export function checkGoldenByMetric(golden: Golden): FamilyResult[] {
  return byFamily(golden.tests.map((given) => checked(given.statistic, () => checkEffect(given))))
}

function otherCases(golden: Golden): CheckedCase[] {
  return [
    ...golden.srm.map((given) => checked('sample ratio', () => checkSampleRatio(given))),
    ...golden.mid_experiment_power.map((given) => checked('mid-experiment power', () => checkPower(given))),
    ...golden.bandits.map((given) => checked('bandit', () => checkBandit(given))),
  ]
}

function checked(family: string, check: () => Outcome): CheckedCase {
  try {
    return { family, outcome: check() }
  } catch (error) {
    return { family, outcome: wrong(`threw ${error instanceof Error ? error.message : String(error)}`) }
  }
}

function byFamily(cases: readonly CheckedCase[]): FamilyResult[] {
  const families = [...new Set(cases.map(({ family }) => family))]
  return families.map((name) =>
    familyResult(
      name,
      cases.filter(({ family }) => family === name).map(({ outcome }) => outcome),
    ),
  )
}

function familyResult(name: string, outcomes: readonly Outcome[]): FamilyResult {
  const right = outcomes.filter(({ problems }) => problems.length === 0)
  const theyErr = right.filter(({ deviations }) =>
    deviations.some((each) => DEVIATIONS[each].kind === 'they err'),
  )
  const equal = right.filter(({ deviations }) => deviations.length === 0)
  const counts: Partial<Record<DeviationName, number>> = {}
  for (const { deviations } of right) for (const each of deviations) counts[each] = (counts[each] ?? 0) + 1
  return {
    name,
    cases: outcomes.length,
    equal: equal.length,
    otherMethod: right.length - equal.length - theyErr.length,
    theyErr: theyErr.length,
    failures: outcomes.length - right.length,
    worstError: Math.max(0, ...right.map(({ worstError }) => worstError)),
    deviations: counts,
    problems: outcomes.flatMap(({ problems }) => problems),
  }
}
