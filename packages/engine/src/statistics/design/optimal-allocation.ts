/**
 * Units of the control for each of a treatment with which all comparisons with it together have the smallest standard
 * errors for a number of units in all: the root of the number of treatments.
 *
 * @param treatments ≥ 1
 * @returns NaN outside the domain
 *
 * Source: Dunnett 1955, doi:10.1080/01621459.1955.10501294, section 5. It takes the variance as the same in all variants;
 * the best ratio for Dunnett's critical values is a little smaller, and gains next to nothing.
 */
export function optimalControlRatio(treatments: number): number {
  return treatments >= 1 ? Math.sqrt(treatments) : Number.NaN
}
