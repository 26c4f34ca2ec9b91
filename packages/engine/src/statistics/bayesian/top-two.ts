/**
 * Share of traffic of each arm under top-two Thompson sampling: the best arm of a draw from the posterior gets it
 * with probability β, otherwise the best arm of the first draw in which another one is best. It finds the best arm
 * faster than Thompson sampling, which hardly tries any other once it is fairly sure.
 *
 *   ψᵢ = pᵢ (β + (1 − β) Σ pⱼ / (1 − pⱼ) over j ≠ i)
 *
 * @param chances p: P(each arm is best), not negative, of which at least one is above 0; 1 − p is taken as the
 * sum of the others, which may be tiny
 * @param leaderShare β in (0, 1]
 * @returns NaN for all outside the domain; where no other arm has any chance, they share 1 − β equally
 *
 * Source: Russo 2020, section 3.3 and eq. 5, doi:10.1287/opre.2019.1911.
 */
export function topTwoAllocation(chances: readonly number[], leaderShare = 0.5): number[] {
  const total = chances.reduce((sum, chance) => sum + chance, 0)
  const isInDomain =
    chances.every((chance) => chance >= 0) && total > 0 && leaderShare > 0 && leaderShare <= 1
  if (!isInDomain) return chances.map(() => Number.NaN)
  if (chances.length === 1) return [1]
  const odds = chances.map((chance, k) => chance / sumWithout(chances, k))
  const challengers = 1 - leaderShare
  return chances.map((chance, k) => {
    if (odds.includes(Number.POSITIVE_INFINITY))
      return chance > 0 ? leaderShare : challengers / (chances.length - 1)
    return (chance / total) * (leaderShare + challengers * sumWithout(odds, k))
  })
}

function sumWithout(values: readonly number[], left: number): number {
  return values.reduce((sum, value, k) => (k === left ? sum : sum + value), 0)
}
