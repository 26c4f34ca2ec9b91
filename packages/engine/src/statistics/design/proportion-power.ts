import { normalCdf, normalSf } from '../distributions/normal.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { cohensH } from '../effect-sizes/cohens-h.ts'

/**
 * Notation: p₁ control, p₂ treatment, q = 1 − p, δ = |p₂ − p₁|, r = units of the treatment for each of the control, n the
 * units of the control. The standard error of the difference is √(s² / n), where s₁² = p₁q₁ + p₂q₂ / r if there is an
 * effect, and s₀² = p̄q̄ (1 + 1/r) with p̄ = (p₁ + r p₂) / (1 + r) if there is none.
 */

export interface TwoProportions {
  /** In [0, 1]. */
  readonly control: number
  /** In [0, 1]; not 0 where the control is 0, nor 1 where it is 1. */
  readonly treatment: number
}

/** The z test of two proportions, before its units have come. */
export interface ProportionTestDesign {
  /** r > 0 */
  readonly ratio: number
  /** In (0, 1), of all sides together. */
  readonly alpha: number
  /** 2: rejects on either side; 1: only on the side where the effect lies. */
  readonly sides: 1 | 2
}

/** Chance that the z test rejects, by the standard error that it uses. */
export interface ProportionTestPower {
  /** Standard error of the pooled proportion, as in Pearson's chi-square test. */
  readonly pooled: number
  /** Standard error estimated in each variant. */
  readonly unpooled: number
}

/** Units of the control, as real numbers; round up. */
export interface ProportionUnits {
  /** For the test with the pooled standard error. */
  readonly pooled: number
  /** For the test with the unpooled standard error. */
  readonly unpooled: number
  /** For the test of 2 arcsin √p, whose variance is the same everywhere. */
  readonly arcsine: number
  /** `pooled`, with the continuity correction; close to what Fisher's exact test needs. */
  readonly continuityCorrected: number
}

/**
 * Chance that the z test of two proportions rejects, in the normal approximation.
 *
 * With two sides rejecting on the wrong one counts as well.
 *
 * @param controlUnits > 0
 * @returns NaN outside the domain
 *
 * Source: Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, 3rd edition, section 4.1.
 */
export function proportionTestPower(
  proportions: TwoProportions,
  controlUnits: number,
  { ratio, alpha, sides }: ProportionTestDesign,
): ProportionTestPower {
  const { withoutEffect, withEffect, difference } = spreadOf(proportions, ratio)
  const critical = -normalQuantile(alpha / sides)
  const isPossible = controlUnits > 0 && alpha > 0 && alpha < 1 && withEffect > 0
  const drift = isPossible ? (Math.abs(difference) / withEffect) * Math.sqrt(controlUnits) : Number.NaN
  const powerWith = (boundary: number) =>
    normalSf(boundary - drift) + (sides === 2 ? normalCdf(-boundary - drift) : 0)
  return { pooled: powerWith((critical * withoutEffect) / withEffect), unpooled: powerWith(critical) }
}

/**
 * Units of the control with which the z test of two proportions finds their difference, on its side, with a power.
 *
 *   pooled    n = (z s₀ + z(power) s₁)² / δ²
 *   unpooled  n = (z + z(power))² s₁² / δ²
 *   arcsine   n = (z + z(power))² (1 + 1/r) / h²
 *   continuity corrected  n (1 + √(1 + 2 (r + 1) / (n r δ)))² / 4, with the pooled n
 *
 * @param power in (0, 1), above the error of one side
 * @returns NaN outside the domain, and where the proportions are the same
 *
 * Source: Fleiss, Levin & Paik 2003, equations 4.14 and after; Casagrande, Pike & Smith 1978, doi:10.2307/2530613;
 * arcsine: Cohen 1988, section 6.4.
 */
export function proportionTestUnits(
  proportions: TwoProportions,
  power: number,
  { ratio, alpha, sides }: ProportionTestDesign,
): ProportionUnits {
  const { withoutEffect, withEffect, difference } = spreadOf(proportions, ratio)
  const isPossible = alpha > 0 && alpha < 1 && power > alpha / sides && power < 1 && difference !== 0
  const critical = isPossible ? -normalQuantile(alpha / sides) : Number.NaN
  const sum = critical + normalQuantile(power)
  const size = Math.abs(difference)
  const pooled = ((critical * withoutEffect + normalQuantile(power) * withEffect) / size) ** 2
  const correction = (2 * (ratio + 1)) / (ratio * size)
  return {
    pooled,
    unpooled: ((sum * withEffect) / size) ** 2,
    arcsine: (sum / effectSizeH(proportions)) ** 2 * (1 + 1 / ratio),
    // n (1 + √(1 + c/n))² / 4 without dividing by n.
    continuityCorrected: (Math.sqrt(pooled) + Math.sqrt(pooled + correction)) ** 2 / 4,
  }
}

/** Cohen's h of two proportions that are not counts. */
export function effectSizeH({ control, treatment }: TwoProportions): number {
  return cohensH({ successes: control, trials: 1 }, { successes: treatment, trials: 1 })
}

function spreadOf({ control, treatment }: TwoProportions, ratio: number) {
  const isPossible =
    [control, treatment].every((p) => p >= 0 && p <= 1) && ratio > 0 && Number.isFinite(ratio)
  const pooled = (control + ratio * treatment) / (1 + ratio)
  const pooledComplement = (1 - control + ratio * (1 - treatment)) / (1 + ratio)
  return {
    difference: isPossible ? treatment - control : Number.NaN,
    withoutEffect: Math.sqrt(pooled * pooledComplement * (1 + 1 / ratio)),
    withEffect: Math.sqrt(control * (1 - control) + (treatment * (1 - treatment)) / ratio),
  }
}
