import type { MetricRoles } from '@helios/sdk'
import { type AnalysisDraft, USUAL_ANALYSIS } from '../../parts/forms/analysis-draft.ts'
import { type AudienceDraft, EVERYONE } from '../../parts/forms/audience.ts'
import { NO_PAYLOAD, type PayloadDraft } from '../../parts/forms/payload.ts'

/** An experiment while it is thought up: everything as typed, right or wrong. Plain JSON. */
export interface Draft {
  readonly name: string
  readonly key: string
  /** Whether the key was typed, and no longer follows the name. */
  readonly isKeyOwn: boolean
  readonly hypothesis: string
  readonly unit: string
  readonly tags: readonly string[]
  /** Variants are listed, or made from factors. */
  readonly design: 'variants' | 'factors'
  readonly variants: readonly VariantDraft[]
  readonly control: number
  readonly isWeighted: boolean
  readonly factors: readonly FactorDraft[]
  readonly audience: AudienceDraft
  readonly coveragePercent: NumberDraft
  readonly layer: ShareDraft
  readonly holdout: ShareDraft
  readonly sticky: boolean
  readonly dimensions: readonly string[]
  readonly metrics: MetricRoles
  readonly size: SizeDraft
  readonly minimumSample: NumberDraft
  readonly maximumDurationDays: NumberDraft
  readonly analysis: AnalysisDraft
}

/** A number, or nothing yet. */
export type NumberDraft = number | ''

export interface VariantDraft {
  /** Unique within the draft; the key may still change. */
  readonly id: number
  readonly key: string
  readonly name: string
  readonly payload: PayloadDraft
  readonly weight: NumberDraft
}

export interface FactorDraft {
  readonly id: number
  readonly key: string
  readonly levels: readonly LevelDraft[]
  /** Id of the level that is the control's. */
  readonly control: number
}

export interface LevelDraft {
  readonly id: number
  readonly key: string
  /** The level's key when nothing is typed. */
  readonly payload: PayloadDraft
}

/** A layer or a holdout: a named part of the units. */
export interface ShareDraft {
  readonly isUsed: boolean
  readonly key: string
  readonly percent: NumberDraft
}

/** What the calculator of the sample size is asked. */
export interface SizeDraft {
  readonly kind: 'proportion' | 'mean'
  /** Percent for proportions, else in the unit of the metric. */
  readonly baseline: NumberDraft
  readonly standardDeviation: NumberDraft
  /** Smallest effect that matters, in percent of the baseline. */
  readonly effectPercent: NumberDraft
  readonly powerPercent: NumberDraft
  /** Error rate in percent; the analysis uses it too. */
  readonly alphaPercent: NumberDraft
  readonly unitsPerDay: NumberDraft
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  key: '',
  isKeyOwn: false,
  hypothesis: '',
  unit: 'user',
  tags: [],
  design: 'variants',
  variants: [
    { id: 0, key: 'control', name: '', payload: NO_PAYLOAD, weight: 50 },
    { id: 1, key: 'treatment', name: '', payload: NO_PAYLOAD, weight: 50 },
  ],
  control: 0,
  isWeighted: false,
  factors: [emptyFactor(0)],
  audience: EVERYONE,
  coveragePercent: 100,
  layer: { isUsed: false, key: '', percent: 50 },
  holdout: { isUsed: false, key: '', percent: 5 },
  sticky: false,
  dimensions: [],
  metrics: { primary: [], secondary: [], guardrails: [] },
  size: {
    kind: 'proportion',
    baseline: '',
    standardDeviation: '',
    effectPercent: 5,
    powerPercent: 80,
    alphaPercent: 5,
    unitsPerDay: '',
  },
  minimumSample: '',
  maximumDurationDays: '',
  analysis: USUAL_ANALYSIS,
}

/** With the weight that the others have on average, so that it gets its part of the traffic. */
export function emptyVariant(others: readonly VariantDraft[]): VariantDraft {
  return { id: nextId(others), key: '', name: '', payload: NO_PAYLOAD, weight: meanWeight(others) }
}

export function meanWeight(variants: readonly VariantDraft[]): number {
  const sum = variants.reduce((total, { weight }) => total + Number(weight), 0)
  return variants.length === 0 ? 1 : Number((sum / variants.length).toPrecision(3))
}

export function emptyFactor(id: number): FactorDraft {
  return { id, key: '', levels: [emptyLevel(0), emptyLevel(1)], control: 0 }
}

export function emptyLevel(id: number): LevelDraft {
  return { id, key: '', payload: NO_PAYLOAD }
}

export function nextId(items: readonly { readonly id: number }[]): number {
  return items.reduce((largest, { id }) => Math.max(largest, id), -1) + 1
}

const LONGEST_KEY = 64

/** Key that a name suggests: "Grüße, März" becomes gruesse-maerz; empty where no letter is Latin. */
export function keyFromName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_KEY)
    .replaceAll(/^-+|-+$/g, '')
}

/** How many combinations the factors make. */
export function combinationCount(factors: readonly FactorDraft[]): number {
  return factors.reduce((product, { levels }) => product * levels.length, 1)
}

/** Names of the combinations, as the engine makes them, up to a number; and whether each is the control. */
export function combinationsOf(
  factors: readonly FactorDraft[],
  limit: number,
): readonly { readonly key: string; readonly isControl: boolean }[] {
  const count = Math.min(limit, combinationCount(factors))
  return Array.from({ length: count }, (_, index) => combinationAt(factors, index))
}

/** The last factor turns fastest, like the last wheel of a counter. */
function combinationAt(
  factors: readonly FactorDraft[],
  index: number,
): { readonly key: string; readonly isControl: boolean } {
  let rest = index
  let isControl = true
  const parts: string[] = []
  for (const factor of factors.toReversed()) {
    const level = factor.levels[rest % factor.levels.length]
    rest = Math.floor(rest / factor.levels.length)
    parts.unshift(`${factor.key}=${level?.key ?? ''}`)
    isControl &&= level?.id === factor.control
  }
  return { key: parts.join(','), isControl }
}

/** Share of each variant: 0 to 1, in their order. */
export function sharesOf({
  variants,
  isWeighted,
}: Pick<Draft, 'variants' | 'isWeighted'>): readonly number[] {
  const weights = variants.map(({ weight }) => (isWeighted ? Math.max(0, Number(weight)) : 1))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (sum > 0 ? weight / sum : 0))
}
