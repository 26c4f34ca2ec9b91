/**
 * Adjusted p-values: reject at level alpha where the adjusted value is at most alpha.
 *
 * All functions take p-values in [0, 1] in any order and answer in the same order. NaN (a comparison
 * that could not be made) stays NaN and does not count in the family.
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
 * Benjamini and Hochberg's step-up procedure: min over j ≥ i of (m / j)·p₍ⱼ₎. Holds the false discovery
 * rate for independent or positively dependent tests.
 *
 * Source: Benjamini & Hochberg 1995, section 3.1, doi:10.1111/j.2517-6161.1995.tb02031.x.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  return adjust(pValues, (sorted) => {
    let lowest = 1
    return sorted
      .map((p, rank) => (p * sorted.length) / (rank + 1))
      .reduceRight<number[]>((adjusted, p, rank) => {
        lowest = Math.min(lowest, p)
        adjusted[rank] = lowest
        return adjusted
      }, new Array<number>(sorted.length))
  })
}

/** Applies a procedure on ascending p-values and puts its results back into the given order. */
function adjust(pValues: readonly number[], procedure: (ascending: number[]) => number[]): number[] {
  const order = [...pValues.keys()].filter((i) => !Number.isNaN(at(pValues, i)))
  order.sort((i, j) => at(pValues, i) - at(pValues, j))
  const adjusted = procedure(order.map((i) => at(pValues, i)))
  const result = new Array<number>(pValues.length).fill(Number.NaN)
  for (const [rank, i] of order.entries()) result[i] = at(adjusted, rank)
  return result
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN
}
