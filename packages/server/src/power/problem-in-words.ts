import type { PowerProblem, PowerProblemReason } from '@helios/engine'

/** Each completes "… must". */
const RANGES: Readonly<Record<string, string>> = {
  alpha: 'be above 0 and below 1',
  power: 'be above 0 and below 1',
  sides: 'be 1 or 2',
  variants: 'be a whole number from 2 to 1000',
  controlRatio: 'be from 0.01 to 100',
  varianceSaved: 'be at least 0 and below 1',
  unitsPerVariant: 'be a whole number, at least 2',
  minimumDetectableEffect: 'be a number',
  'plan.looks': 'be a whole number from 1 to 50',
  'clusters.meanSize': 'be at least 1',
  'clusters.sizeVariation': 'be at least 0',
  'clusters.intraclassCorrelation': 'be from 0 to 1',
  'traffic.unitsPerDay': 'be above 0',
  'traffic.coverage': 'be above 0 and at most 1',
  'metric.standardDeviation': 'be above 0',
  'metric.dispersion': 'be above 0',
  'metric.numerator.mean': 'be a number',
  'metric.numerator.standardDeviation': 'be at least 0, and the ratio must not be the same for every unit',
  'metric.denominator.mean': 'be a number other than 0',
  'metric.denominator.standardDeviation': 'be at least 0',
  'metric.correlation': 'be from −1 to 1',
}

const BASELINES = {
  share: 'be above 0 and below 1: it is the share of units',
  mean: 'be a number',
  count: 'be above 0',
} as const

const EFFECT = 'minimumDetectableEffect'

/**
 * What is wrong with a question, and the way out; without a full stop.
 *
 * @param nameOf how the reader calls a field of the question: by its path, or by a flag
 */
export function problemInWords(
  { reason, field }: PowerProblem,
  kind: string,
  nameOf: (field: string) => string,
): string {
  const name = nameOf(field)
  const sentences: Readonly<Record<PowerProblemReason, string>> = {
    'not-two-of-three': `give two of ${nameOf('unitsPerVariant')}, ${nameOf(EFFECT)} and ${nameOf('power')}; the third is the answer`,
    'out-of-range': `${name} must ${rangeOf(field, kind)}`,
    'baseline-zero': `${name} is 0, so no effect can be relative to it; give the effect in units of the metric (${nameOf('effectScale')})`,
    'power-not-above-error': `${name} must be above the error rate of one side; a test without any units has that much`,
    'effect-zero': `${name} must not be 0: no effect is what a test finds by mistake`,
    'effect-beyond-proportion': `${name} takes the metric to where it cannot be; a share lies between 0 and 1, a count above 0`,
    'effect-not-reachable': `${name} is too small: so few units find no effect that this metric could have; take more units, or less power`,
    'expected-effect-beyond-margin': `${name} lies at the margin or beyond it, so there is nothing to show; expect an effect nearer to 0, or widen the margin (${nameOf(EFFECT)})`,
    'one-sided-always-valid': `the always-valid method is two-sided; set ${name} to 2, or choose another ${nameOf('plan.method')}`,
    'dunnett-needs-fixed-horizon': `Dunnett's test is for a single look; choose another ${name}, or ${nameOf('plan.method')} fixed-horizon`,
    'equivalence-needs-fixed-horizon': `equivalence is planned for a single look; set ${name} to fixed-horizon`,
    'too-many-units': `${name} asks for more units than exist; look for a larger effect, or take less power`,
  }
  return sentences[reason]
}

function rangeOf(field: string, kind: string): string {
  if (field !== 'metric.baseline') return RANGES[field] ?? 'be a number that makes sense there'
  if (kind === 'proportion' || kind === 'retention') return BASELINES.share
  return kind === 'count' ? BASELINES.count : BASELINES.mean
}
