import { answerFor } from './answer-power.ts'
import { completeQuestion } from './check-question.ts'
import { type ComparisonDesign, comparisonDesign } from './comparison-design.ts'
import { durationOf } from './duration.ts'
import { baselineOf } from './metric-spread.ts'
import type {
  CompleteQuestion,
  Duration,
  PowerProblem,
  PowerQuestion,
  SolvedPower,
} from './power-question.ts'
import { absoluteEffect, effectFor, powerOf, unitsFor } from './solve-power.ts'

/** Power with more and fewer units than the answer's, for its effect. */
export interface PowerPoint {
  readonly unitsPerVariant: number
  readonly power: number
  readonly duration?: Duration
}

/** Effect that is found with more and fewer units than the answer's. */
export interface EffectPoint {
  readonly unitsPerVariant: number
  /** On the scale of the question. */
  readonly minimumDetectableEffect: number
  readonly duration?: Duration
}

/** What another power, or another effect, would need. */
export interface Alternative {
  readonly power: number
  /** On the scale of the question. */
  readonly minimumDetectableEffect: number
  /** Absent where no number of units would do, or where the effect cannot be. */
  readonly unitsPerVariant?: number
  readonly units?: number
  readonly duration?: Duration
}

/** An answer with what surrounds it. */
export interface PowerReport {
  readonly status: 'answered'
  readonly answer: SolvedPower
  /** Of the effect curve: the one of the question, else 0.8. */
  readonly targetPower: number
  readonly powerCurve: readonly PowerPoint[]
  readonly effectCurve: readonly EffectPoint[]
  /** By power, then by effect. */
  readonly alternatives: readonly Alternative[]
}

const USUAL_POWER = 0.8
/** Up to twice the answer's units. */
const POINTS = 24
/** With more looks than this each point takes long to work out, so there are half as many. */
const MANY_LOOKS = 14
const OTHER_POWERS = [0.8, 0.9, 0.95]
const OTHER_EFFECTS = [0.5, 1, 2]

/**
 * The answer to a question (see `answerPower`), power by units, detectable effect by units, and what other powers and
 * effects would need.
 */
export function powerReport(asked: PowerQuestion): PowerReport | PowerProblem {
  const question = completeQuestion(asked)
  if ('status' in question) return question
  const design = comparisonDesign(question)
  const answer = answerFor(design)
  if (answer.status === 'refused') return answer
  const targetPower = question.power ?? USUAL_POWER
  const sizes = sizesAround(answer.unitsPerVariant, question.plan.looks > MANY_LOOKS ? POINTS / 2 : POINTS)
  return {
    status: 'answered',
    answer,
    targetPower,
    powerCurve: sizes.map((units) => powerPoint(design, units, answer.effect.absolute)),
    effectCurve: sizes.flatMap((units) => effectPoint(design, units, targetPower)),
    alternatives: OTHER_POWERS.flatMap((power) =>
      OTHER_EFFECTS.map((factor) => alternative(design, power, factor * answer.minimumDetectableEffect)),
    ),
  }
}

function sizesAround(units: number, points: number): number[] {
  const sizes = Array.from({ length: points }, (_, i) => Math.round((2 * units * (i + 1)) / points))
  return [...new Set(sizes.map((size) => Math.max(2, size)))]
}

function powerPoint(design: ComparisonDesign, unitsPerVariant: number, effect: number): PowerPoint {
  const power = powerOf(design, unitsPerVariant, effect)
  return { unitsPerVariant, power, ...durationWith(design.question, unitsPerVariant) }
}

/** None where so few units can find no effect at all. */
function effectPoint(design: ComparisonDesign, unitsPerVariant: number, power: number): EffectPoint[] {
  const { question } = design
  const sought = directed(design)
  const effect = effectFor(sought, unitsPerVariant, power)
  if (!Number.isFinite(effect) || effect === 0) return []
  const minimumDetectableEffect =
    question.effectScale === 'relative' ? effect / baselineOf(question.metric) : effect
  return [{ unitsPerVariant, minimumDetectableEffect, ...durationWith(question, unitsPerVariant) }]
}

function alternative(design: ComparisonDesign, power: number, effect: number): Alternative {
  const { question } = design
  const asked = { power, minimumDetectableEffect: effect }
  const { unitsPerVariant: _, ...open } = question
  const complete = completeQuestion({ ...open, ...asked })
  if ('status' in complete) return asked
  const units = Math.max(2, Math.ceil(unitsFor(design, absoluteEffect(question, effect), power)))
  const total = totalUnits(question, units)
  if (!Number.isSafeInteger(total)) return asked
  return { ...asked, unitsPerVariant: units, units: total, ...durationWith(question, units) }
}

/** Effects on the side of the one that was given. */
function directed(design: ComparisonDesign): ComparisonDesign {
  const { minimumDetectableEffect: given } = design.question
  if (given === undefined) return design
  const absolute = absoluteEffect(design.question, given)
  return { ...design, question: { ...design.question, direction: absolute > 0 ? 'increase' : 'decrease' } }
}

function durationWith(question: CompleteQuestion, units: number): { readonly duration?: Duration } {
  const { traffic } = question
  if (!traffic) return {}
  return { duration: durationOf(totalUnits(question, units), traffic.unitsPerDay, traffic.coverage) }
}

function totalUnits({ variants, controlRatio }: CompleteQuestion, units: number): number {
  return units * (variants - 1) + Math.ceil(units * controlRatio)
}
