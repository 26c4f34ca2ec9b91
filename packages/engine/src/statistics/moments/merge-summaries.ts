import type { MomentsSummary } from './cross-moments.ts'

/**
 * Moments of two sets of units taken together.
 *
 * @param one, other of the same components; means of an empty one and covariances below two units do not count
 *
 * Source: Chan, Golub & LeVeque 1983, equations 2.1, for products of deviations, doi:10.1080/00031305.1983.10483115.
 */
export function mergedSummary(one: MomentsSummary, other: MomentsSummary): MomentsSummary {
  if (one.units === 0) return other
  if (other.units === 0) return one
  const units = one.units + other.units
  const share = other.units / units
  const gaps = one.mean.map((mean, i) => (other.mean[i] as number) - mean)
  const centred = ({ units: n, covariance }: MomentsSummary, i: number, j: number) =>
    n < 2 ? 0 : (n - 1) * (covariance[i]?.[j] as number)
  return {
    units,
    mean: one.mean.map((mean, i) => mean + share * (gaps[i] as number)),
    covariance: gaps.map((a, i) =>
      gaps.map(
        (b, j) => (centred(one, i, j) + centred(other, i, j) + one.units * share * a * b) / (units - 1),
      ),
    ),
  }
}
