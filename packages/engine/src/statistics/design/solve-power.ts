import { noncentralTTails } from '../distributions/noncentral-t.ts'
import { findRoot } from '../special/find-root.ts'
import { type ComparisonDesign, degreesOfFreedom, singleLookCritical } from './comparison-design.ts'
import { equivalencePower } from './equivalence-power.ts'
import { baselineOf, boundsOf, spreadFor } from './metric-spread.ts'
import { planDrift, planPower } from './test-plan.ts'

/**
 * Chance that the comparison shows what it is to show.
 *
 * @param units of the treatment, > 0, not necessarily whole
 * @param effect absolute: the true one for a difference, else the margin
 * @param direction in which the effect must be found; that of the effect unless given
 * @returns 0 where the units are too few to estimate a variance
 */
export function powerOf(
  design: ComparisonDesign,
  units: number,
  effect: number,
  direction = Math.sign(effect),
): number {
  const { question, plan, isExactT } = design
  const spread = spreadFor(question, trueEffect(design, effect))
  const perUnit = 1 / Math.sqrt(spread.withEffect)
  const root = Math.sqrt(units)
  const freedom = isExactT ? degreesOfFreedom(question, units) : Number.POSITIVE_INFINITY
  if (!(freedom > 0)) return 0
  if (question.hypothesis.kind === 'equivalence') {
    const [margin, expected] = [Math.abs(effect), trueEffect(design, effect)].map((x) => x * perUnit * root)
    return equivalencePower(
      margin as number,
      expected as number,
      singleLookCritical(question, freedom),
      freedom,
    )
  }
  const drift = distanceOf(design, effect) * direction * Math.sign(effect) * perUnit * root
  if (isExactT) return noncentralTTails(singleLookCritical(question, freedom), freedom, drift).upper
  return planPower(plan, drift, Math.sqrt(spread.assumed) * perUnit)
}

/**
 * Units of the treatment with which the comparison shows it with a power, as a real number.
 *
 * @returns 0 where hardly any would do; NaN where none would
 */
export function unitsFor(design: ComparisonDesign, effect: number, power: number): number {
  const { question, plan, isExactT } = design
  const spread = spreadFor(question, trueEffect(design, effect))
  const boundaryScale = Math.sqrt(spread.assumed / spread.withEffect)
  const drift = Math.max(0, planDrift(plan, power, boundaryScale))
  const distance = distanceOf(design, effect)
  const approximate = (drift / distance) ** 2 * spread.withEffect
  const isApproximate = isExactT || question.hypothesis.kind === 'equivalence'
  if (!isApproximate || !(approximate > 0 && approximate < LARGEST)) return approximate
  return rootAbove((units) => powerOf(design, units, effect) - power, approximate)
}

/**
 * Smallest effect (for other hypotheses than a difference: narrowest margin) that the comparison shows with a power.
 *
 * @returns absolute, with its sign; NaN where even the largest possible one would not be found
 */
export function effectFor(design: ComparisonDesign, units: number, power: number): number {
  const { question } = design
  const sign = question.direction === 'increase' ? 1 : -1
  const baseline = baselineOf(question.metric)
  const { low, high } = boundsOf(question.metric)
  const farthest = sign > 0 ? high - baseline : baseline - low
  const excess = excessOver(design, units, power, sign)
  // The narrowest margin there is lies beyond what is expected.
  const nearest = question.hypothesis.kind === 'difference' ? 0 : nearestMargin(design, sign)
  if (!(nearest < farthest)) return Number.NaN
  let upper = Math.min(farthest, nearest + usualEffect(design, units))
  while (excess(upper) < 0 && upper < farthest && upper < LARGEST) upper = Math.min(farthest, 2 * upper)
  return sign * findRoot(excess, nearest, upper)
}

const LARGEST = 1e200

/** How much more there is than is needed, as a function of the size of the effect. */
function excessOver(
  design: ComparisonDesign,
  units: number,
  power: number,
  sign: number,
): (size: number) => number {
  const { question, plan, isExactT } = design
  if (isExactT || question.hypothesis.kind === 'equivalence')
    return (size) => (size === 0 ? -power : safePower(design, units, sign * size) - power)
  const root = Math.sqrt(units)
  return (size) => {
    const { withEffect, assumed } = spreadFor(question, trueEffect(design, sign * size))
    const needed = planDrift(plan, power, Math.sqrt(assumed / withEffect))
    return (distanceOf(design, sign * size) * root) / Math.sqrt(withEffect) - needed
  }
}

/** At the margin that is expected itself nothing is shown. */
function safePower(design: ComparisonDesign, units: number, effect: number): number {
  const power = powerOf(design, units, effect)
  return Number.isNaN(power) ? 0 : power
}

function nearestMargin({ question }: ComparisonDesign, sign: number): number {
  const expected = absoluteEffect(question, question.hypothesis.expectedEffect)
  return question.hypothesis.kind === 'equivalence' ? Math.abs(expected) : Math.max(0, sign * expected)
}

/** Of the size of what the units can find. */
function usualEffect(design: ComparisonDesign, units: number): number {
  const { withEffect } = spreadFor(design.question, trueEffect(design, 0))
  return 4 * Math.sqrt(withEffect / units)
}

/** What the effect is when the test has its power. */
function trueEffect({ question }: ComparisonDesign, effect: number): number {
  const { kind, expectedEffect } = question.hypothesis
  return kind === 'difference' ? effect : absoluteEffect(question, expectedEffect)
}

/** From the true effect to what is to be excluded. */
function distanceOf(design: ComparisonDesign, effect: number): number {
  const { kind } = design.question.hypothesis
  if (kind === 'difference') return Math.abs(effect)
  const expected = trueEffect(design, effect)
  return kind === 'equivalence' ? Math.abs(effect) - Math.abs(expected) : Math.abs(expected - effect)
}

/** An effect of the question on the scale of the metric. */
export function absoluteEffect(
  { metric, effectScale }: ComparisonDesign['question'],
  effect: number,
): number {
  return effectScale === 'relative' ? baselineOf(metric) * effect : effect
}

/** Root of an increasing function of positive numbers near one, by its logarithm. */
function rootAbove(excess: (x: number) => number, near: number): number {
  let low = Math.log(near)
  let high = low + 0.1
  while (excess(Math.exp(high)) < 0 && high < low + 100) high += 1
  while (excess(Math.exp(low)) > 0 && low > -100) low -= 1
  return Math.exp(findRoot((x) => excess(Math.exp(x)), low, high))
}
