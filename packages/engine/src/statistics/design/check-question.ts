import { designEffect } from './clusters.ts'
import { baselineOf, boundsOf, ratioVariance } from './metric-spread.ts'
import { optimalControlRatio } from './optimal-allocation.ts'
import type {
  Clusters,
  CompleteQuestion,
  PlannedMetric,
  PowerProblem,
  PowerProblemReason,
  PowerQuestion,
  ReadingPlan,
  Unknown,
} from './power-question.ts'

export const MOST_VARIANTS = 1000
export const MOST_LOOKS = 50
const LARGEST_CONTROL_RATIO = 100
const USUAL_LOOKS = { 'fixed-horizon': 1, 'always-valid': 14, 'group-sequential': 5 } as const

/** Holds, and otherwise: what is wrong, where. */
type Rule = readonly [holds: boolean, reason: PowerProblemReason, field: string]

/** The question with all that was left out; or what is wrong with it. */
export function completeQuestion(question: PowerQuestion): CompleteQuestion | PowerProblem {
  const missing = UNKNOWNS.filter((name) => question[name] === undefined)
  const [unknown] = missing
  if (unknown === undefined || missing.length !== 1)
    return { status: 'refused', reason: 'not-two-of-three', field: unknown ?? 'power' }
  const complete = withUsualValues(question, unknown)
  const broken = rulesOf(complete).find(([holds]) => !holds)
  if (!broken) return complete
  const [, reason, field] = broken
  return { status: 'refused', reason, field }
}

const UNKNOWNS: readonly Unknown[] = ['unitsPerVariant', 'minimumDetectableEffect', 'power']

function withUsualValues(question: PowerQuestion, unknown: Unknown): CompleteQuestion {
  const { plan = { method: 'fixed-horizon' }, hypothesis, clusters, traffic, ...given } = question
  const variants = given.variants ?? 2
  const kind = hypothesis?.kind ?? 'difference'
  return {
    ...given,
    unknown,
    effectScale: given.effectScale ?? 'relative',
    direction: given.direction ?? (kind === 'non-inferiority' ? 'decrease' : 'increase'),
    hypothesis: { kind, expectedEffect: hypothesis?.expectedEffect ?? 0 },
    alpha: given.alpha ?? 0.05,
    sides: given.sides ?? 2,
    variants,
    correction: given.correction ?? 'bonferroni',
    controlRatio: ratioOf(given.controlRatio, variants),
    varianceSaved: given.varianceSaved ?? 0,
    plan: {
      method: plan.method,
      looks: looksOf(plan),
      spending: (plan.method === 'group-sequential' && plan.spending) || 'obrien-fleming',
    },
    ...(clusters ? { clusters: clustersOf(clusters) } : {}),
    ...(traffic ? { traffic: { coverage: 1, ...traffic } } : {}),
  }
}

function looksOf(plan: ReadingPlan): number {
  if (plan.method === 'fixed-horizon') return 1
  return plan.looks ?? USUAL_LOOKS[plan.method]
}

function ratioOf(ratio: PowerQuestion['controlRatio'], variants: number): number {
  return ratio === 'optimal' ? optimalControlRatio(variants - 1) : (ratio ?? 1)
}

function clustersOf({ meanSize, sizeVariation = 0, intraclassCorrelation }: Clusters) {
  const effect = designEffect(meanSize, sizeVariation, intraclassCorrelation)
  return { meanSize, sizeVariation, intraclassCorrelation, designEffect: effect }
}

function rulesOf(question: CompleteQuestion): Rule[] {
  const { alpha, sides, variants, plan, controlRatio, varianceSaved, clusters, traffic } = question
  return [
    [isBetween(alpha, 0, 1), 'out-of-range', 'alpha'],
    [sides === 1 || sides === 2, 'out-of-range', 'sides'],
    [Number.isInteger(variants) && variants >= 2 && variants <= MOST_VARIANTS, 'out-of-range', 'variants'],
    [isRatio(controlRatio), 'out-of-range', 'controlRatio'],
    [varianceSaved >= 0 && varianceSaved < 1, 'out-of-range', 'varianceSaved'],
    [
      Number.isInteger(plan.looks) && plan.looks >= 1 && plan.looks <= MOST_LOOKS,
      'out-of-range',
      'plan.looks',
    ],
    ...(clusters ? clusterRules(clusters) : []),
    ...(traffic ? trafficRules(traffic) : []),
    ...metricRules(question.metric),
    ...combinationRules(question),
    ...givenRules(question),
    ...effectRules(question),
  ]
}

function clusterRules(clusters: NonNullable<CompleteQuestion['clusters']>): Rule[] {
  const { meanSize, sizeVariation, intraclassCorrelation } = clusters
  return [
    [meanSize >= 1 && Number.isFinite(meanSize), 'out-of-range', 'clusters.meanSize'],
    [sizeVariation >= 0 && Number.isFinite(sizeVariation ** 2), 'out-of-range', 'clusters.sizeVariation'],
    [
      intraclassCorrelation >= 0 && intraclassCorrelation <= 1,
      'out-of-range',
      'clusters.intraclassCorrelation',
    ],
  ]
}

function trafficRules({ unitsPerDay, coverage }: NonNullable<CompleteQuestion['traffic']>): Rule[] {
  return [
    [isPositive(unitsPerDay), 'out-of-range', 'traffic.unitsPerDay'],
    [coverage > 0 && coverage <= 1, 'out-of-range', 'traffic.coverage'],
  ]
}

function metricRules(metric: PlannedMetric): Rule[] {
  switch (metric.kind) {
    case 'proportion':
    case 'retention':
      return [[isBetween(metric.baseline, 0, 1), 'out-of-range', 'metric.baseline']]
    case 'mean':
      return [
        [Number.isFinite(metric.baseline), 'out-of-range', 'metric.baseline'],
        [isPositive(metric.standardDeviation ** 2), 'out-of-range', 'metric.standardDeviation'],
      ]
    case 'count':
      return [
        [isPositive(metric.baseline), 'out-of-range', 'metric.baseline'],
        [isPositive(metric.dispersion ?? 1), 'out-of-range', 'metric.dispersion'],
      ]
    case 'ratio': {
      const { numerator, denominator, correlation } = metric
      const spreads = [numerator, denominator].map(({ standardDeviation }) => standardDeviation)
      return [
        [Number.isFinite(numerator.mean), 'out-of-range', 'metric.numerator.mean'],
        [isPositive(denominator.mean ** 2), 'out-of-range', 'metric.denominator.mean'],
        [(spreads[0] as number) >= 0, 'out-of-range', 'metric.numerator.standardDeviation'],
        [(spreads[1] as number) >= 0, 'out-of-range', 'metric.denominator.standardDeviation'],
        [correlation >= -1 && correlation <= 1, 'out-of-range', 'metric.correlation'],
        [isPositive(ratioVariance(metric)), 'out-of-range', 'metric.numerator.standardDeviation'],
      ]
    }
  }
}

/** What does not go together. */
function combinationRules(question: CompleteQuestion): Rule[] {
  const { plan, sides, correction, variants, hypothesis, effectScale, metric } = question
  const isFixed = plan.method === 'fixed-horizon'
  return [
    [!(plan.method === 'always-valid' && sides === 1), 'one-sided-always-valid', 'sides'],
    [isFixed || correction !== 'dunnett' || variants === 2, 'dunnett-needs-fixed-horizon', 'correction'],
    [isFixed || hypothesis.kind !== 'equivalence', 'equivalence-needs-fixed-horizon', 'plan.method'],
    [effectScale === 'absolute' || baselineOf(metric) !== 0, 'baseline-zero', 'metric.baseline'],
  ]
}

function givenRules(question: CompleteQuestion): Rule[] {
  const { unitsPerVariant, power, alpha, sides, minimumDetectableEffect: effect } = question
  const rules: Rule[] = []
  if (unitsPerVariant !== undefined) {
    const isPossible = Number.isSafeInteger(unitsPerVariant) && unitsPerVariant >= 2
    rules.push([isPossible, 'out-of-range', 'unitsPerVariant'])
  }
  if (power !== undefined) {
    rules.push([isBetween(power, 0, 1), 'out-of-range', 'power'])
    rules.push([power > alpha / sides, 'power-not-above-error', 'power'])
  }
  if (effect !== undefined) {
    rules.push([Number.isFinite(effect), 'out-of-range', 'minimumDetectableEffect'])
    rules.push([effect !== 0, 'effect-zero', 'minimumDetectableEffect'])
  }
  return rules
}

function effectRules(question: CompleteQuestion): Rule[] {
  const { metric, hypothesis, minimumDetectableEffect: given } = question
  const { kind, expectedEffect } = hypothesis
  const isDifference = kind === 'difference'
  const rules: Rule[] = [
    [
      isDifference || isWithinBounds(question, expectedEffect),
      'effect-beyond-proportion',
      'hypothesis.expectedEffect',
    ],
  ]
  if (given === undefined) return rules
  if (boundsOf(metric).low === 0)
    rules.push([isWithinBounds(question, given), 'effect-beyond-proportion', 'minimumDetectableEffect'])
  const isBetter = given > 0 ? expectedEffect < given : expectedEffect > given
  const isInside = kind === 'equivalence' ? Math.abs(expectedEffect) < Math.abs(given) : isBetter
  rules.push([isDifference || isInside, 'expected-effect-beyond-margin', 'hypothesis.expectedEffect'])
  return rules
}

function isWithinBounds({ metric, effectScale }: CompleteQuestion, effect: number): boolean {
  const baseline = baselineOf(metric)
  const value = effectScale === 'relative' ? baseline * (1 + effect) : baseline + effect
  const { low, high } = boundsOf(metric)
  return value > low && value < high
}

function isRatio(ratio: number): boolean {
  return ratio >= 1 / LARGEST_CONTROL_RATIO && ratio <= LARGEST_CONTROL_RATIO
}

function isPositive(value: number): boolean {
  return value > 0 && Number.isFinite(value)
}

function isBetween(value: number, low: number, high: number): boolean {
  return value > low && value < high
}
