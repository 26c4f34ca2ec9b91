import { normalQuantile } from '../distributions/normal-quantile.ts'

/** How often the test may be wrong. */
export interface ErrorRates {
  /** Two-sided, of one comparison, in (0, 1). */
  readonly alpha: number
  /** Probability of finding an effect of the wanted size, in [0.5, 1). */
  readonly power: number
}

/** What is to be found, in a comparison of each variant with the control. */
export interface SampleSizeQuestion extends ErrorRates {
  readonly kind: 'proportion' | 'mean'
  /** Value of the control: in (0, 1) for a proportion, any but 0 for a mean. */
  readonly baseline: number
  /** Smallest change worth finding, relative to the baseline: 0.05 for 5 % more, −0.05 for 5 % less. */
  readonly minimumDetectableEffect: number
  /** Of the values of the units, above 0; only for a mean. */
  readonly standardDeviation?: number
  /** Control included; at least 2. */
  readonly variants: number
  readonly unitsPerDay?: number
  /** Share of the units that take part, in (0, 1]; all when absent. */
  readonly coverage?: number
}

export interface SampleSize {
  readonly unitsPerVariant: number
  /** In all variants together. */
  readonly units: number
  /** Whole days until as many have come; absent without `unitsPerDay`. */
  readonly days?: number
  readonly method: string
  /** How `alpha` was divided among the comparisons with the control. */
  readonly correction: { readonly method: 'bonferroni'; readonly comparisons: number }
}

const METHODS = {
  proportion:
    'two proportions, normal approximation, pooled without effect and unpooled with it (Fleiss 1981, eq. 3.14)',
  mean: "two means, normal approximation with a correction for Student's t (Guenther 1981)",
} as const

/**
 * Units per variant to tell two proportions apart, as a real number; round up.
 *
 *   n = (z(1 − α/2) √(2 p̄ q̄) + z(power) √(p₁ q₁ + p₂ q₂))² / (p₂ − p₁)²,  p̄ = (p₁ + p₂) / 2, q = 1 − p
 *
 * @param control, treatment different proportions in (0, 1)
 * @returns NaN outside the domain
 *
 * Source: Fleiss 1981, Statistical Methods for Rates and Proportions, 2nd edition, eq. 3.14; without the
 * continuity correction of eq. 3.15, because the test has none either.
 */
export function unitsForProportions(control: number, treatment: number, rates: ErrorRates): number {
  const z = quantiles(rates)
  const isProportion = [control, treatment].every((p) => p > 0 && p < 1)
  if (!isProportion || control === treatment) return Number.NaN
  const middle = (control + treatment) / 2
  const withoutEffect = Math.sqrt(2 * middle * (1 - middle))
  const withEffect = Math.sqrt(control * (1 - control) + treatment * (1 - treatment))
  return ((z.alpha * withoutEffect + z.power * withEffect) / (treatment - control)) ** 2
}

/**
 * Units per variant to tell two means apart, as a real number; round up.
 *
 *   n = 2 σ² (z(1 − α/2) + z(power))² / δ² + z(1 − α/2)² / 4
 *
 * The last term stands for what Student's t costs over the normal. Within one unit of the exact answer by
 * the noncentral t distribution.
 *
 * @param difference δ, finite and not 0
 * @param standardDeviation σ of the values of the units, the same in both variants, above 0
 * @returns NaN outside the domain
 *
 * Source: Guenther 1981, doi:10.1080/00031305.1981.10479363.
 */
export function unitsForMeans(difference: number, standardDeviation: number, rates: ErrorRates): number {
  const z = quantiles(rates)
  if (!(standardDeviation > 0) || difference === 0) return Number.NaN
  return 2 * ((standardDeviation * (z.alpha + z.power)) / difference) ** 2 + z.alpha ** 2 / 4
}

/**
 * Units that an experiment needs. With several treatments each comparison gets its share of alpha
 * (Bonferroni), so that the experiment as a whole errs no more often than alpha says.
 *
 * @returns NaN for the numbers of units where the question is outside its domain
 */
export function sampleSize(question: SampleSizeQuestion): SampleSize {
  const { kind, variants, alpha, power, unitsPerDay, coverage = 1 } = question
  const comparisons = variants - 1
  const unitsPerVariant = Math.ceil(unitsFor(question, { alpha: alpha / comparisons, power }))
  const units = variants * unitsPerVariant
  return {
    unitsPerVariant,
    units,
    ...(unitsPerDay === undefined ? {} : { days: Math.ceil(units / (unitsPerDay * coverage)) }),
    method: METHODS[kind],
    correction: { method: 'bonferroni', comparisons },
  }
}

function unitsFor(question: SampleSizeQuestion, rates: ErrorRates): number {
  const { kind, baseline, minimumDetectableEffect, standardDeviation = Number.NaN } = question
  return kind === 'proportion'
    ? unitsForProportions(baseline, baseline * (1 + minimumDetectableEffect), rates)
    : unitsForMeans(baseline * minimumDetectableEffect, standardDeviation, rates)
}

function quantiles({ alpha, power }: ErrorRates): { alpha: number; power: number } {
  const isInDomain = alpha > 0 && alpha < 1 && power >= 0.5 && power < 1
  if (!isInDomain) return { alpha: Number.NaN, power: Number.NaN }
  return { alpha: -normalQuantile(alpha / 2), power: normalQuantile(power) }
}
