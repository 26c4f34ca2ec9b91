import { differenceFromProduct } from '../special/exact-product.ts'
import { deviance, stirlingError } from '../special/log-gamma.ts'
import { anytimePValue } from './always-valid.ts'

export interface SampleRatioEvidence {
  /** Natural logarithm of the Bayes factor against the planned shares: an e-value at every time. */
  readonly logBayesFactor: number
  /** min(1, 1 / Bayes factor) at this look. */
  readonly pValueNow: number
  readonly log10PValueNow: number
}

export interface SampleRatioSequence extends SampleRatioEvidence {
  /** Smallest `pValueNow` up to this look: may be looked at whenever one likes. */
  readonly pValue: number
  readonly log10PValue: number
}

/** Trials that the prior is worth: it looks for shares some percent away from the planned ones. */
export const DEFAULT_CONCENTRATION = 10_000

/**
 * Evidence that the units were not divided among the variants as planned, which may be looked at after every unit: a
 * Dirichlet mixture of shares around the planned ones.
 *
 * @param counts units of each variant, ≥ 0, since the start
 * @param weights planned shares ≥ 0 in the same order, up to a factor. A variant with weight 0 does not count; units
 * in it are impossible, so p = 0
 * @param concentration > 0: larger looks for smaller deviations
 * @returns NaN for negative, missing or non-finite counts, and without any weight
 *
 * Source: Lindon & Malek 2022, NeurIPS (arXiv:2011.03567). Logarithms of Γ by Stirling's
 * formula, so that what is large cancels on paper.
 */
export function sampleRatioEvidence(
  counts: readonly number[],
  weights: readonly number[],
  concentration: number = DEFAULT_CONCENTRATION,
): SampleRatioEvidence {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const isValid =
    counts.length === weights.length && counts.every(isCount) && weights.every(isCount) && isPositive(total)
  if (!isValid || !isPositive(concentration)) return evidenceOf(Number.NaN)
  if (counts.some((count, i) => count > 0 && weights[i] === 0)) return evidenceOf(Number.POSITIVE_INFINITY)
  const cells = counts.map((count, i) => ({ count, share: (weights[i] as number) / total }))
  return evidenceOf(
    logBayesFactor(
      cells.filter(({ share }) => share > 0),
      concentration,
    ),
  )
}

/**
 * The evidence at every look, with the always-valid p-value.
 *
 * @param looks cumulative counts in time order; a look that cannot be computed says nothing
 */
export function sampleRatioSequence(
  looks: readonly (readonly number[])[],
  weights: readonly number[],
  concentration: number = DEFAULT_CONCENTRATION,
): SampleRatioSequence[] {
  let pValue = 1
  let log10PValue = 0
  return looks.map((counts) => {
    const evidence = sampleRatioEvidence(counts, weights, concentration)
    if (evidence.pValueNow < pValue) pValue = evidence.pValueNow
    if (evidence.log10PValueNow < log10PValue) log10PValue = evidence.log10PValueNow
    return { ...evidence, pValue, log10PValue }
  })
}

interface Cell {
  readonly count: number
  readonly share: number
}

/**
 * log of Γ(A) / Γ(A + n) Π Γ(αᵢ + cᵢ) / Γ(αᵢ) / pᵢ^cᵢ with αᵢ = A pᵢ: the deviance of the posterior shares from the
 * planned ones less what their number of parameters explains.
 */
function logBayesFactor(cells: readonly Cell[], concentration: number): number {
  const units = cells.reduce((sum, { count }) => sum + count, 0)
  const total = concentration + units
  let sum = Math.log1p(units / concentration) / 2 + stirlingError(concentration) - stirlingError(total)
  for (const { count, share } of cells) {
    const prior = concentration * share
    sum += deviance(prior + count, total * share, differenceFromProduct(count, units, share))
    sum += stirlingError(prior + count) - stirlingError(prior) - Math.log1p(count / prior) / 2
  }
  // Shares such as three times a third do not add up to 1 exactly.
  return sum - units * excess(cells)
}

/** Σ shares − 1, with the rounding errors of the sum added up apart (Neumaier 1974, doi:10.1002/zamm.19740540106). */
function excess(cells: readonly Cell[]): number {
  let sum = -1
  let lost = 0
  for (const { share } of cells) {
    const next = sum + share
    lost += Math.abs(sum) >= share ? sum - next + share : share - next + sum
    sum = next
  }
  return sum + lost
}

function evidenceOf(logarithm: number): SampleRatioEvidence {
  const { pValue, log10PValue } = anytimePValue(logarithm)
  return { logBayesFactor: logarithm, pValueNow: pValue, log10PValueNow: log10PValue }
}

function isCount(value: number): boolean {
  return value >= 0 && value < Number.POSITIVE_INFINITY
}

function isPositive(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY
}
