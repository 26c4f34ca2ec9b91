/**
 * What the variance of a mean over units is multiplied by when the units come in clusters (all of a cluster in the same
 * variant):
 *
 *   1 + ((1 + cv²) m − 1) ρ
 *
 * @param meanSize m ≥ 1, units in a cluster
 * @param sizeVariation cv ≥ 0, standard deviation of the sizes over their mean
 * @param intraclassCorrelation ρ in [0, 1], share of the variance that lies between clusters
 * @returns at least 1; NaN outside the domain
 *
 * Source: Eldridge, Ashby & Kerry 2006, doi:10.1093/ije/dyl129, for clusters that count by their size; with equal sizes
 * Donner & Klar 2000, Design and Analysis of Cluster Randomization Trials, section 5.2.
 */
export function designEffect(meanSize: number, sizeVariation: number, intraclassCorrelation: number): number {
  const isPossible =
    meanSize >= 1 && sizeVariation >= 0 && intraclassCorrelation >= 0 && intraclassCorrelation <= 1
  if (!isPossible) return Number.NaN
  return 1 + ((1 + sizeVariation ** 2) * meanSize - 1) * intraclassCorrelation
}
