import { millsRatio } from '../distributions/mills-ratio.ts'
import { normalCdf, normalDensity, normalSf } from '../distributions/normal.ts'

/** From here on the two terms of the plain formula cancel. */
const FRACTION_FROM = 1

/**
 * Mean of Z − z where that is positive, of a standard normal Z: φ(z) − z P(Z > z), to full relative accuracy
 * down to 1e-307. Times the standard deviation it is what is lost on average by choosing the seemingly better
 * of two when it leads by z standard deviations.
 *
 * Far out as φ(z) i₀ i₁, where iₙ = 1 / (z + (n + 1) iₙ₊₁) are the ratios of the repeated integrals of the
 * density: i₀ is Mills' ratio.
 *
 * @param z any number; NaN for NaN
 *
 * Source: Raiffa & Schlaifer 1961, Applied Statistical Decision Theory, section 5.3; the recurrence of repeated
 * integrals is Abramowitz & Stegun 1964, 7.2.5.
 */
export function unitNormalLoss(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return 0
  if (z <= 0) return normalDensity(z) - z * normalCdf(-z)
  if (z < FRACTION_FROM) return normalDensity(z) - z * normalSf(z)
  return normalDensity(z) * millsRatio(z) * firstRatio(z)
}

/** i₁ = 1 / (z + 2 / (z + 3 / (z + …))), from the end backwards. */
function firstRatio(z: number): number {
  let tail = z
  for (let k = Math.ceil(16 + 500 / (z * z)); k > 1; k--) tail = z + k / tail
  return 1 / tail
}
