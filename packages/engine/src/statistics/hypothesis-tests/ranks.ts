/** A value that occurs in any of several samples. */
export interface RankedValue {
  /** How often it occurs in each sample. */
  readonly counts: readonly number[]
  /** How many values of each sample are smaller. */
  readonly below: readonly number[]
}

/**
 * Visits every distinct value of several samples in ascending order. The same two lists are filled anew for each
 * value: whoever keeps them must copy them. Sorts copies, O(n log n).
 *
 * @param samples numbers without NaN; infinite ones have a rank, too
 */
export function forEachRankedValue(
  samples: readonly ArrayLike<number>[],
  visit: (value: RankedValue) => void,
): void {
  const sorted = samples.map((sample) => Float64Array.from(sample).sort())
  const counts = sorted.map(() => 0)
  const below = sorted.map(() => 0)
  const ranked = { counts, below }
  for (;;) {
    let smallest = Number.NaN
    for (const [k, values] of sorted.entries()) {
      const next = values[below[k] as number]
      if (next !== undefined && !(next >= smallest)) smallest = next
    }
    if (Number.isNaN(smallest)) return
    for (const [k, values] of sorted.entries()) {
      const from = below[k] as number
      let to = from
      while (values[to] === smallest) to++
      counts[k] = to - from
    }
    visit(ranked)
    for (const [k, count] of counts.entries()) below[k] = (below[k] as number) + count
  }
}

/** Σ(t³ − t) over groups of t equal values, of all samples together: what corrections for ties need. */
export function tieSum(counts: readonly number[]): number {
  let t = 0
  for (const count of counts) t += count
  return t * (t - 1) * (t + 1)
}

/** Whether every value can be ranked. */
export function areRankable(...samples: readonly ArrayLike<number>[]): boolean {
  return samples.every((sample) => {
    for (let i = 0; i < sample.length; i++) if (Number.isNaN(sample[i])) return false
    return true
  })
}
