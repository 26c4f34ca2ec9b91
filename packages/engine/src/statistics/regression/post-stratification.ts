import type { Estimate } from '../intervals/relative-effect.ts'
import type { MomentsSummary } from '../moments/cross-moments.ts'
import { lineariseRatioAt } from '../moments/linearise.ts'
import { mergedSummary } from '../moments/merge-summaries.ts'
import {
  areComparable,
  satterthwaite,
  savedShare,
  unadjustedDifference,
  type VariancePart,
} from './adjustment.ts'

/** Both variants' moments in one stratum: a group of units by something fixed before they met their variant. */
export interface Stratum {
  readonly control: MomentsSummary
  readonly treatment: MomentsSummary
}

export interface PostStratified {
  readonly difference: number
  readonly standardError: number
  readonly degreesOfFreedom: number
  readonly control: Estimate
  readonly treatment: Estimate
  /** Of the two estimates, which share the sizes of the strata. */
  readonly covariance: number
  readonly unadjusted: { readonly difference: number; readonly standardError: number }
  /** 1 − variance with / variance without strata. */
  readonly varianceSaved: number
  /** Strata compared, after small ones were merged. */
  readonly strata: number
  /** Strata with fewer than two units in a variant, which were taken together. */
  readonly merged: number
}

/**
 * Difference of means (or proportions) after stratification: differences within strata, weighted by the share wₖ of
 * units in each, so that a chance imbalance between the variants does not count.
 *
 * Variance: Σ wₖ² (s²/n of both variants in k), which is exact given the sizes of the strata, plus Σ wₖ (τₖ − τ)²/N for
 * strata sizes that another sample would have otherwise. Strata in which a variant has fewer than two units are taken
 * together, if need be with the smallest of the others.
 *
 * @param strata first component: the value per unit; more are ignored
 * @returns undefined where there are not two units of each variant, and for values that are not finite
 *
 * Source: Miratrix, Sekhon & Yu 2013, section 2, doi:10.1111/j.1467-9868.2012.01048.x.
 */
export function postStratify(strata: readonly Stratum[]): PostStratified | undefined {
  const prepared = prepare(strata)
  return prepared ? estimateFrom(prepared, overall(prepared.strata)) : undefined
}

/**
 * Difference of ratios of totals after stratification: both totals are weighted by strata, and the variance is that of
 * the linearised ratio. See {@link postStratify}.
 *
 * @param strata components [numerator, denominator]
 * @returns undefined also where a weighted denominator is 0
 */
export function postStratifyRatio(strata: readonly Stratum[]): PostStratified | undefined {
  const prepared = prepare(strata)
  if (!prepared) return undefined
  const [c, t] = [weightedMeans(prepared.strata, 'control'), weightedMeans(prepared.strata, 'treatment')]
  const linear = prepared.strata.map(({ control, treatment }) => ({
    control: lineariseRatioAt(control, c[0] as number, c[1] as number),
    treatment: lineariseRatioAt(treatment, t[0] as number, t[1] as number),
  }))
  const { control, treatment } = overall(prepared.strata)
  const plain = {
    control: lineariseRatioAt(control, control.mean[0] as number, control.mean[1] as number),
    treatment: lineariseRatioAt(treatment, treatment.mean[0] as number, treatment.mean[1] as number),
  }
  const result = estimateFrom({ ...prepared, strata: linear }, plain)
  return Number.isFinite(result.difference) ? result : undefined
}

interface Prepared {
  readonly strata: readonly Stratum[]
  readonly merged: number
}

function prepare(strata: readonly Stratum[]): Prepared | undefined {
  const isLarge = ({ control, treatment }: Stratum) => control.units >= 2 && treatment.units >= 2
  const large = strata.filter(isLarge).sort((a, b) => sizeOf(a) - sizeOf(b))
  const small = strata.filter((stratum) => !isLarge(stratum))
  let rest = small.length > 0 ? overall(small) : undefined
  if (rest && !isLarge(rest)) {
    const [smallest] = large.splice(0, 1)
    if (smallest) rest = overall([rest, smallest])
  }
  const result = rest ? [...large, rest] : large
  if (
    result.length === 0 ||
    !result.every((each) => isLarge(each) && areComparable(each.control, each.treatment))
  )
    return undefined
  return { strata: result, merged: small.length }
}

function estimateFrom({ strata, merged }: Prepared, plain: Stratum): PostStratified {
  const units = strata.reduce((sum, stratum) => sum + sizeOf(stratum), 0)
  /** Σ wₖ f(k) */
  const weighted = (f: (stratum: Stratum) => number) =>
    strata.reduce((sum, stratum) => sum + (sizeOf(stratum) / units) * f(stratum), 0)
  const [c, t] = [weighted(({ control }) => meanOf(control)), weighted(({ treatment }) => meanOf(treatment))]
  const difference = weighted(differenceOf)
  const parts = (side: keyof Stratum) =>
    strata.map((stratum) => partOf(stratum[side], sizeOf(stratum) / units))
  const [cParts, tParts] = [parts('control'), parts('treatment')]
  const population = weighted((stratum) => (differenceOf(stratum) - difference) ** 2) / units
  const standardError = Math.sqrt(sumOf(cParts) + sumOf(tParts) + population)
  const unadjusted = unadjustedDifference(plain.control, plain.treatment)
  return {
    difference,
    standardError,
    degreesOfFreedom: satterthwaite([
      ...cParts,
      ...tParts,
      { variance: population, degreesOfFreedom: units - 1 },
    ]),
    control: {
      value: c,
      variance: sumOf(cParts) + weighted(({ control }) => (meanOf(control) - c) ** 2) / units,
    },
    treatment: {
      value: t,
      variance: sumOf(tParts) + weighted(({ treatment }) => (meanOf(treatment) - t) ** 2) / units,
    },
    covariance: weighted(({ control, treatment }) => (meanOf(control) - c) * (meanOf(treatment) - t)) / units,
    unadjusted,
    varianceSaved: savedShare(standardError, unadjusted.standardError),
    strata: strata.length,
    merged,
  }
}

/** What a variant in one stratum adds to the variance of its weighted mean. */
function partOf({ units, covariance }: MomentsSummary, weight: number): VariancePart {
  return {
    variance: (weight * weight * (covariance[0]?.[0] as number)) / units,
    degreesOfFreedom: units - 1,
  }
}

function sumOf(parts: readonly VariancePart[]): number {
  return parts.reduce((sum, { variance }) => sum + variance, 0)
}

function meanOf({ mean }: MomentsSummary): number {
  return mean[0] as number
}

function differenceOf({ control, treatment }: Stratum): number {
  return meanOf(treatment) - meanOf(control)
}

/** Means of one variant with every stratum weighted by its share of all units. */
function weightedMeans(strata: readonly Stratum[], side: keyof Stratum): number[] {
  const units = strata.reduce((sum, stratum) => sum + sizeOf(stratum), 0)
  const components = strata[0]?.[side].mean ?? []
  return components.map((_, i) =>
    strata.reduce((sum, stratum) => sum + (sizeOf(stratum) / units) * (stratum[side].mean[i] as number), 0),
  )
}

function overall(strata: readonly Stratum[]): Stratum {
  return strata.reduce((sum, { control, treatment }) => ({
    control: mergedSummary(sum.control, control),
    treatment: mergedSummary(sum.treatment, treatment),
  }))
}

function sizeOf({ control, treatment }: Stratum): number {
  return control.units + treatment.units
}
