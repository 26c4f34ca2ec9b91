/**
 * Shares of traffic of which none is below a floor: f + (1 − K f) wᵢ for K arms. Every share shrinks by the same factor
 * before the floor is added, so that the order is kept, they sum to 1 and the floor holds exactly; raising small shares
 * to the floor and dividing by the sum afterwards does not hold it.
 *
 * @param weights ≥ 0, of which at least one is above 0, on any scale
 * @param floor in [0, 1 / K]
 * @returns NaN for all outside the domain
 *
 * Source: mixture with uniform exploration, Auer, Cesa-Bianchi, Freund & Schapire 2002, figure 1,
 * doi:10.1137/S0097539701398375.
 */
export function flooredShares(weights: readonly number[], floor: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const isInDomain =
    weights.every((weight) => weight >= 0) &&
    total > 0 &&
    total < Number.POSITIVE_INFINITY &&
    floor >= 0 &&
    floor * weights.length <= 1
  if (!isInDomain) return weights.map(() => Number.NaN)
  const rest = 1 - weights.length * floor
  return weights.map((weight) => floor + rest * (weight / total))
}
