import type { Draft, SizeDraft } from './draft.ts'
import { combinationCount } from './draft.ts'
import { shareOf } from './input.ts'

/** Answer of `GET /v1/sample-size`. */
export interface SampleSize {
  readonly unitsPerVariant: number
  readonly units: number
  readonly days?: number | null
  /** Formula, in words. */
  readonly method: string
  /** How several comparisons were taken into account. */
  readonly correction: { readonly method: 'bonferroni'; readonly comparisons: number }
}

/** The question as the server reads it; undefined while something is missing or cannot be. */
export function sampleSizeQuestion(draft: Draft, effectFactor = 1): URLSearchParams | undefined {
  const { size, coveragePercent } = draft
  const numbers = numbersOf(size)
  if (numbers === undefined) return undefined
  const query = new URLSearchParams({
    kind: size.kind,
    baseline: String(numbers.baseline),
    minimumDetectableEffect: String(numbers.effect * effectFactor),
    variants: String(variantCount(draft)),
    alpha: String(numbers.alpha),
    power: String(numbers.power),
  })
  if (size.kind === 'mean') query.set('standardDeviation', String(size.standardDeviation))
  if (size.unitsPerDay !== '' && size.unitsPerDay > 0) {
    query.set('unitsPerDay', String(size.unitsPerDay))
    const coverage = shareOf(coveragePercent)
    if (coverage !== undefined && coverage > 0) query.set('coverage', String(coverage))
  }
  return query
}

function numbersOf(size: SizeDraft) {
  const isShare = size.kind === 'proportion'
  const baseline = isShare ? shareOf(size.baseline) : size.baseline === '' ? undefined : size.baseline
  const [effect, alpha, power] = [size.effectPercent, size.alphaPercent, size.powerPercent].map(shareOf)
  const hasSpread = isShare || (size.standardDeviation !== '' && size.standardDeviation > 0)
  const isPossible = baseline !== undefined && baseline !== 0 && (!isShare || (baseline > 0 && baseline < 1))
  if (!isPossible || !hasSpread || !effect || !alpha || !power || effect < 0 || power >= 1) return undefined
  return { baseline, effect, alpha, power }
}

export function variantCount(draft: Pick<Draft, 'design' | 'variants' | 'factors'>): number {
  return draft.design === 'factors' ? combinationCount(draft.factors) : draft.variants.length
}
