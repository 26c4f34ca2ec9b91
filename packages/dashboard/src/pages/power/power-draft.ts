import type { PlannedMetric, PowerQuestion } from '@helios/sdk'
import type { NumberDraft } from '../create/draft.ts'
import { shareOf } from '../create/input.ts'

export type { NumberDraft }

/** The question as it is typed, right or wrong: shares, effects and power in percent. */
export interface PowerDraft {
  readonly unknown: 'unitsPerVariant' | 'minimumDetectableEffect' | 'power'
  readonly kind: PlannedMetric['kind']
  /** Percent for shares, else in the unit of the metric. */
  readonly baseline: NumberDraft
  readonly standardDeviation: NumberDraft
  readonly dispersion: NumberDraft
  readonly numeratorMean: NumberDraft
  readonly numeratorDeviation: NumberDraft
  readonly denominatorMean: NumberDraft
  readonly denominatorDeviation: NumberDraft
  readonly ratioCorrelation: NumberDraft
  /** Percent of the baseline; where effects are absolute, percentage points of a share, else units of the metric. */
  readonly effect: NumberDraft
  readonly effectScale: 'relative' | 'absolute'
  readonly direction: 'increase' | 'decrease'
  readonly unitsPerVariant: NumberDraft
  readonly powerPercent: NumberDraft
  readonly unitsPerDay: NumberDraft
  readonly coveragePercent: NumberDraft
  readonly method: 'fixed-horizon' | 'always-valid' | 'group-sequential'
  readonly looks: NumberDraft
  readonly spending: 'obrien-fleming' | 'pocock'
  readonly alphaPercent: NumberDraft
  readonly sides: 1 | 2
  readonly variants: NumberDraft
  readonly correction: 'bonferroni' | 'dunnett' | 'none'
  /** Nothing for the best one. */
  readonly controlRatio: NumberDraft
  readonly hypothesis: 'difference' | 'non-inferiority' | 'equivalence'
  readonly expectedEffect: NumberDraft
  readonly covariateCorrelation: NumberDraft
  readonly clusterSize: NumberDraft
  readonly intraclassCorrelation: NumberDraft
}

/** An example, so that there is something to change. */
export const EXAMPLE: PowerDraft = {
  unknown: 'unitsPerVariant',
  kind: 'proportion',
  baseline: 10,
  standardDeviation: '',
  dispersion: 1,
  numeratorMean: '',
  numeratorDeviation: '',
  denominatorMean: '',
  denominatorDeviation: '',
  ratioCorrelation: '',
  effect: 10,
  effectScale: 'relative',
  direction: 'increase',
  unitsPerVariant: 10_000,
  powerPercent: 80,
  unitsPerDay: 1000,
  coveragePercent: 100,
  method: 'fixed-horizon',
  looks: 14,
  spending: 'obrien-fleming',
  alphaPercent: 5,
  sides: 2,
  variants: 2,
  correction: 'bonferroni',
  controlRatio: 1,
  hypothesis: 'difference',
  expectedEffect: 0,
  covariateCorrelation: 0,
  clusterSize: '',
  intraclassCorrelation: '',
}

export function isShare({ kind }: Pick<PowerDraft, 'kind'>): boolean {
  return kind === 'proportion' || kind === 'retention'
}

/** Whether effects are typed in percent. */
export function isEffectPercent(draft: Pick<PowerDraft, 'kind' | 'effectScale'>): boolean {
  return draft.effectScale === 'relative' || isShare(draft)
}

/** The question for the server; undefined while a number is missing. */
export function questionOf(draft: PowerDraft): PowerQuestion | undefined {
  const metric = metricOf(draft)
  const wanted = wantedOf(draft)
  const alpha = shareOf(draft.alphaPercent)
  const { variants, covariateCorrelation: correlation, hypothesis, effectScale } = draft
  if (metric === undefined || wanted === undefined || alpha === undefined || variants === '') return undefined
  const expectedEffect = effectOf(draft, draft.expectedEffect)
  return {
    metric,
    ...wanted,
    alpha,
    variants,
    sides: draft.sides,
    effectScale,
    direction: draft.direction,
    correction: draft.correction,
    controlRatio: draft.controlRatio === '' ? 'optimal' : draft.controlRatio,
    plan: planOf(draft),
    ...(hypothesis === 'difference'
      ? {}
      : { hypothesis: { kind: hypothesis, expectedEffect: expectedEffect ?? 0 } }),
    ...(correlation === '' || correlation === 0 ? {} : { varianceSaved: correlation ** 2 }),
    ...clustersOf(draft),
    ...trafficOf(draft),
  }
}

function metricOf(draft: PowerDraft): PlannedMetric | undefined {
  const { kind, standardDeviation, dispersion } = draft
  if (kind === 'ratio') return ratioOf(draft)
  const baseline = isShare(draft) ? shareOf(draft.baseline) : draft.baseline
  if (baseline === undefined || baseline === '') return undefined
  if (kind === 'count') return { kind, baseline, ...(dispersion === '' ? {} : { dispersion }) }
  if (kind !== 'mean') return { kind, baseline }
  return standardDeviation === '' ? undefined : { kind, baseline, standardDeviation }
}

function ratioOf(draft: PowerDraft): PlannedMetric | undefined {
  const numerator = pairOf(draft.numeratorMean, draft.numeratorDeviation)
  const denominator = pairOf(draft.denominatorMean, draft.denominatorDeviation)
  const { ratioCorrelation: correlation } = draft
  if (!numerator || !denominator || correlation === '') return undefined
  return { kind: 'ratio', numerator, denominator, correlation }
}

function pairOf(mean: NumberDraft, standardDeviation: NumberDraft) {
  return mean === '' || standardDeviation === '' ? undefined : { mean, standardDeviation }
}

/** The two of three that are given. */
function wantedOf(draft: PowerDraft): Partial<PowerQuestion> | undefined {
  const { unknown, unitsPerVariant } = draft
  const given = {
    unitsPerVariant: unitsPerVariant === '' ? undefined : unitsPerVariant,
    minimumDetectableEffect: effectOf(draft, draft.effect),
    power: shareOf(draft.powerPercent),
  }
  const others = Object.entries(given).filter(([name]) => name !== unknown)
  return others.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(others)
}

function effectOf(draft: PowerDraft, typed: NumberDraft): number | undefined {
  if (typed === '') return undefined
  return isEffectPercent(draft) ? shareOf(typed) : typed
}

function planOf({ method, looks, spending }: PowerDraft): NonNullable<PowerQuestion['plan']> {
  const times = looks === '' ? {} : { looks }
  if (method === 'fixed-horizon') return { method }
  return method === 'always-valid' ? { method, ...times } : { method, ...times, spending }
}

function clustersOf({ clusterSize, intraclassCorrelation }: PowerDraft): Pick<PowerQuestion, 'clusters'> {
  if (clusterSize === '' || intraclassCorrelation === '') return {}
  return { clusters: { meanSize: clusterSize, intraclassCorrelation } }
}

function trafficOf({ unitsPerDay, coveragePercent }: PowerDraft): Pick<PowerQuestion, 'traffic'> {
  const coverage = shareOf(coveragePercent)
  if (unitsPerDay === '' || !(unitsPerDay > 0)) return {}
  return { traffic: { unitsPerDay, ...(coverage === undefined ? {} : { coverage }) } }
}
