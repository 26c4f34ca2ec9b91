import { normalTwoSidedP } from '../../distributions/normal.ts'
import { normalQuantile } from '../../distributions/normal-quantile.ts'

/**
 * How error is spent in the course of a group-sequential test.
 *
 * `obrien-fleming`: hardly any at the start, close to O'Brien and Fleming's boundaries.
 * `pocock`: nearly evenly, close to Pocock's.
 * `power`: alpha·t^exponent (Kim and DeMets), exponent > 0; 1 is even, 3 close to O'Brien and Fleming.
 * `hwang-shih-decani`: alpha (1 − e^−γt) / (1 − e^−γ); γ = 1 is close to Pocock, −4 to O'Brien and Fleming.
 */
export type Spending =
  | { readonly kind: 'obrien-fleming' }
  | { readonly kind: 'pocock' }
  | { readonly kind: 'power'; readonly exponent: number }
  | { readonly kind: 'hwang-shih-decani'; readonly gamma: number }

/**
 * Error spent up to an information time: 0 at 0, alpha from 1 on.
 *
 * @param fraction information over the planned one, ≥ 0
 * @param alpha in (0, 1): error of one side, or the error of the second kind
 * @returns NaN outside the domain
 *
 * Source: Lan & DeMets 1983, doi:10.1093/biomet/70.3.659; Kim & DeMets 1987, doi:10.1093/biomet/74.1.149; Hwang, Shih &
 * DeCani 1990, doi:10.1002/sim.4780091207.
 */
export function errorSpent(spending: Spending, fraction: number, alpha: number): number {
  if (!(fraction >= 0 && alpha > 0 && alpha < 1)) return Number.NaN
  const t = Math.min(1, fraction)
  switch (spending.kind) {
    case 'obrien-fleming':
      return t === 1 ? alpha : normalTwoSidedP(normalQuantile(alpha / 2) / Math.sqrt(t))
    case 'pocock':
      return alpha * Math.log1p((Math.E - 1) * t)
    case 'power':
      return spending.exponent > 0 ? alpha * t ** spending.exponent : Number.NaN
    case 'hwang-shih-decani':
      return alpha * exponentialShare(spending.gamma, t)
  }
}

/** (1 − e^−γt) / (1 − e^−γ), also where e^−γ overflows. */
function exponentialShare(gamma: number, t: number): number {
  if (gamma === 0) return t
  if (gamma > 0) return Math.expm1(-gamma * t) / Math.expm1(-gamma)
  return Math.exp(gamma * (1 - t)) * (Math.expm1(gamma * t) / Math.expm1(gamma))
}

/** Error spent at each information time alone; see {@link errorSpent}. Adds up to the error spent at the last. */
export function errorSpentAtEach(
  spending: Spending,
  information: readonly number[],
  alpha: number,
): number[] {
  const spent = information.map((fraction) => errorSpent(spending, fraction, alpha))
  // Rounding may take back a last digit.
  return spent.map((error, look) => Math.max(0, error - (spent[look - 1] ?? 0)))
}
