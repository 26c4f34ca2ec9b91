/**
 * E-values: evidence against a null hypothesis on a scale that may be averaged, and looked at whenever one likes. A
 * random variable ≥ 0 with expectation at most 1 under the null hypothesis; a betting score, a Bayes factor against a
 * simple null, the value of a confidence sequence's martingale.
 *
 * Source: Vovk & Wang 2021, doi:10.1214/20-AOS2020.
 */

/** Thresholds are met also where the last digits of alpha's rounding would miss them. */
const ROUNDING = 1 - 8 * Number.EPSILON

/**
 * The p-value that an e-value is worth: 1 / e, at most 1 (Markov's inequality). Valid at any stopping time if the
 * e-value is.
 *
 * @param eValue ≥ 0, also Infinity
 * @returns NaN outside the domain
 */
export function pValueOfE(eValue: number): number {
  return eValue >= 0 ? Math.min(1, 1 / eValue) : Number.NaN
}

/**
 * One e-value for several of the same null hypothesis, however they depend on each other: their mean.
 *
 * @param eValues each ≥ 0
 * @returns NaN for none, or outside the domain
 *
 * Source: Vovk & Wang 2021, proposition 3.1: no symmetric way of merging is better.
 */
export function meanOfE(eValues: readonly number[]): number {
  if (eValues.length === 0 || !eValues.every(isEValue)) return Number.NaN
  const largest = Math.max(...eValues)
  if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest
  const sum = eValues.reduce((total, e) => total + e / largest, 0)
  return (sum / eValues.length) * largest
}

/**
 * Which hypotheses to reject so that the false discovery rate is at most alpha under any dependence of the e-values
 * (e-BH): the k largest, for the largest k whose k-th largest e-value is at least m / (k·alpha).
 *
 * @param eValues in any order; NaN (a comparison that could not be made) is not rejected and does not count
 * @param alpha in (0, 1)
 * @returns indices of the rejected, ascending; none outside the domain
 *
 * Source: Wang & Ramdas 2022, definition 2 and theorem 2, doi:10.1111/rssb.12489.
 */
export function eBenjaminiHochberg(eValues: readonly number[], alpha: number): number[] {
  if (!(alpha > 0 && alpha < 1)) return []
  const order = [...eValues.keys()].filter((i) => isEValue(eValues[i] ?? Number.NaN))
  order.sort((i, j) => ((eValues[j] ?? 0) > (eValues[i] ?? 0) ? 1 : -1))
  const m = order.length
  const rejected = order.findLastIndex((i, rank) => {
    const threshold = m / (rank + 1) / alpha
    return (eValues[i] ?? 0) >= threshold * ROUNDING
  })
  return order.slice(0, rejected + 1).sort((i, j) => i - j)
}

/**
 * The same as {@link eBenjaminiHochberg} as adjusted e-values: reject at level alpha where the adjusted value is at
 * least 1 / alpha. For the k-th largest: max over j ≥ k of j·e₍ⱼ₎ / m.
 *
 * @returns in the order of the e-values; NaN for what is none
 */
export function adjustedEValues(eValues: readonly number[]): number[] {
  const adjusted = eValues.map(() => Number.NaN)
  const order = [...eValues.keys()].filter((i) => isEValue(eValues[i] ?? Number.NaN))
  order.sort((i, j) => ((eValues[j] ?? 0) > (eValues[i] ?? 0) ? 1 : -1))
  let highest = 0
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const i = order[rank] as number
    highest = Math.max(highest, ((rank + 1) / order.length) * (eValues[i] as number))
    adjusted[i] = highest
  }
  return adjusted
}

function isEValue(value: number): boolean {
  return value >= 0
}
