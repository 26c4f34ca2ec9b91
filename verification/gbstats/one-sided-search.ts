/** Between these gbstats looks for the one-sided p-value of a confidence sequence. */
const SMALLEST = 1e-5
const LARGEST = 0.4999
/** It stops when the confidence limit is so near to 0. */
const NEAR = 1e-6
const MOST_STEPS = 100

/**
 * The one-sided always-valid p-value as gbstats searches for it, to tell its rounding from a mistake of ours: a bisection
 * for the alpha whose confidence limit is 0, and after the last step half a step more.
 *
 * @param excess confidence limit at an alpha, above 0 where the interval leaves out 0; rises with alpha
 * @returns NaN where the search does not end
 */
export function searchedPValue(excess: (alpha: number) => number): number {
  if (excess(SMALLEST) > 0) return SMALLEST
  if (excess(LARGEST) < 0) return LARGEST
  let [low, high] = [SMALLEST, LARGEST]
  for (let step = 0; step < MOST_STEPS; step++) {
    const alpha = (low + high) / 2
    const limit = excess(alpha)
    if (limit < 0) low = alpha
    else high = alpha
    if (Math.abs(limit) < NEAR) return (low + high) / 2
  }
  return Number.NaN
}
