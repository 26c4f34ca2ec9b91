import { completeQuestion } from './check-question.ts'
import { type ComparisonDesign, comparisonDesign, comparisonError } from './comparison-design.ts'
import { durationOf } from './duration.ts'
import { methodOf } from './method-in-words.ts'
import { baselineOf, spreadFor } from './metric-spread.ts'
import type {
  CompleteQuestion,
  PowerAnswer,
  PowerProblem,
  PowerProblemReason,
  PowerQuestion,
  SolvedPower,
} from './power-question.ts'
import { absoluteEffect, effectFor, powerOf, unitsFor } from './solve-power.ts'
import { expectedShare, planDrift } from './test-plan.ts'

/** Fewer have no variance. */
const FEWEST_UNITS = 2

/**
 * What is unknown of a design: units per variant, the effect that can be found, or the power to find it.
 *
 * Power is the chance to find the effect in its direction; a significant result on the wrong side does not count. Units
 * are rounded up, and the power is that of the units.
 *
 * Means with one look are exact (noncentral t); everything else is by the normal distribution, with several looks by
 * recursion.
 *
 * @param question see {@link PowerQuestion}; whatever cannot be is answered with its reason, never with NaN
 */
export function answerPower(question: PowerQuestion): PowerAnswer {
  const complete = completeQuestion(question)
  if ('status' in complete) return complete
  return answerFor(comparisonDesign(complete))
}

/** The same for a question that is complete. */
export function answerFor(design: ComparisonDesign): PowerAnswer {
  const { question } = design
  const solved = solve(design)
  if ('status' in solved) return solved
  const { units, effect } = solved
  const controlUnits = Math.ceil(units * question.controlRatio)
  const total = units * (question.variants - 1) + controlUnits
  if (!Number.isSafeInteger(total)) return refused('too-many-units', question.unknown)
  const power = powerOf(design, units, effect)
  const baseline = baselineOf(question.metric)
  const { clusters, traffic } = question
  const answer: SolvedPower = {
    status: 'answered',
    solvedFor: question.unknown,
    unitsPerVariant: units,
    controlUnits,
    units: total,
    minimumDetectableEffect: onScale(question, effect, baseline),
    effect: { absolute: effect, relative: effect / baseline },
    power,
    baseline,
    alphaPerComparison: comparisonError(design),
    comparisons: question.variants - 1,
    correction: question.correction,
    controlRatio: question.controlRatio,
    ...costOfLooking(design, units, effect, power),
    designEffect: clusters?.designEffect ?? 1,
    ...(clusters ? { clustersPerVariant: Math.ceil(units / clusters.meanSize) } : {}),
    ...(traffic ? { duration: durationOf(total, traffic.unitsPerDay, traffic.coverage) } : {}),
    method: methodOf(question),
  }
  return answer
}

interface Solution {
  /** Whole. */
  readonly units: number
  /** Absolute. */
  readonly effect: number
}

function solve(design: ComparisonDesign): Solution | PowerProblem {
  const { question } = design
  const { unitsPerVariant, minimumDetectableEffect, power } = question
  if (minimumDetectableEffect === undefined) {
    const effect = effectFor(design, unitsPerVariant as number, power as number)
    const isFound = Number.isFinite(effect) && effect !== 0
    if (!isFound) return refused('effect-not-reachable', 'unitsPerVariant')
    return { units: unitsPerVariant as number, effect }
  }
  const effect = absoluteEffect(question, minimumDetectableEffect)
  if (unitsPerVariant !== undefined) return { units: unitsPerVariant, effect }
  const units = Math.max(FEWEST_UNITS, Math.ceil(unitsFor(design, effect, power as number)))
  if (!Number.isSafeInteger(units)) return refused('too-many-units', 'minimumDetectableEffect')
  return { units, effect }
}

/** What looking more than once costs, and what it saves. */
function costOfLooking(design: ComparisonDesign, units: number, effect: number, power: number) {
  const { question, plan } = design
  if (plan.rule.information.length === 1 && question.plan.method === 'fixed-horizon')
    return { inflation: 1, expectedUnitsPerVariant: units }
  const drift = driftOf(design, units, effect)
  const single = planDrift({ ...plan, rule: { information: [1], upper: [plan.singleLookCritical] } }, power)
  return {
    inflation: (drift / single) ** 2,
    expectedUnitsPerVariant: units * expectedShare(plan, drift),
  }
}

function driftOf({ question }: ComparisonDesign, units: number, effect: number): number {
  const { kind, expectedEffect } = question.hypothesis
  const expected = kind === 'difference' ? effect : absoluteEffect(question, expectedEffect)
  const distance = kind === 'difference' ? Math.abs(effect) : Math.abs(expected - effect)
  return distance * Math.sqrt(units / spreadFor(question, expected).withEffect)
}

function onScale(
  { effectScale, minimumDetectableEffect }: CompleteQuestion,
  effect: number,
  baseline: number,
): number {
  return minimumDetectableEffect ?? (effectScale === 'relative' ? effect / baseline : effect)
}

function refused(reason: PowerProblemReason, field: string): PowerProblem {
  return { status: 'refused', reason, field }
}
