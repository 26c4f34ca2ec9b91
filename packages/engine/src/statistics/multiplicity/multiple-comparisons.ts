/**
 * Adjusted p-values: reject at level alpha where the adjusted value is at most alpha.
 *
 * All functions take p-values in [0, 1] in any order and answer in the same order. NaN (a comparison
 * that could not be made) stays NaN and does not count in the family; so does whatever is no probability.
 */

/**
 * Bonferroni: m·p, at most 1. Holds the familywise error rate under any dependence.
 *
 * Source: Dunn 1961, doi:10.1080/01621459.1961.10482090.
 */
export function bonferroni(pValues: readonly number[]): number[] {
  return adjust(pValues, (sorted) => sorted.map((p) => Math.min(1, p * sorted.length)))
}

/**
 * Holm's step-down procedure: max over j ≤ i of (m − j + 1)·p₍ⱼ₎, at most 1. Holds the familywise error
 * rate under any dependence, and is never less powerful than Bonferroni.
 *
 * Source: Holm 1979, Scandinavian Journal of Statistics 6:65–70.
 */
export function holm(pValues: readonly number[]): number[] {
  return adjust(pValues, (sorted) => {
    let highest = 0
    return sorted.map((p, rank) => {
      highest = Math.max(highest, Math.min(1, p * (sorted.length - rank)))
      return highest
    })
  })
}

/**
 * Šidák: 1 − (1 − p)ᵐ. Holds the familywise error rate exactly for independent tests, and for two-sided tests on
 * normal estimates of any correlation; then it is a little less strict than Bonferroni.
 *
 * Source: Šidák 1967, doi:10.1080/01621459.1967.10482935.
 */
export function sidak(pValues: readonly number[]): number[] {
  return adjust(pValues, (sorted) => sorted.map((p) => anyOf(p, sorted.length)))
}

/**
 * Holm's step-down procedure with Šidák's adjustment at each step: max over j ≤ i of 1 − (1 − p₍ⱼ₎)ᵐ⁻ʲ⁺¹. Holds
 * where {@link sidak} does.
 *
 * Source: Holland & Copenhaver 1987, doi:10.2307/2531823.
 */
export function holmSidak(pValues: readonly number[]): number[] {
  return adjust(pValues, (sorted) => {
    let highest = 0
    return sorted.map((p, rank) => {
      highest = Math.max(highest, anyOf(p, sorted.length - rank))
      return highest
    })
  })
}

/**
 * Hochberg's step-up procedure: min over j ≥ i of (m − j + 1)·p₍ⱼ₎. Holds the familywise error rate for independent
 * or positively dependent tests, where it is never less powerful than Holm.
 *
 * Source: Hochberg 1988, doi:10.1093/biomet/75.4.800.
 */
export function hochberg(pValues: readonly number[]): number[] {
  return adjust(pValues, (sorted) => stepUp(sorted, (rank) => sorted.length - rank))
}

/**
 * Hommel's procedure: for each p-value the largest Simes p-value of all sets of tests that it belongs to (the closed
 * test). Holds where {@link hochberg} does, and is never less powerful. Time grows with the square of their number.
 *
 * Of the sets of one size the worst holds p₍ᵢ₎ and otherwise the largest p-values.
 *
 * Source: Hommel 1988, doi:10.1093/biomet/75.2.383; Simes 1986, doi:10.1093/biomet/73.3.751.
 */
export function hommel(pValues: readonly number[]): number[] {
  return adjust(pValues, (sorted) => {
    const m = sorted.length
    const adjusted = [...sorted]
    for (let size = m; size >= 2; size--) {
      let others = Number.POSITIVE_INFINITY
      for (let k = 2; k <= size; k++) others = Math.min(others, (size * at(sorted, m - size + k - 1)) / k)
      const first = m - size
      const amongLargest = Math.min(size * at(sorted, first), others)
      for (let i = 0; i < m; i++) {
        const simes = i <= first ? Math.min(size * at(sorted, i), others) : amongLargest
        adjusted[i] = Math.max(at(adjusted, i), Math.min(1, simes))
      }
    }
    return adjusted
  })
}

/**
 * Benjamini and Hochberg's step-up procedure: min over j ≥ i of (m / j)·p₍ⱼ₎. Holds the false discovery
 * rate for independent or positively dependent tests.
 *
 * Source: Benjamini & Hochberg 1995, section 3.1, doi:10.1111/j.2517-6161.1995.tb02031.x.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  return adjust(pValues, (sorted) => stepUp(sorted, (rank) => sorted.length / (rank + 1)))
}

/**
 * Benjamini and Yekutieli's step-up procedure: Benjamini and Hochberg's times 1 + ½ + … + 1/m. Holds the false
 * discovery rate under any dependence.
 *
 * Source: Benjamini & Yekutieli 2001, theorem 1.3, doi:10.1214/aos/1013699998.
 */
export function benjaminiYekutieli(pValues: readonly number[]): number[] {
  return adjust(pValues, (sorted) => {
    const harmonic = sorted.reduce((sum, _, i) => sum + 1 / (i + 1), 0)
    return stepUp(sorted, (rank) => (harmonic * sorted.length) / (rank + 1))
  })
}

/**
 * Bonferroni with unequal shares of alpha: p / weight, the weights scaled to the sum 1. A test of weight 0 cannot be
 * rejected. Holds the familywise error rate under any dependence if the weights were chosen before the data were seen.
 *
 * @param weights ≥ 0 in the order of the p-values, one of them > 0; those of p-values that are NaN do not count
 * @returns NaN for all where the weights are none
 *
 * Source: Rosenthal & Rubin 1983, doi:10.1037/0033-2909.94.3.540.
 */
export function weightedBonferroni(pValues: readonly number[], weights: readonly number[]): number[] {
  const counting = weights.filter((_, i) => isProbability(at(pValues, i)))
  const total = counting.reduce((sum, weight) => sum + weight, 0)
  const isValid = weights.length === pValues.length && counting.every((weight) => weight >= 0) && total > 0
  if (!isValid || total === Number.POSITIVE_INFINITY) return pValues.map(() => Number.NaN)
  return pValues.map((p, i) => {
    const share = at(weights, i) / total
    if (!isProbability(p)) return Number.NaN
    return share > 0 ? Math.min(1, p / share) : 1
  })
}

/** Step-up: min over j ≥ i of factor(j)·p₍ⱼ₎, at most 1. */
function stepUp(ascending: readonly number[], factor: (rank: number) => number): number[] {
  const adjusted = new Array<number>(ascending.length)
  let lowest = 1
  for (let rank = ascending.length - 1; rank >= 0; rank--) {
    lowest = Math.min(lowest, factor(rank) * at(ascending, rank))
    adjusted[rank] = lowest
  }
  return adjusted
}

/** Probability that any of m independent p-values is as small as p. */
function anyOf(p: number, m: number): number {
  return -Math.expm1(m * Math.log1p(-p))
}

/** Applies a procedure on ascending p-values and puts its results back into the given order. */
function adjust(pValues: readonly number[], procedure: (ascending: number[]) => number[]): number[] {
  const order = [...pValues.keys()].filter((i) => isProbability(at(pValues, i)))
  order.sort((i, j) => at(pValues, i) - at(pValues, j))
  const adjusted = procedure(order.map((i) => at(pValues, i)))
  const result = new Array<number>(pValues.length).fill(Number.NaN)
  for (const [rank, i] of order.entries()) result[i] = at(adjusted, rank)
  return result
}

function isProbability(p: number): boolean {
  return p >= 0 && p <= 1
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN
}
