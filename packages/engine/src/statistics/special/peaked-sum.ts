const MOST_TERMS = 200_000

/** A sum over the whole numbers of terms that have one peak, given by their logarithms. */
export interface PeakedSum {
  readonly logTerm: (k: number) => number
  /** Terms below this part of the largest one, and what would follow them, are left out. */
  readonly tolerance: number
}

/** The whole number where a function with one peak is largest, by strides that grow and shrink from a number near it. */
export function climb(f: (k: number) => number, from: number): number {
  let best = from
  let value = f(from)
  let stride = 1
  while (stride !== 0) {
    const next = f(best + stride)
    if (next > value) {
      best += stride
      value = next
      stride *= 2
      continue
    }
    const back = f(best - stride)
    if (back > value) {
      best -= stride
      value = back
      stride = -stride
    } else stride = Math.trunc(stride / 2)
  }
  return best
}

/**
 * Σ exp(logTerm(k) − logTerm(peak)) over all k to one side of the peak.
 *
 * @returns NaN when a term is, or when the terms do not end
 */
export function sumBeside({ logTerm, tolerance }: PeakedSum, peak: number, direction: 1 | -1): number {
  const largest = logTerm(peak)
  const least = leastLogTerm(largest, tolerance)
  let sum = 0
  for (let i = 1; i < MOST_TERMS; i++) {
    const term = logTerm(peak + direction * i)
    sum += Math.exp(term - largest)
    if (!(term >= least)) return sum
  }
  return Number.NaN
}

/** A few terms of the tolerated size may follow the last one. */
export function leastLogTerm(largest: number, tolerance: number): number {
  return largest + Math.log(tolerance) - 3
}

/** log Σ exp(logTerm(k)) over all whole numbers k, from one near the peak. */
export function logPeakedSum(sum: PeakedSum, from: number): number {
  const peak = climb(sum.logTerm, from)
  const largest = sum.logTerm(peak)
  if (!Number.isFinite(largest)) return largest
  return largest + Math.log1p(sumBeside(sum, peak, 1) + sumBeside(sum, peak, -1))
}
