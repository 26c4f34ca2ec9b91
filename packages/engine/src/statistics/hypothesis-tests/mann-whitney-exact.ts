/** Up to this many pairs the exact distribution takes some hundredths of a second at most. */
const MOST_PAIRS = 10_000

/**
 * Exact two-sided p-value of Mann and Whitney's U without ties: twice P(U ≤ u), at most 1.
 *
 * Arrangements with U = u, of m and n values, obey c(m, n, u) = c(m, n − 1, u) + c(m − 1, n, u − n): the largest value
 * is of the second sample, or of the first and larger than all n.
 *
 * @param statistic u, the smaller of the two, a whole number in [0, mn / 2]
 * @param m, n sizes of the samples ≥ 1
 * @returns NaN outside the domain and for more than ten thousand pairs
 *
 * Source: Mann & Whitney 1947, section 3, doi:10.1214/aoms/1177730491.
 */
export function exactMannWhitney(statistic: number, m: number, n: number): number {
  const isPossible = Number.isInteger(statistic) && statistic >= 0 && statistic <= (m * n) / 2
  if (!isPossible || m * n > MOST_PAIRS) return Number.NaN
  const [few, many] = m < n ? [m, n] : [n, m]
  const width = statistic + 1
  // Row k holds c(i, k, ·) after the i-th round.
  const counts = new Float64Array((few + 1) * width)
  for (let k = 0; k <= few; k++) counts[k * width] = 1
  for (let i = 1; i <= many; i++) {
    for (let k = 1; k <= few; k++) addRow(counts, k, width)
  }
  let upTo = 0
  for (let u = 0; u <= statistic; u++) upTo += counts[few * width + u] as number
  return Math.min(1, 2 * (upTo / arrangements(few, many)))
}

/** Turns c(i − 1, k, ·) into c(i, k, ·), from the end so that what is still needed is still there. */
function addRow(counts: Float64Array, k: number, width: number): void {
  const row = k * width
  for (let u = width - 1; u >= 0; u--) {
    const largestIsOther = u >= k ? (counts[row + u - k] as number) : 0
    counts[row + u] = (counts[row - width + u] as number) + largestIsOther
  }
}

/** Binomial coefficient (m + n over m). */
function arrangements(m: number, n: number): number {
  let product = 1
  for (let i = 1; i <= m; i++) product *= (n + i) / i
  return product
}
